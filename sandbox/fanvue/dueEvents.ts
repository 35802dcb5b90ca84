import { publishScheduled, recordSale } from './mutations';
import type { FanvueState } from './state';

import { MONTH } from './time';

/** Renews the subscriptions whose period has ended, and adds the sales. */
function renewSubscriptions(state: FanvueState): void {
	const now = state.now();
	for (const { creatorUuid, fanUuid, subscription } of state.relationships.values()) {
		if (!subscription?.autoRenewal || subscription.endedAt !== null) continue;
		while (subscription.periodEnd <= now) {
			const { price } = subscription;
			recordSale(state, {
				creatorUuid,
				fanUuid,
				source: 'renewal',
				gross: price,
				at: subscription.periodEnd,
			});
			subscription.periodStart = subscription.periodEnd;
			subscription.periodEnd += MONTH;
			subscription.amountPaid += price;
		}
	}
}

/** Applies the events that have become due since the last request. */
export function applyDueEvents(state: FanvueState): void {
	publishScheduled(state);
	renewSubscriptions(state);
}
