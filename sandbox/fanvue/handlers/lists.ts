import { SMART_LISTS, smartListMembers } from '../listMembers';
import type { FanvueContext, FanvueHandlers } from '../context';
import type { CustomList } from '../model';
import { NO_CONTENT, created, iso, notFound, ok, badRequest, conflict } from '../replies';
import type { FanvueState } from '../state';

function requireList({ state, owner }: FanvueContext, uuid: string): CustomList {
	const list = state.customLists.get(uuid);
	if (list?.creatorUuid !== owner.uuid) throw notFound('List');
	return list;
}

function memberView(state: FanvueState, uuid: string): Record<string, unknown> {
	const user = state.requireUser(uuid);
	const { displayName, handle, isCreator } = user;
	return { uuid, displayName, handle, isCreator };
}

/** Throws 409 if another list of the owner has the name. */
function requireUniqueName(
	{ state, owner }: FanvueContext,
	name: string,
	except?: CustomList,
): void {
	for (const list of state.customLists.values()) {
		if (list !== except && list.creatorUuid === owner.uuid && list.name === name) {
			throw conflict(`A list named ${name} already exists`);
		}
	}
}

export const listHandlers: FanvueHandlers = {
	getSmartLists(context) {
		const { state, owner } = context;
		return ok(
			SMART_LISTS.map(([uuid, name]) => ({
				name,
				uuid,
				count: smartListMembers(state, owner.uuid, uuid)?.length ?? 0,
			})),
		);
	},

	getSmartListMembers(context) {
		const { state, owner, parameters, isV1 } = context;
		const id = parameters.text('uuid');
		// Only /v1 has the list `creators`.
		const isKnown = SMART_LISTS.some(([known]) => known === id) || (isV1 && id === 'creators');
		const members = isKnown ? smartListMembers(state, owner.uuid, id) : undefined;
		if (!members) throw notFound('List');
		return context.list(
			members,
			(uuid) => uuid,
			(uuid) => memberView(state, uuid),
		);
	},

	getCustomLists(context) {
		const { state, owner, parameters } = context;
		const search = parameters.optionalText('search')?.toLowerCase();
		const lists = [...state.customLists.values()]
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.filter(({ name }) => search === undefined || name.toLowerCase().includes(search))
			.sort((a, b) => b.createdAt - a.createdAt);
		return context.list(
			lists,
			({ uuid }) => uuid,
			({ uuid, name, createdAt, memberUuids }) => ({
				uuid,
				name,
				membersCount: memberUuids.size,
				createdAt: iso(createdAt),
			}),
		);
	},

	createCustomList(context) {
		const { state, owner, parameters } = context;
		const name = parameters.text('name');
		requireUniqueName(context, name);
		const uuid = state.ids.next('list');
		const createdAt = state.nextTimestamp();
		const creatorUuid = owner.uuid;
		state.customLists.set(uuid, { uuid, creatorUuid, name, createdAt, memberUuids: new Set() });
		return created({ uuid, name, createdAt: iso(createdAt) });
	},

	updateCustomList(context) {
		const list = requireList(context, context.id('uuid'));
		const name = context.parameters.text('name');
		requireUniqueName(context, name, list);
		list.name = name;
		return NO_CONTENT;
	},

	deleteCustomList(context) {
		context.state.customLists.delete(requireList(context, context.id('uuid')).uuid);
		return NO_CONTENT;
	},

	getCustomListMembers(context) {
		const { memberUuids } = requireList(context, context.id('uuid'));
		return context.list(
			[...memberUuids],
			(uuid) => uuid,
			(uuid) => memberView(context.state, uuid),
		);
	},

	addMembersToCustomList(context) {
		const { memberUuids } = requireList(context, context.id('uuid'));
		const uuids = context.ids('userUuids');
		const unknown = uuids.find((uuid) => !context.state.user(uuid));
		if (unknown !== undefined) throw badRequest(`User ${unknown} does not exist`);
		const before = memberUuids.size;
		for (const uuid of uuids) memberUuids.add(uuid);
		const added = memberUuids.size - before;
		return created({ added, skipped: uuids.length - added });
	},

	removeMemberFromCustomList(context) {
		const { memberUuids } = requireList(context, context.id('uuid'));
		if (!memberUuids.delete(context.id('userUuid'))) throw notFound('Member');
		return NO_CONTENT;
	},
};
