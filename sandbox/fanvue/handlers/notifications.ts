import type { FanvueHandlers } from '../context';
import { iso } from '../replies';
import { senderView } from '../userViews';
import type { FanvueState } from '../state';
import { NOTIFICATION_TYPE } from '../model';

/** Counts the unread notifications by type. */
export function countUnread(state: FanvueState, uuid: string): Record<string, number> {
	const unread = state.notifications.filter((item) => item.receiverUuid === uuid && !item.isRead);
	const of = (type: number): number => unread.filter(({ eventType }) => eventType === type).length;
	return {
		newFollower: of(NOTIFICATION_TYPE.newFollower),
		newPostComment: of(NOTIFICATION_TYPE.postComment),
		newPostLike: of(NOTIFICATION_TYPE.postLike),
		newPurchase: of(NOTIFICATION_TYPE.purchase),
		newSubscriber: of(NOTIFICATION_TYPE.newSubscriber),
		newTip: of(NOTIFICATION_TYPE.tip),
		newPromotion: of(NOTIFICATION_TYPE.promotion),
	};
}

export const notificationHandlers: FanvueHandlers = {
	listNotifications(context) {
		const { state, owner, parameters } = context;
		const type = parameters.has('eventType') ? parameters.integer('eventType', 0) : undefined;
		const items = state.notifications
			.filter(({ receiverUuid }) => receiverUuid === owner.uuid)
			.filter(({ eventType }) => type === undefined || eventType === type)
			.sort((a, b) => b.createdAt - a.createdAt);
		return context.list(
			items,
			({ uuid }) => uuid,
			(item) => {
				const user = item.originatorUuid === null ? undefined : state.user(item.originatorUuid);
				return {
					uuid: item.uuid,
					createdAt: iso(item.createdAt),
					eventType: item.eventType,
					isRead: item.isRead,
					data: item.data,
					originator: user ? { ...senderView(state, user), isCreator: user.isCreator } : null,
					receiverUuid: item.receiverUuid,
				};
			},
		);
	},
};
