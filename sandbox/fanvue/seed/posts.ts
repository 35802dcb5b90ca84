import { uuidOf } from '../ids';
import type { Post, User } from '../model';
import type { FanvueState } from '../state';
import { recordSale } from '../mutations';
import { DAY, HOUR } from '../time';
import { SeededRandom } from './seededRandom';

const TEXTS = [
	'Up before the harbour was.',
	'Three takes, one keeper.',
	'What shall I film next?',
	'Grain, and more grain.',
	'Thank you for 100 nights.',
	'Behind the lens today: no plan at all.',
];
const REPLIES = ['Love this one!', 'Where was that?', 'The light 😍', 'More of this, please.'];

function createPost(
	state: FanvueState,
	{ owner, index, publishedAt }: { owner: User; index: number; publishedAt: number | null },
): Post {
	return {
		uuid: uuidOf(`post ${owner.handle} ${index}`),
		creatorUuid: owner.uuid,
		createdAt: publishedAt ?? state.now() - 2 * HOUR,
		text: TEXTS[index % TEXTS.length] ?? null,
		price: null,
		mediaUuids: [],
		mediaPreviewUuid: null,
		audience: index % 3 === 0 ? 'followers-and-subscribers' : 'subscribers',
		publishAt: null,
		publishedAt,
		expiresAt: null,
		pinnedAt: null,
		collectionUuids: [],
		isDeleted: false,
		likes: [],
		comments: [],
	};
}

function addReactions(
	state: FanvueState,
	{ target, count, random }: { target: Post; count: number; random: SeededRandom },
): void {
	const fans = state.relationshipsOf(target.creatorUuid).slice(0, count);
	const from = target.publishedAt ?? state.now();
	fans.forEach(({ fanUuid }, index) => {
		const at = Math.min(from + (index + 1) * 60_000, state.now() - (count - index) * 1000);
		target.likes.push({ createdAt: at, userUuid: fanUuid });
		if (index % 2 === 0) {
			target.comments.push({
				uuid: state.ids.next('comment'),
				text: random.pick(REPLIES),
				createdAt: at,
				updatedAt: index % 8 === 0 ? at + 30_000 : null,
				userUuid: fanUuid,
			});
		}
		if (index % 4 === 0) {
			const gross = 500 + random.integer(20) * 100;
			recordSale(state, {
				creatorUuid: target.creatorUuid,
				fanUuid,
				source: 'tip',
				gross,
				at,
				postUuid: target.uuid,
			});
		}
	});
}

function seedMira(state: FanvueState): void {
	const random = new SeededRandom(2);
	const mira = state.userByHandle('mira');
	const media = [...state.media.values()].filter(
		({ ownerUuid, completedAt }) => ownerUuid === mira.uuid && completedAt !== null,
	);
	for (const label of ['Harbour', 'Black and white', 'Behind the lens']) {
		const uuid = uuidOf(`collection ${label}`);
		const createdAt = state.now() - 80 * DAY;
		state.collections.set(uuid, { uuid, creatorUuid: mira.uuid, label, createdAt });
	}
	const collections = [...state.collections.keys()];
	for (let index = 0; index < 60; index += 1) {
		const item = createPost(state, {
			owner: mira,
			index,
			publishedAt: state.now() - (60 - index) * DAY + random.integer(HOUR),
		});
		item.mediaUuids = media.slice(index % 40, (index % 40) + (index % 3)).map(({ uuid }) => uuid);
		if (index % 5 === 1) item.price = item.mediaUuids.length > 0 ? 500 + index * 10 : null;
		if (index % 4 === 0) item.collectionUuids = collections.slice(0, 1 + (index % 3));
		state.posts.push(item);
		addReactions(state, { target: item, count: index === 59 ? 90 : random.integer(6), random });
	}
	const pinned = state.posts[10];
	if (pinned) pinned.pinnedAt = state.now() - 5 * DAY;
	for (let index = 60; index < 63; index += 1) {
		const scheduled = createPost(state, { owner: mira, index, publishedAt: null });
		scheduled.publishAt = state.now() + (index - 58) * DAY;
		state.posts.push(scheduled);
	}
	// A draft is neither scheduled nor published.
	state.posts.push(createPost(state, { owner: mira, index: 63, publishedAt: null }));
}

/** Adds collections, and posts with likes, comments and tips. */
export function seedPosts(state: FanvueState): void {
	seedMira(state);
	for (const [handle, count] of [
		['nolan', 5],
		['oriane', 3],
	] as const) {
		const owner = state.userByHandle(handle);
		for (let index = 0; index < count; index += 1) {
			state.posts.push(
				createPost(state, { owner, index, publishedAt: state.now() - (count - index) * 3 * DAY }),
			);
		}
	}
}
