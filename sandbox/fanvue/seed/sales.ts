import type { Sale, SaleSource } from '../model';
import type { World } from '../world';
import { DAY, Dice, netOf } from './dice';

function book(
	world: World,
	creatorUuid: string,
	fanUuid: string | null,
	source: SaleSource,
	gross: number,
	at: number,
	postUuid: string | null = null,
): Sale {
	const sale: Sale = {
		orderId: world.ids.next('order'),
		creatorUuid,
		fanUuid,
		source,
		gross,
		net: netOf(gross),
		at,
		messageUuid: null,
		postUuid,
		reversedOrderId: null,
	};
	world.book(sale);
	return sale;
}

/** Subscriptions and their renewals. */
function bookSubscriptions(world: World): void {
	for (const { creatorUuid, fanUuid, subscription } of world.bonds.values()) {
		if (!subscription || subscription.isFreeTrial) continue;
		const { firstSubscribedAt, periodStart, price } = subscription;
		book(world, creatorUuid, fanUuid, 'subscription', price, firstSubscribedAt);
		for (let at = firstSubscribedAt + 30 * DAY; at <= periodStart; at += 30 * DAY) {
			book(world, creatorUuid, fanUuid, 'renewal', price, at);
			subscription.amountPaid += price;
		}
	}
}

/** The money that came in, and some that went back. */
export function seedSales(world: World): void {
	const dice = new Dice(4);
	const mira = world.byHandle('mira').uuid;
	const fans = world.bondsOf(mira).map(({ fanUuid }) => fanUuid);
	bookSubscriptions(world);
	for (const post of world.posts) {
		if (post.price === null || post.publishedAt === null) continue;
		for (let count = 0; count < 6; count += 1) {
			const at = Math.min(post.publishedAt + dice.roll(3 * DAY), world.now() - 60_000 * count);
			book(world, mira, dice.pick(fans.slice(0, 30)), 'post', post.price, at, post.uuid);
		}
	}
	// A few fans spend far more than the rest.
	fans.slice(1, 9).forEach((fan, index) => {
		for (let count = 0; count < 4; count += 1) {
			const at = world.now() - dice.roll(50 * DAY);
			book(world, mira, fan, 'tip', 3000 + index * 1500 + count * 100, at);
		}
	});
	for (let week = 0; week < 8; week += 1) {
		book(world, mira, null, 'referral', 250, world.now() - week * 7 * DAY - DAY / 2);
	}
	const undone = world.sales.filter(({ source }) => source === 'post').slice(0, 3);
	undone.forEach((sale, index) => {
		world.book({
			...sale,
			orderId: world.ids.next('order'),
			source: index === 0 ? 'chargeback' : 'refund',
			gross: -sale.gross,
			net: -sale.net,
			at: world.now() - (index + 1) * DAY,
			reversedOrderId: sale.orderId,
		});
	});
}
