import { recordSale } from '../mutations';
import type { FanvueState } from '../state';
import { DAY, MONTH } from '../time';
import { SeededRandom } from './seededRandom';

/** Adds the sales of subscriptions and renewals. */
function addSubscriptionSales(state: FanvueState): void {
	for (const { creatorUuid, fanUuid, subscription } of state.relationships.values()) {
		if (!subscription || subscription.isFreeTrial) continue;
		const { firstSubscribedAt, periodStart, price } = subscription;
		const sale = { creatorUuid, fanUuid, gross: price };
		recordSale(state, { ...sale, source: 'subscription', at: firstSubscribedAt });
		for (let at = firstSubscribedAt + MONTH; at <= periodStart; at += MONTH) {
			recordSale(state, { ...sale, source: 'renewal', at });
			subscription.amountPaid += price;
		}
	}
}

/** Adds sales, refunds and a chargeback. */
export function seedSales(state: FanvueState): void {
	const random = new SeededRandom(4);
	const mira = state.userByHandle('mira').uuid;
	const fans = state.relationshipsOf(mira).map(({ fanUuid }) => fanUuid);
	addSubscriptionSales(state);
	for (const post of state.posts) {
		if (post.price === null || post.publishedAt === null) continue;
		for (let count = 0; count < 6; count += 1) {
			const at = Math.min(post.publishedAt + random.integer(3 * DAY), state.now() - 60_000 * count);
			recordSale(state, {
				creatorUuid: mira,
				fanUuid: random.pick(fans.slice(0, 30)),
				source: 'post',
				gross: post.price,
				at,
				postUuid: post.uuid,
			});
		}
	}
	// A few fans spend far more than the others.
	fans.slice(1, 9).forEach((fan, index) => {
		for (let count = 0; count < 4; count += 1) {
			const at = state.now() - random.integer(50 * DAY);
			const gross = 3000 + index * 1500 + count * 100;
			recordSale(state, { creatorUuid: mira, fanUuid: fan, source: 'tip', gross, at });
		}
	});
	for (let week = 0; week < 8; week += 1) {
		recordSale(state, {
			creatorUuid: mira,
			fanUuid: null,
			source: 'referral',
			gross: 250,
			at: state.now() - week * 7 * DAY - DAY / 2,
		});
	}
	const reversed = state.sales.filter(({ source }) => source === 'post').slice(0, 3);
	reversed.forEach((sale, index) => {
		state.addSale({
			...sale,
			orderId: state.ids.next('order'),
			source: index === 0 ? 'chargeback' : 'refund',
			gross: -sale.gross,
			net: -sale.net,
			at: state.now() - (index + 1) * DAY,
			reversedOrderId: sale.orderId,
		});
	});
}
