import type { Media } from './model';
import { notFound, badRequest } from './replies';
import type { FanvueState } from './state';

export type MediaStatus = 'created' | 'processing' | 'ready' | 'error';

/** Returns the status of a media item. Processing ends by the clock. */
export function mediaStatus(state: FanvueState, media: Media): MediaStatus {
	if (media.completedAt === null) return 'created';
	const { processingMs, outcome } = state.settings.media;
	// Sample media have no processing time.
	if (media.content?.kind === 'sample') return 'ready';
	return state.now() < media.completedAt + processingMs ? 'processing' : outcome;
}

/** Returns a media item of an owner. Throws 404. */
export function requireMedia(state: FanvueState, ownerUuid: string, uuid: string): Media {
	const media = state.media.get(uuid);
	if (media?.ownerUuid !== ownerUuid) throw notFound('Media');
	return media;
}

/** Returns the UUIDs if all items can be attached. Throws 400 otherwise. */
export function requireReadyMedia(
	state: FanvueState,
	ownerUuid: string,
	uuids: string[],
): string[] {
	for (const uuid of uuids) {
		const media = state.media.get(uuid);
		if (media?.ownerUuid !== ownerUuid) throw badRequest(`Media ${uuid} does not exist`);
		if (mediaStatus(state, media) !== 'ready') throw badRequest(`Media ${uuid} is not ready`);
	}
	return uuids;
}
