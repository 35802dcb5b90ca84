import type { FanvueState } from '../state';
import { seedChats } from './chats';
import { seedCheckout } from './checkout';
import { seedLists } from './lists';
import { seedMedia } from './media';
import { seedNotifications } from './notifications';
import { seedPeople } from './people';
import { seedPosts } from './posts';
import { seedSales } from './sales';
import { seedTrackingLinks } from './trackingLinks';

/** Fills an empty state with sample data. It is the same at every start, with times relative to now. */
export function seed(state: FanvueState): void {
	seedPeople(state);
	seedMedia(state);
	seedPosts(state);
	seedLists(state);
	seedChats(state);
	seedSales(state);
	seedTrackingLinks(state);
	seedNotifications(state);
	seedCheckout(state);
}
