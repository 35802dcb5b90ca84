import { publishScheduled } from './mutations';
import type { FanvueState } from './state';

const MONTH = 30 * 86_400_000;

/** Renews the subscriptions whose period is over, and books the money. */
function renewSubscriptions(state: FanvueState): void {
	const now = state.now();
	for (const { creatorUuid, fanUuid, subscription } of state.relationships.values()) {
		if (!subscription?.autoRenewal || subscription.endedAt !== null) continue;
		while (subscription.periodEnd <= now) {
			const { price } = subscription;
			state.addSale({
				orderId: state.ids.next('order'),
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
export function applyDueEvents(state: FanvueState): void {
	publishScheduled(state);
	renewSubscriptions(state);
}
