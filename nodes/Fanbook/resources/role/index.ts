import {
	multiOptionsField,
	booleanField,
	int64Field,
	textField,
} from '../../../shared/definition/fields';
import { invalidParameter } from '../../../shared/errors';
import type { Field, Operation, Resource } from '../../../shared/definition/operation';
import { isEmptyValue } from '../../../shared/execution/parameterValues';
import { shown } from '../../../shared/execution/shownValue';
import { permissionChoices } from '../../permissions';
import { asInt64, role as roleField, server } from '../../commonFields';
import { currentPermissions, toPermissions } from './permissions';

const MANAGE_ROLES = ['MANAGE_ROLES'];

const mentionable: Field = booleanField(
	'mentionable',
	'Mentionable',
	'Whether to let anyone mention the role',
);
const hoist: Field = booleanField(
	'hoist',
	'Hoist',
	'Whether to show members with the role separately in the sidebar',
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
	if (isEmptyValue(value)) return undefined;
	const text = shown(value).trim();
	if (typeof value === 'string' && /^\d{6}$/.test(text)) {
		throw invalidParameter(
			'Color',
			`cannot be "${text}", which is a hexadecimal color and a number`,
			`Write #${text} for the color, or give the number without quotes`,
		);
	}
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
	description:
		"Change a role. To change the role that all members have, use the server's ID as role ID.",
	endpoint: 'PATCH v2/guild/role',
	confirmation: { consequence: 'The change affects every member with the role' },
	scopes: MANAGE_ROLES,
	fields: [
		server(),
		roleField('id'),
		multiOptionsField(
			'permissions',
			'Permissions',
			'All permissions of the role. Those not selected are removed. Leave empty to keep the current ones.',
			permissionChoices,
			{
				name: 'permissionNames',
				required: false,
				wireFormat: 'int64',
				toWire: toPermissions,
				resolveDefault: currentPermissions,
			},
		),
	],
	updateFields: [
		textField('name', 'Name', 'The new name'),
		int64Field(
			'permissions',
			'Permissions (Bit Set)',
			'All permissions of the role as one number. Overrides Permissions.',
			{ placeholder: 'e.g. 2214659648' },
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
	confirmation: { consequence: 'A deleted role cannot be restored' },
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
