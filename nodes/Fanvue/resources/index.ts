import { fanvueService } from '../service';
import { agency } from './agency';
import { app } from './app';
import { automationContext } from './automationContext/index';
import { chat } from './chat';
import { collection } from './collection';
import { creatorFan, creatorUser } from './creator';
import { customList } from './customList/index';
import { fan } from './fan';
import { insight } from './insight';
import { massMessage } from './massMessage';
import { media } from './media/index';
import { mediaUpload } from './mediaUpload';
import { message } from './message/index';
import { notification } from './notification';
import { post } from './post';
import { postComment } from './postComment';
import { smartList } from './smartList';
import { template } from './template';
import { trackingLink } from './trackingLink';
import { user } from './user';
import { vault } from './vault';
import { webhook } from './webhook';

export const fanvue = fanvueService([
	agency,
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
]);
