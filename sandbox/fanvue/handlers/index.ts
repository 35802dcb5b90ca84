import { agencyHandlers } from './agencies';
import { appHandlers } from './apps';
import type { FanvueHandlers } from '../context';
import { chatHandlers } from './chats';
import { collectionHandlers } from './collections';
import { commentHandlers } from './comments';
import { fanHandlers } from './fans';
import { insightHandlers } from './insights';
import { listHandlers } from './lists';
import { massMessageHandlers } from './massMessages';
import { mediaHandlers } from './media';
import { messageHandlers } from './messages';
import { notificationHandlers } from './notifications';
import { postHandlers } from './posts';
import { templateHandlers } from './templates';
import { trackingLinkHandlers } from './trackingLinks';
import { uploadHandlers } from './uploads';
import { userHandlers } from './users';
import { vaultHandlers } from './vault';
import { webhookHandlers } from './webhooks';

/** One handler per endpoint. Creator routes use the handler of the own route. */
export const fanvueHandlers: FanvueHandlers = {
	...userHandlers,
	...chatHandlers,
	...messageHandlers,
	...massMessageHandlers,
	...templateHandlers,
	...listHandlers,
	...postHandlers,
	...commentHandlers,
	...collectionHandlers,
	...fanHandlers,
	...insightHandlers,
	...mediaHandlers,
	...uploadHandlers,
	...vaultHandlers,
	...trackingLinkHandlers,
	...notificationHandlers,
	...appHandlers,
	...agencyHandlers,
	...webhookHandlers,
};
