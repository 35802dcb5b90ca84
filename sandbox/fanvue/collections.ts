import type { FanvueCall, FanvueHandlers } from './call';
import type { Collection } from './model';
import { NO_CONTENT, created, iso, notFound, taken } from './replies';

function collectionOf({ world, owner }: FanvueCall, uuid: string): Collection {
	const collection = world.collections.get(uuid);
	if (collection?.creatorUuid !== owner.uuid) throw notFound('Collection');
	return collection;
}

function requireFree({ world, owner }: FanvueCall, label: string, but?: Collection): void {
	for (const item of world.collections.values()) {
		if (item !== but && item.creatorUuid === owner.uuid && item.label === label) {
			throw taken(`A collection named ${label} already exists`);
		}
	}
}

function view({ uuid, label, createdAt }: Collection): Record<string, unknown> {
	return { uuid, label, createdAt: iso(createdAt) };
}

export const collectionHandlers: FanvueHandlers = {
	listCollections(call) {
		const { world, owner } = call;
		const collections = [...world.collections.values()]
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.sort((a, b) => b.createdAt - a.createdAt);
		return call.list(collections, ({ uuid }) => uuid, view);
	},

	createCollection(call) {
		const { world, owner, parameters } = call;
		const label = parameters.text('label');
		requireFree(call, label);
		const uuid = world.ids.next('collection');
		const collection = { uuid, creatorUuid: owner.uuid, label, createdAt: world.stamp() };
		world.collections.set(uuid, collection);
		return created(view(collection));
	},

	renameCollection(call) {
		const collection = collectionOf(call, call.id('uuid'));
		const label = call.parameters.text('label');
		requireFree(call, label, collection);
		collection.label = label;
		return NO_CONTENT;
	},

	deleteCollection(call) {
		const { uuid } = collectionOf(call, call.id('uuid'));
		call.world.collections.delete(uuid);
		for (const post of call.world.posts) {
			post.collectionUuids = post.collectionUuids.filter((item) => item !== uuid);
		}
		return NO_CONTENT;
	},
};
