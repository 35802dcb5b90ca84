import { EVENT } from '../notifications';
import type { World } from '../world';

/** Notifications of what happened lately, the older ones read. */
export function seedNotifications(world: World): void {
	const mira = world.byHandle('mira').uuid;
	const add = (eventType: number, createdAt: number, originatorUuid: string | null): void => {
		world.notify({ createdAt, eventType, data: {}, originatorUuid, receiverUuid: mira });
	};
	for (const { fanUuid, subscription } of world.bondsOf(mira).slice(0, 25)) {
		if (subscription) add(EVENT.newSubscriber, subscription.firstSubscribedAt, fanUuid);
	}
	for (const sale of world.sales.filter(({ creatorUuid }) => creatorUuid === mira)) {
		if (sale.source === 'tip' && sale.postUuid !== null) add(EVENT.tip, sale.at, sale.fanUuid);
		if (sale.source === 'message') add(EVENT.purchase, sale.at, sale.fanUuid);
	}
	const newest = [...world.notifications].sort((a, b) => b.createdAt - a.createdAt);
	for (const item of newest.slice(12)) item.isRead = true;
}
