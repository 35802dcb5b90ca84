import { uuidOf } from '../ids';
import type { Media, MediaType, User } from '../model';
import type { World } from '../world';
import { DAY } from './dice';

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

function item(world: World, owner: User, index: number): Media {
	const mediaType = typeOf(index);
	const name = `${owner.displayName.split(' ')[0] ?? ''} ${mediaType} ${index + 1}`;
	const createdAt = world.now() - (60 - index) * DAY;
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

/** Media, one abandoned upload, vault folders and media links. */
export function seedMedia(world: World): void {
	const sizes: Array<[string, number]> = [
		['mira', 42],
		['nolan', 8],
		['oriane', 4],
	];
	for (const [handle, count] of sizes) {
		const owner = world.byHandle(handle);
		for (let index = 0; index < count; index += 1) {
			const media = item(world, owner, index);
			world.media.set(media.uuid, media);
		}
	}
	const mira = world.byHandle('mira');
	const own = [...world.media.values()].filter(({ ownerUuid }) => ownerUuid === mira.uuid);
	FOLDERS.forEach((name, index) => {
		world.folders.push({ creatorUuid: mira.uuid, name, createdAt: world.now() - 30 * DAY });
		own.slice(index * 18, index * 18 + 18).forEach(({ folderNames }) => folderNames.add(name));
	});
	const abandoned = item(world, mira, 50);
	world.media.set(abandoned.uuid, { ...abandoned, completedAt: null, content: null });
	const [first, second] = own;
	const felix = world.byHandle('felix').uuid;
	if (!first || !second) return;
	for (const [name, { uuid }, buyers] of [
		['bought', first, [felix]],
		['not bought', second, []],
	] as const) {
		world.mediaLinks.push({
			uuid: uuidOf(`media link ${name}`),
			creatorUuid: mira.uuid,
			mediaUuid: uuid,
			buyerUuids: new Set(buyers),
		});
	}
}
