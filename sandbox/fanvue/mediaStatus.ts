import type { Media } from './model';
import { notFound, badRequest } from './replies';
import type { FanvueState } from './state';

export type MediaStatus = 'created' | 'processing' | 'ready' | 'error';

/** The state of a media item; processing ends by the clock. */
export function mediaStatus(state: FanvueState, media: Media): MediaStatus {
	if (media.completedAt === null) return 'created';
	const { processingMs, outcome } = state.settings.media;
	// Samples were processed long ago.
	if (media.content?.kind === 'sample') return 'ready';
	return state.now() < media.completedAt + processingMs ? 'processing' : outcome;
}

/** A media item of an owner; refuses with 404. */
export function requireMedia(state: FanvueState, ownerUuid: string, uuid: string): Media {
	const media = state.media.get(uuid);
	if (media?.ownerUuid !== ownerUuid) throw notFound('Media');
	return media;
}

/** The ids, once it is sure that all of them can be attached; refuses with 400. */
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
