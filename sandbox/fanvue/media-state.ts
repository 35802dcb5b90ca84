import type { Media } from './model';
import { notFound, rejected } from './replies';
import type { World } from './world';

export type MediaStatus = 'created' | 'processing' | 'ready' | 'error';

/** The state of a media item; processing ends by the clock. */
export function statusOf(world: World, media: Media): MediaStatus {
	if (media.completedAt === null) return 'created';
	const { processingMs, outcome } = world.settings.media;
	// Samples were processed long ago.
	if (media.content?.kind === 'sample') return 'ready';
	return world.now() < media.completedAt + processingMs ? 'processing' : outcome;
}

/** A media item of an owner; refuses with 404. */
export function mediaOf(world: World, ownerUuid: string, uuid: string): Media {
	const media = world.media.get(uuid);
	if (media?.ownerUuid !== ownerUuid) throw notFound('Media');
	return media;
}

/** The ids, once it is sure that all of them can be attached; refuses with 400. */
export function requireReady(world: World, ownerUuid: string, uuids: string[]): string[] {
	for (const uuid of uuids) {
		const media = world.media.get(uuid);
		if (media?.ownerUuid !== ownerUuid) throw rejected(`Media ${uuid} does not exist`);
		if (statusOf(world, media) !== 'ready') throw rejected(`Media ${uuid} is not ready`);
	}
	return uuids;
}
