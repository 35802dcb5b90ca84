import type { FanvueHandlers } from './call';
import { iso } from './replies';
import { sender } from './views';
import type { World } from './world';

/** The numbers of the kinds of notifications. */
export const EVENT = {
	postComment: 6,
	postLike: 7,
	purchase: 9,
	newSubscriber: 10,
	tip: 11,
	newFollower: 12,
	promotion: 14,
} as const;

/** Unread notifications by kind. */
export function countUnread(world: World, uuid: string): Record<string, number> {
	const unread = world.notifications.filter((item) => item.receiverUuid === uuid && !item.isRead);
	const of = (type: number): number => unread.filter(({ eventType }) => eventType === type).length;
	return {
		newFollower: of(EVENT.newFollower),
		newPostComment: of(EVENT.postComment),
		newPostLike: of(EVENT.postLike),
		newPurchase: of(EVENT.purchase),
		newSubscriber: of(EVENT.newSubscriber),
		newTip: of(EVENT.tip),
		newPromotion: of(EVENT.promotion),
	};
}

export const notificationHandlers: FanvueHandlers = {
	listNotifications(call) {
		const { world, owner, parameters } = call;
		const type = parameters.has('eventType') ? parameters.integer('eventType', 0) : undefined;
		const items = world.notifications
			.filter(({ receiverUuid }) => receiverUuid === owner.uuid)
			.filter(({ eventType }) => type === undefined || eventType === type)
			.sort((a, b) => b.createdAt - a.createdAt);
		return call.list(
			items,
			({ uuid }) => uuid,
			(item) => {
				const user = item.originatorUuid === null ? undefined : world.user(item.originatorUuid);
				return {
					uuid: item.uuid,
					createdAt: iso(item.createdAt),
					eventType: item.eventType,
					isRead: item.isRead,
					data: item.data,
					originator: user ? { ...sender(world, user), isCreator: user.isCreator } : null,
					receiverUuid: item.receiverUuid,
				};
			},
		);
	},
};
