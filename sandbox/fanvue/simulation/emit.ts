import type { Delivery, User } from '../model';
import type { FanvueState } from '../state';
import { deliver } from '../webhooks/deliver';
import { buildPayload, type EventDetails } from '../webhooks/payloads';

/** Handles of the two users. Default: `mira` and `felix`. */
export interface Participants {
	creator?: string;
	fan?: string;
}

export interface SimulatedEvent {
	/** Id of the new message, subscription or order. Empty if the event has none. */
	uuid: string;
	/** Resolves with the webhook deliveries when each was accepted or has failed. */
	deliveries: Promise<Delivery[]>;
}

export interface People {
	creator: User;
	fan: User;
}

export function findPeople(state: FanvueState, options: Participants): People {
	return {
		creator: state.userByHandle(options.creator ?? 'mira'),
		fan: state.userByHandle(options.fan ?? 'felix'),
	};
}

/** Delivers an event under each of its topics. */
export function emit(
	state: FanvueState,
	{ topics, uuid, details }: { topics: readonly string[]; uuid: string; details: EventDetails },
): SimulatedEvent {
	const deliveries = topics.map(
		async (type) => await deliver(state, { type, payload: buildPayload(state, type, details) }),
	);
	return { uuid, deliveries: Promise.all(deliveries).then((all) => all.flat()) };
}
