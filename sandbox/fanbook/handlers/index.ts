import type { MethodHandlers } from '../context';
import { badgeHandlers } from './badge';
import { botHandlers } from './bot';
import { cardHandlers } from './card';
import { channelHandlers } from './channel';
import { circleHandlers } from './circle';
import { historyHandlers } from './history';
import { memberHandlers } from './member';
import { memberListHandlers } from './memberList';
import { messageHandlers } from './message';
import { notificationHandlers } from './notification';
import { roleHandlers } from './role';
import { serverHandlers } from './server';

/** The handlers of all bot methods by operation id. */
export const methodHandlers: MethodHandlers = {
	...badgeHandlers,
	...botHandlers,
	...cardHandlers,
	...channelHandlers,
	...circleHandlers,
	...historyHandlers,
	...memberHandlers,
	...memberListHandlers,
	...messageHandlers,
	...notificationHandlers,
	...roleHandlers,
	...serverHandlers,
};
