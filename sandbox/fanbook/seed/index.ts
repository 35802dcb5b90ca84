import type { EventPublisher } from '../eventPublisher';
import type { FanbookState } from '../state';
import { seedMessages } from './messages';
import { seedServers } from './servers';

/** Fills an empty state with sample data, always the same. */
export function seed(state: FanbookState, publisher: EventPublisher): void {
	seedServers(state);
	seedMessages(state, publisher);
}
