import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import { pageAfter } from '../paging';
import type { Role } from '../model';
import { renderRole } from '../render';

/** The service's page size is unknown; a small one shows whether a client reads all pages. */
const PAGE_SIZE = 20;

export const roleHandlers: MethodHandlers = {
	'role.getMany': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		const cursor = parameters.optionalText('last_id');
		const { page } = pageAfter(server.roles, { cursor, size: PAGE_SIZE, idOf: ({ id }) => id });
		return page.map((role) => renderRole(server, role));
	},

	'role.create': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		state.requirePermission('MANAGE_ROLES', server);
		const role: Role = {
			id: state.ids.next(),
			name: parameters.text('name'),
			position: Math.max(...server.roles.map(({ position }) => position)) + 1,
			permissions: 0n,
			color: parameters.integer('color', 0),
			mentionable: parameters.boolean('mentionable') ?? false,
			hoist: parameters.boolean('hoist') ?? false,
			botId: null,
		};
		server.roles.push(role);
		return renderRole(server, role);
	},

	'role.update': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		state.requirePermission('MANAGE_ROLES', server);
		const role = state.role(server, parameters.text('id'));
		role.permissions = BigInt(parameters.text('permissions'));
		role.name = parameters.optionalText('name') ?? role.name;
		role.color = parameters.integer('color', role.color);
		role.mentionable = parameters.boolean('mentionable') ?? role.mentionable;
		role.hoist = parameters.boolean('hoist') ?? role.hoist;
		return true;
	},

	'role.delete': (parameters, { state }) => {
		const server = state.botServer(parameters.text('guild_id'));
		state.requirePermission('MANAGE_ROLES', server);
		const role = state.role(server, parameters.text('id'));
		if (role.id === server.id || role.botId !== null)
			throw createError('noPermission', 'not this role');
		server.roles = server.roles.filter(({ id }) => id !== role.id);
		for (const member of server.members.values()) {
			member.roles = member.roles.filter((id) => id !== role.id);
		}
		return true;
	},
};
