import type { Methods } from '../method';
import { badgeMethods } from './badge';
import { botMethods } from './bot';
import { cardMethods } from './card';
import { channelMethods } from './channel';
import { circleMethods } from './circle';
import { historyMethods } from './history';
import { memberMethods } from './member';
import { memberListMethods } from './member-list';
import { messageMethods } from './message';
import { notificationMethods } from './notification';
import { roleMethods } from './role';
import { serverMethods } from './server';

/** Every bot method by its endpoint id. */
export const methods: Methods = {
	...badgeMethods,
	...botMethods,
	...cardMethods,
	...channelMethods,
	...circleMethods,
	...historyMethods,
	...memberMethods,
	...memberListMethods,
	...messageMethods,
	...notificationMethods,
	...roleMethods,
	...serverMethods,
};
