import type { World } from '../world';
import { seedPeople } from './people';
import { seedPosts } from './posts';
import { seedMedia } from './media';

/** Fills an empty world with sample data: the same at every start, dated back from now. */
export function seed(world: World): void {
	seedPeople(world);
	seedMedia(world);
	seedPosts(world);
}
