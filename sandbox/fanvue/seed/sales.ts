import type { Sale, SaleSource } from '../model';
import type { FanvueState } from '../state';
import { DAY, SeededRandom, netAmount } from './seededRandom';

function addSale(
	state: FanvueState,
	creatorUuid: string,
	fanUuid: string | null,
	source: SaleSource,
	gross: number,
	at: number,
	postUuid: string | null = null,
): Sale {
	const sale: Sale = {
		orderId: state.ids.next('order'),
		creatorUuid,
		fanUuid,
		source,
		gross,
		net: netAmount(gross),
		at,
		messageUuid: null,
		postUuid,
		reversedOrderId: null,
	};
	state.addSale(sale);
	return sale;
}

/** Subscriptions and their renewals. */
function addSubscriptionSales(state: FanvueState): void {
	for (const { creatorUuid, fanUuid, subscription } of state.relationships.values()) {
		if (!subscription || subscription.isFreeTrial) continue;
		const { firstSubscribedAt, periodStart, price } = subscription;
		addSale(state, creatorUuid, fanUuid, 'subscription', price, firstSubscribedAt);
		for (let at = firstSubscribedAt + 30 * DAY; at <= periodStart; at += 30 * DAY) {
			addSale(state, creatorUuid, fanUuid, 'renewal', price, at);
			subscription.amountPaid += price;
		}
	}
}

/** The money that came in, and some that went back. */
export function seedSales(state: FanvueState): void {
	const random = new SeededRandom(4);
	const mira = state.userByHandle('mira').uuid;
	const fans = state.relationshipsOf(mira).map(({ fanUuid }) => fanUuid);
	addSubscriptionSales(state);
	for (const post of state.posts) {
		if (post.price === null || post.publishedAt === null) continue;
		for (let count = 0; count < 6; count += 1) {
			const at = Math.min(post.publishedAt + random.integer(3 * DAY), state.now() - 60_000 * count);
			addSale(state, mira, random.pick(fans.slice(0, 30)), 'post', post.price, at, post.uuid);
		}
	}
	// A few fans spend far more than the rest.
	fans.slice(1, 9).forEach((fan, index) => {
		for (let count = 0; count < 4; count += 1) {
			const at = state.now() - random.integer(50 * DAY);
			addSale(state, mira, fan, 'tip', 3000 + index * 1500 + count * 100, at);
		}
	});
	for (let week = 0; week < 8; week += 1) {
		addSale(state, mira, null, 'referral', 250, state.now() - week * 7 * DAY - DAY / 2);
	}
	const undone = state.sales.filter(({ source }) => source === 'post').slice(0, 3);
	undone.forEach((sale, index) => {
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
