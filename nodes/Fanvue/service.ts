import type { Service } from '../shared/definition/operation';
import { fanvueApi } from './api';
import type { FanvueResource } from './operation';
import { paging } from './paging';
import { agency } from './resources/agency';
import { apiRequest } from './resources/apiRequest';
import { app } from './resources/app';
import { automationContext } from './resources/automationContext/index';
import { chat } from './resources/chat';
import { collection } from './resources/collection';
import { creatorFan, creatorUser } from './resources/creator';
import { customList } from './resources/customList/index';
import { fan } from './resources/fan';
import { insight } from './resources/insight';
import { massMessage } from './resources/massMessage';
import { media } from './resources/media/index';
import { mediaUpload } from './resources/mediaUpload';
import { message } from './resources/message/index';
import { notification } from './resources/notification';
import { post } from './resources/post';
import { postComment } from './resources/postComment';
import { smartList } from './resources/smartList';
import { template } from './resources/template';
import { trackingLink } from './resources/trackingLink';
import { user } from './resources/user';
import { vault } from './resources/vault';
import { webhook } from './resources/webhook';
import { leadingFields, rewritePath, routeOptions, transformRequest } from './routes';

const resources: FanvueResource[] = [
	agency,
	apiRequest,
	app,
	automationContext,
	chat,
	collection,
	creatorFan,
	creatorUser,
	customList,
	fan,
	insight,
	massMessage,
	media,
	mediaUpload,
	message,
	notification,
	post,
	postComment,
	smartList,
	template,
	trackingLink,
	user,
	vault,
	webhook,
];

/** All operations of the Fanvue node. */
export const fanvue: Service = {
	api: fanvueApi,
	preferredResource: 'Message',
	resources,
	paging,
	leadingFields,
	commonOptions: routeOptions(resources),
	rewritePath,
	transformRequest,
};
