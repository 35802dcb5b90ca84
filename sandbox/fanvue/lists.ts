import { SMART_LISTS, smartListMembers } from './audience';
import type { FanvueCall, FanvueHandlers } from './call';
import type { CustomList } from './model';
import { NO_CONTENT, created, iso, notFound, ok, rejected, taken } from './replies';
import type { World } from './world';

function listOf({ world, owner }: FanvueCall, uuid: string): CustomList {
	const list = world.customLists.get(uuid);
	if (list?.creatorUuid !== owner.uuid) throw notFound('List');
	return list;
}

function memberView(world: World, uuid: string): Record<string, unknown> {
	const user = world.requireUser(uuid);
	const { displayName, handle, isCreator } = user;
	return { uuid, displayName, handle, isCreator };
}

/** Refuses a name that another list of the owner has. */
function requireFree({ world, owner }: FanvueCall, name: string, but?: CustomList): void {
	for (const list of world.customLists.values()) {
		if (list !== but && list.creatorUuid === owner.uuid && list.name === name) {
			throw taken(`A list named ${name} already exists`);
		}
	}
}

export const listHandlers: FanvueHandlers = {
	getSmartLists(call) {
		const { world, owner } = call;
		return ok(
			SMART_LISTS.map(([uuid, name]) => ({
				name,
				uuid,
				count: smartListMembers(world, owner.uuid, uuid)?.length ?? 0,
			})),
		);
	},

	getSmartListMembers(call) {
		const { world, owner, parameters, isV1 } = call;
		const id = parameters.text('uuid');
		// `creators` is known to the /v1 family only.
		const isKnown = SMART_LISTS.some(([known]) => known === id) || (isV1 && id === 'creators');
		const members = isKnown ? smartListMembers(world, owner.uuid, id) : undefined;
		if (!members) throw notFound('List');
		return call.list(
			members,
			(uuid) => uuid,
			(uuid) => memberView(world, uuid),
		);
	},

	getCustomLists(call) {
		const { world, owner, parameters } = call;
		const search = parameters.optionalText('search')?.toLowerCase();
		const lists = [...world.customLists.values()]
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
		const { world, owner, parameters } = call;
		const name = parameters.text('name');
		requireFree(call, name);
		const uuid = world.ids.next('list');
		const createdAt = world.stamp();
		const creatorUuid = owner.uuid;
		world.customLists.set(uuid, { uuid, creatorUuid, name, createdAt, memberUuids: new Set() });
		return created({ uuid, name, createdAt: iso(createdAt) });
	},

	updateCustomList(call) {
		const list = listOf(call, call.id('uuid'));
		const name = call.parameters.text('name');
		requireFree(call, name, list);
		list.name = name;
		return NO_CONTENT;
	},

	deleteCustomList(call) {
		call.world.customLists.delete(listOf(call, call.id('uuid')).uuid);
		return NO_CONTENT;
	},

	getCustomListMembers(call) {
		const { memberUuids } = listOf(call, call.id('uuid'));
		return call.list(
			[...memberUuids],
			(uuid) => uuid,
			(uuid) => memberView(call.world, uuid),
		);
	},

	addMembersToCustomList(call) {
		const { memberUuids } = listOf(call, call.id('uuid'));
		const uuids = call.ids('userUuids');
		const stranger = uuids.find((uuid) => !call.world.user(uuid));
		if (stranger !== undefined) throw rejected(`User ${stranger} does not exist`);
		const before = memberUuids.size;
		for (const uuid of uuids) memberUuids.add(uuid);
		const added = memberUuids.size - before;
		return created({ added, skipped: uuids.length - added });
	},

	removeMemberFromCustomList(call) {
		const { memberUuids } = listOf(call, call.id('uuid'));
		if (!memberUuids.delete(call.id('userUuid'))) throw notFound('Member');
		return NO_CONTENT;
	},
};
