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

/** Refuses a name that another list of the owner has. */
function requireUniqueName({ state, owner }: FanvueContext, name: string, but?: CustomList): void {
	for (const list of state.customLists.values()) {
		if (list !== but && list.creatorUuid === owner.uuid && list.name === name) {
			throw conflict(`A list named ${name} already exists`);
		}
	}
}

export const listHandlers: FanvueHandlers = {
	getSmartLists(call) {
		const { state, owner } = call;
		return ok(
			SMART_LISTS.map(([uuid, name]) => ({
				name,
				uuid,
				count: smartListMembers(state, owner.uuid, uuid)?.length ?? 0,
			})),
		);
	},

	getSmartListMembers(call) {
		const { state, owner, parameters, isV1 } = call;
		const id = parameters.text('uuid');
		// `creators` is known to the /v1 family only.
		const isKnown = SMART_LISTS.some(([known]) => known === id) || (isV1 && id === 'creators');
		const members = isKnown ? smartListMembers(state, owner.uuid, id) : undefined;
		if (!members) throw notFound('List');
		return call.list(
			members,
			(uuid) => uuid,
			(uuid) => memberView(state, uuid),
		);
	},

	getCustomLists(call) {
		const { state, owner, parameters } = call;
		const search = parameters.optionalText('search')?.toLowerCase();
		const lists = [...state.customLists.values()]
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.filter(({ name }) => search === undefined || name.toLowerCase().includes(search))
			.sort((a, b) => b.createdAt - a.createdAt);
		return call.list(
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

	createCustomList(call) {
		const { state, owner, parameters } = call;
		const name = parameters.text('name');
		requireUniqueName(call, name);
		const uuid = state.ids.next('list');
		const createdAt = state.nextTimestamp();
		const creatorUuid = owner.uuid;
		state.customLists.set(uuid, { uuid, creatorUuid, name, createdAt, memberUuids: new Set() });
		return created({ uuid, name, createdAt: iso(createdAt) });
	},

	updateCustomList(call) {
		const list = requireList(call, call.id('uuid'));
		const name = call.parameters.text('name');
		requireUniqueName(call, name, list);
		list.name = name;
		return NO_CONTENT;
	},

	deleteCustomList(call) {
		call.state.customLists.delete(requireList(call, call.id('uuid')).uuid);
		return NO_CONTENT;
	},

	getCustomListMembers(call) {
		const { memberUuids } = requireList(call, call.id('uuid'));
		return call.list(
			[...memberUuids],
			(uuid) => uuid,
			(uuid) => memberView(call.state, uuid),
		);
	},

	addMembersToCustomList(call) {
		const { memberUuids } = requireList(call, call.id('uuid'));
		const uuids = call.ids('userUuids');
		const unknown = uuids.find((uuid) => !call.state.user(uuid));
		if (unknown !== undefined) throw badRequest(`User ${unknown} does not exist`);
		const before = memberUuids.size;
		for (const uuid of uuids) memberUuids.add(uuid);
		const added = memberUuids.size - before;
		return created({ added, skipped: uuids.length - added });
	},

	removeMemberFromCustomList(call) {
		const { memberUuids } = requireList(call, call.id('uuid'));
		if (!memberUuids.delete(call.id('userUuid'))) throw notFound('Member');
		return NO_CONTENT;
	},
};
