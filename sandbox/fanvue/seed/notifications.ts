import { NOTIFICATION_TYPE } from '../model';
import type { FanvueState } from '../state';

/** Adds notifications of recent events. The older ones are read. */
export function seedNotifications(state: FanvueState): void {
	const mira = state.userByHandle('mira').uuid;
	const add = (eventType: number, createdAt: number, originatorUuid: string | null): void => {
		state.addNotification({ createdAt, eventType, data: {}, originatorUuid, receiverUuid: mira });
	};
	for (const { fanUuid, subscription } of state.relationshipsOf(mira).slice(0, 25)) {
		if (subscription) add(NOTIFICATION_TYPE.newSubscriber, subscription.firstSubscribedAt, fanUuid);
	}
	for (const sale of state.sales.filter(({ creatorUuid }) => creatorUuid === mira)) {
		if (sale.source === 'tip' && sale.postUuid !== null)
			add(NOTIFICATION_TYPE.tip, sale.at, sale.fanUuid);
		if (sale.source === 'message') add(NOTIFICATION_TYPE.purchase, sale.at, sale.fanUuid);
	}
	const newest = [...state.notifications].sort((a, b) => b.createdAt - a.createdAt);
	for (const item of newest.slice(12)) item.isRead = true;
}
