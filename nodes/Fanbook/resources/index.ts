import { fanbookService } from '../service';
import { badge } from './badge';
import { bot } from './bot';
import { channel } from './channel';
import { circlePost } from './circlePost';
import { invite } from './invite';
import { member } from './member';
import { message } from './message';
import { messageCard } from './messageCard';
import { role } from './role';
import { server } from './server';
import { serverNotification } from './serverNotification';
import { update } from './update';

/** Everything Fanbook can do. */
export const fanbook = fanbookService([
	badge,
	bot,
	channel,
	circlePost,
	invite,
	member,
	message,
	messageCard,
	role,
	server,
	serverNotification,
	update,
]);
