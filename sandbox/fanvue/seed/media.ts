import { uuidOf } from '../ids';
import type { Media, MediaType, User } from '../model';
import type { FanvueState } from '../state';
import { DAY } from '../time';

const ENDINGS: Record<MediaType, string> = {
	image: 'png',
	video: 'mp4',
	audio: 'wav',
	document: 'pdf',
};

function typeOf(index: number): MediaType {
	if (index % 11 === 10) return 'document';
	if (index % 7 === 6) return 'audio';
	return index % 4 === 3 ? 'video' : 'image';
}

function createMedia(state: FanvueState, owner: User, index: number): Media {
	const mediaType = typeOf(index);
	const name = `${owner.displayName.split(' ')[0] ?? ''} ${mediaType} ${index + 1}`;
	const createdAt = state.now() - (60 - index) * DAY;
	return {
		uuid: uuidOf(`media ${owner.handle} ${index}`),
		ownerUuid: owner.uuid,
		name,
		filename: `${owner.handle}-${index + 1}.${ENDINGS[mediaType]}`,
		mediaType,
		createdAt,
		completedAt: createdAt,
		caption: index % 3 === 0 ? `Light of day ${index + 1}` : null,
		description: index % 5 === 0 ? 'Taken on the old harbour wall at sunset.' : null,
		recommendedPrice: index % 6 === 5 ? 900 : null,
		tags: index % 3 === 0 ? { setting: ['harbour', 'sunset'] } : null,
		folderNames: new Set(),
		content: { kind: 'sample', seed: `${owner.handle} ${index}` },
	};
}

const FOLDERS = ['Favourites', 'Été & soleil', 'Film/Raw 100%'];

/** Adds media, one unfinished upload, vault folders and media links. */
export function seedMedia(state: FanvueState): void {
	const sizes: Array<[string, number]> = [
		['mira', 42],
		['nolan', 8],
		['oriane', 4],
	];
	for (const [handle, count] of sizes) {
		const owner = state.userByHandle(handle);
		for (let index = 0; index < count; index += 1) {
			const media = createMedia(state, owner, index);
			state.media.set(media.uuid, media);
		}
	}
	const mira = state.userByHandle('mira');
	const own = [...state.media.values()].filter(({ ownerUuid }) => ownerUuid === mira.uuid);
	FOLDERS.forEach((name, index) => {
		state.folders.push({ creatorUuid: mira.uuid, name, createdAt: state.now() - 30 * DAY });
		own.slice(index * 18, index * 18 + 18).forEach(({ folderNames }) => folderNames.add(name));
	});
	const abandoned = createMedia(state, mira, 50);
	state.media.set(abandoned.uuid, { ...abandoned, completedAt: null, content: null });
	const [first, second] = own;
	const felix = state.userByHandle('felix').uuid;
	if (!first || !second) return;
	for (const [name, { uuid }, buyers] of [
		['bought', first, [felix]],
		['not bought', second, []],
	] as const) {
		state.mediaLinks.push({
			uuid: uuidOf(`media link ${name}`),
			creatorUuid: mira.uuid,
			mediaUuid: uuid,
			buyerUuids: new Set(buyers),
		});
	}
}
