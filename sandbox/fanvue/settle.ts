import { publishDue } from './mass-messages';
import type { World } from './world';

const MONTH = 30 * 86_400_000;

/** Renews the subscriptions whose period is over, and books the money. */
function renewDue(world: World): void {
	const now = world.now();
	for (const { creatorUuid, fanUuid, subscription } of world.bonds.values()) {
		if (!subscription?.autoRenewal || subscription.endedAt !== null) continue;
		while (subscription.periodEnd <= now) {
			const { price } = subscription;
			world.book({
				orderId: world.ids.next('order'),
				creatorUuid,
				fanUuid,
				source: 'renewal',
				gross: price,
				net: Math.trunc(price * 0.8),
				at: subscription.periodEnd,
				messageUuid: null,
				postUuid: null,
				reversedOrderId: null,
			});
			subscription.periodStart = subscription.periodEnd;
			subscription.periodEnd += MONTH;
			subscription.amountPaid += price;
		}
	}
}

/** Does what the clock made due since the last request. */
export function settle(world: World): void {
	publishDue(world);
	renewDue(world);
}
