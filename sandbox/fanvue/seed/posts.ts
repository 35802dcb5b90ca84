import { uuidOf } from '../ids';
import type { Post, User } from '../model';
import type { World } from '../world';
import { DAY, Dice, HOUR, netOf } from './dice';

const TEXTS = [
	'Up before the harbour was.',
	'Three takes, one keeper.',
	'What shall I film next?',
	'Grain, and more grain.',
	'Thank you for 100 nights.',
	'Behind the lens today: no plan at all.',
];
const REPLIES = ['Love this one!', 'Where was that?', 'The light 😍', 'More of this, please.'];

function post(world: World, owner: User, index: number, publishedAt: number | null): Post {
	return {
		uuid: uuidOf(`post ${owner.handle} ${index}`),
		creatorUuid: owner.uuid,
		createdAt: publishedAt ?? world.now() - 2 * HOUR,
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

function addReactions(world: World, target: Post, count: number, dice: Dice): void {
	const fans = world.bondsOf(target.creatorUuid).slice(0, count);
	const from = target.publishedAt ?? world.now();
	fans.forEach(({ fanUuid }, index) => {
		const at = Math.min(from + (index + 1) * 60_000, world.now() - (count - index) * 1000);
		target.likes.push({ createdAt: at, userUuid: fanUuid });
		if (index % 2 === 0) {
			target.comments.push({
				uuid: world.ids.next('comment'),
				text: dice.pick(REPLIES),
				createdAt: at,
				updatedAt: index % 8 === 0 ? at + 30_000 : null,
				userUuid: fanUuid,
			});
		}
		if (index % 4 === 0) {
			const gross = 500 + dice.roll(20) * 100;
			world.book({
				orderId: world.ids.next('order'),
				creatorUuid: target.creatorUuid,
				fanUuid,
				source: 'tip',
				gross,
				net: netOf(gross),
				at,
				messageUuid: null,
				postUuid: target.uuid,
				reversedOrderId: null,
			});
		}
	});
}

function seedMira(world: World): void {
	const dice = new Dice(2);
	const mira = world.byHandle('mira');
	const media = [...world.media.values()].filter(
		({ ownerUuid, completedAt }) => ownerUuid === mira.uuid && completedAt !== null,
	);
	for (const label of ['Harbour', 'Black and white', 'Behind the lens']) {
		const uuid = uuidOf(`collection ${label}`);
		const createdAt = world.now() - 80 * DAY;
		world.collections.set(uuid, { uuid, creatorUuid: mira.uuid, label, createdAt });
	}
	const collections = [...world.collections.keys()];
	for (let index = 0; index < 60; index += 1) {
		const item = post(world, mira, index, world.now() - (60 - index) * DAY + dice.roll(HOUR));
		item.mediaUuids = media.slice(index % 40, (index % 40) + (index % 3)).map(({ uuid }) => uuid);
		if (index % 5 === 1) item.price = item.mediaUuids.length > 0 ? 500 + index * 10 : null;
		if (index % 4 === 0) item.collectionUuids = collections.slice(0, 1 + (index % 3));
		world.posts.push(item);
		addReactions(world, item, index === 59 ? 90 : dice.roll(6), dice);
	}
	const pinned = world.posts[10];
	if (pinned) pinned.pinnedAt = world.now() - 5 * DAY;
	for (let index = 60; index < 63; index += 1) {
		const scheduled = post(world, mira, index, null);
		scheduled.publishAt = world.now() + (index - 58) * DAY;
		world.posts.push(scheduled);
	}
	// Neither planned nor published: a draft.
	world.posts.push(post(world, mira, 63, null));
}

/** Posts with likes, comments and tips, and collections. */
export function seedPosts(world: World): void {
	seedMira(world);
	for (const [handle, count] of [
		['nolan', 5],
		['oriane', 3],
	] as const) {
		const owner = world.byHandle(handle);
		for (let index = 0; index < count; index += 1) {
			world.posts.push(post(world, owner, index, world.now() - (count - index) * 3 * DAY));
		}
	}
}
