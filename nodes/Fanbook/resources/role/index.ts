import {
	multiOptionsField,
	booleanField,
	int64Field,
	textField,
} from '../../../shared/definition/fields';
import { invalidParameter } from '../../../shared/errors';
import type { Field, Operation, Resource } from '../../../shared/definition/operation';
import { isEmpty } from '../../../shared/execution/parameterValues';
import { permissionChoices } from '../../permissions';
import { asInt64, role as roleField, server } from '../../commonFields';
import { resolvePermissions } from './permissions';

const MANAGE_ROLES = ['MANAGE_ROLES'];

const mentionable: Field = booleanField(
	'mentionable',
	'Mentionable',
	'Whether anyone may mention the role',
);
const hoist: Field = booleanField(
	'hoist',
	'Hoist',
	'Whether its members are shown separately in the sidebar',
);
const color: Field = {
	key: 'color',
	displayName: 'Color',
	description: 'The color of the role',
	input: { type: 'custom', property: { type: 'color' } },
	default: '',
	wireFormat: 'integer',
	toWire: toColorNumber,
};

/** Converts the editor's hexadecimal color to Fanbook's number. */
function toColorNumber(value: unknown): unknown {
	if (isEmpty(value)) return value;
	const text = String(value).trim();
	const hex = /^#?([0-9a-f]{6})(?:[0-9a-f]{2})?$/i.exec(text);
	const number = /^\d+$/.test(text) ? Number(text) : parseInt(hex?.[1] ?? '', 16);
	if (!(number <= 0xffffff)) {
		throw invalidParameter('Color', `cannot be "${text}"`, 'Use a color such as #198CFE');
	}
	return number;
}

const create: Operation = {
	name: 'Create',
	action: 'Create a role',
	description: 'Create a role in a server',
	endpoint: 'PUT guild/role',
	scopes: MANAGE_ROLES,
	fields: [server(), textField('name', 'Name', 'The name of the role')],
	// The vendor's own client always sends the color.
	additionalFields: [mentionable, hoist, { ...color, resolveDefault: () => 0 }],
};

const update: Operation = {
	name: 'Update',
	action: 'Update a role',
	description: "Change a role. With the server's ID as role ID it is the role of all members.",
	endpoint: 'PATCH v2/guild/role',
	scopes: MANAGE_ROLES,
	fields: [
		server(),
		roleField('id'),
		int64Field(
			'permissions',
			'Permissions',
			'The whole set as one number. Left empty, Permissions by Name counts, else the role keeps its own.',
			{ required: false, placeholder: 'e.g. 2214659648', resolveDefault: resolvePermissions },
		),
	],
	updateFields: [
		textField('name', 'Name', 'The new name'),
		multiOptionsField(
			'permission_names',
			'Permissions by Name',
			'The permissions the role has from now on. Those not chosen are taken away.',
			permissionChoices,
			{ notSent: true },
		),
		mentionable,
		hoist,
		color,
	],
};

const remove: Operation = {
	name: 'Delete',
	action: 'Delete a role',
	description: 'Delete a role of a server',
	endpoint: 'DELETE v2/guild/role',
	scopes: MANAGE_ROLES,
	emptyResult: 'deleted',
	fields: [server(), roleField('id')],
};

const getMany: Operation = {
	name: 'Get Many',
	action: 'Get many roles',
	description: 'Get the roles of a server',
	endpoint: 'POST getGuildRoles',
	writes: false,
	paging: 'roles',
	fields: [server(asInt64)],
};

export const role: Resource = {
	name: 'Role',
	preferred: 'Get Many',
	operations: [create, update, remove, getMany],
};
