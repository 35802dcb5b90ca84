import type { FanvueContext, FanvueHandlers } from '../context';
import type { Collection } from '../model';
import { NO_CONTENT, created, iso, notFound, conflict } from '../replies';

function requireCollection({ state, owner }: FanvueContext, uuid: string): Collection {
	const collection = state.collections.get(uuid);
	if (collection?.creatorUuid !== owner.uuid) throw notFound('Collection');
	return collection;
}

function requireUniqueLabel(
	{ state, owner }: FanvueContext,
	label: string,
	but?: Collection,
): void {
	for (const item of state.collections.values()) {
		if (item !== but && item.creatorUuid === owner.uuid && item.label === label) {
			throw conflict(`A collection named ${label} already exists`);
		}
	}
}

function collectionView({ uuid, label, createdAt }: Collection): Record<string, unknown> {
	return { uuid, label, createdAt: iso(createdAt) };
}

export const collectionHandlers: FanvueHandlers = {
	listCollections(call) {
		const { state, owner } = call;
		const collections = [...state.collections.values()]
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.sort((a, b) => b.createdAt - a.createdAt);
		return call.list(collections, ({ uuid }) => uuid, collectionView);
	},

	createCollection(call) {
		const { state, owner, parameters } = call;
		const label = parameters.text('label');
		requireUniqueLabel(call, label);
		const uuid = state.ids.next('collection');
		const collection = { uuid, creatorUuid: owner.uuid, label, createdAt: state.nextTimestamp() };
		state.collections.set(uuid, collection);
		return created(collectionView(collection));
	},

	renameCollection(call) {
		const collection = requireCollection(call, call.id('uuid'));
		const label = call.parameters.text('label');
		requireUniqueLabel(call, label, collection);
		collection.label = label;
		return NO_CONTENT;
	},

	deleteCollection(call) {
		const { uuid } = requireCollection(call, call.id('uuid'));
		call.state.collections.delete(uuid);
		for (const post of call.state.posts) {
			post.collectionUuids = post.collectionUuids.filter((item) => item !== uuid);
		}
		return NO_CONTENT;
	},
};
