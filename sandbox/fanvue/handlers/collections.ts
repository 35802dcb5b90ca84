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
	except?: Collection,
): void {
	for (const item of state.collections.values()) {
		if (item !== except && item.creatorUuid === owner.uuid && item.label === label) {
			throw conflict(`A collection named ${label} already exists`);
		}
	}
}

function collectionView({ uuid, label, createdAt }: Collection): Record<string, unknown> {
	return { uuid, label, createdAt: iso(createdAt) };
}

export const collectionHandlers: FanvueHandlers = {
	listCollections(context) {
		const { state, owner } = context;
		const collections = [...state.collections.values()]
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.sort((a, b) => b.createdAt - a.createdAt);
		return context.list(collections, ({ uuid }) => uuid, collectionView);
	},

	createCollection(context) {
		const { state, owner, parameters } = context;
		const label = parameters.text('label');
		requireUniqueLabel(context, label);
		const uuid = state.ids.next('collection');
		const collection = { uuid, creatorUuid: owner.uuid, label, createdAt: state.nextTimestamp() };
		state.collections.set(uuid, collection);
		return created(collectionView(collection));
	},

	renameCollection(context) {
		const collection = requireCollection(context, context.id('uuid'));
		const label = context.parameters.text('label');
		requireUniqueLabel(context, label, collection);
		collection.label = label;
		return NO_CONTENT;
	},

	deleteCollection(context) {
		const { uuid } = requireCollection(context, context.id('uuid'));
		context.state.collections.delete(uuid);
		for (const post of context.state.posts) {
			post.collectionUuids = post.collectionUuids.filter((item) => item !== uuid);
		}
		return NO_CONTENT;
	},
};
