import type { World } from '../world';
import { seedChats } from './chats';
import { seedLists } from './lists';
import { seedMedia } from './media';
import { seedNotifications } from './notifications';
import { seedPeople } from './people';
import { seedPosts } from './posts';
import { seedSales } from './sales';
import { seedTrackingLinks } from './tracking-links';

/** Fills an empty world with sample data: the same at every start, dated back from now. */
export function seed(world: World): void {
	seedPeople(world);
	seedMedia(world);
	seedPosts(world);
	seedLists(world);
	seedChats(world);
	seedSales(world);
	seedTrackingLinks(world);
	seedNotifications(world);
}
