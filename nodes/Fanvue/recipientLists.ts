import { invalidParameter } from '../shared/errors';
import { isObject } from '../shared/json';
import type { Field } from '../shared/definition/operation';
import { isEmptyValue, parseStringList } from '../shared/execution/parameterValues';
import { SMART_LISTS } from './commonFields';
import { ACCOUNT } from './locators';

/** The members of the API's object, and their names in the editor. */
const MEMBERS = { customListUuids: 'Custom List Names or IDs', smartListUuids: 'Smart Lists' };

/**
 * The lists that receive a mass message. The editor contains exactly the API's object: `{
 * customListUuids: [...], smartListUuids: [...] }`.
 */
export function recipientListsField(key: string, displayName: string, description: string): Field {
	return {
		key,
		displayName,
		description,
		wireFormat: 'json',
		input: {
			type: 'custom',
			property: {
				type: 'collection',
				placeholder: 'Add Lists',
				options: [
					{
						displayName: MEMBERS.customListUuids,
						name: 'customListUuids',
						type: 'multiOptions',
						typeOptions: {
							loadOptionsMethod: 'getCustomLists',
							loadOptionsDependsOn: ACCOUNT,
						},
						default: [],
						description:
							'Your custom lists. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					{
						displayName: MEMBERS.smartListUuids,
						name: 'smartListUuids',
						type: 'multiOptions',
						options: [...SMART_LISTS].sort((a, b) => a.name.localeCompare(b.name, 'en')),
						default: [],
						description: 'Built-in lists. An expression may name lists that are not shown here.',
					},
				],
			},
		},
		toWire: (raw) => selectedLists(displayName, raw),
	};
}

/** The lists that do not receive a mass message. */
export function excludedListsField(): Field {
	const field = recipientListsField(
		'excludedLists',
		'Excluded Lists',
		'Lists whose members do not receive the message',
	);
	return {
		...field,
		toWire: (raw) => {
			const lists = selectedLists(field.displayName, raw);
			if (isObject(raw)) assertComplete(field.displayName, raw);
			return lists;
		},
	};
}

/**
 * Rejects exclusions of which a part would be lost because an expression has no value: users who should be
 * excluded would receive the message. An empty list is a choice.
 */
function assertComplete(displayName: string, members: Record<string, unknown>): void {
	const empty = Object.entries(MEMBERS).find(([name]) => {
		const value = members[name];
		return name in members && !Array.isArray(value) && isEmptyValue(value);
	});
	if (empty === undefined) return;
	const [, label] = empty;
	throw invalidParameter(
		displayName,
		`has no value for "${label}"`,
		'Choose lists there, give [] for none, or remove the field',
	);
}

function selectedLists(displayName: string, raw: unknown): Record<string, string[]> | undefined {
	if (isEmptyValue(raw)) return undefined;
	const members = isObject(raw) ? raw : {};
	const chosen = Object.keys(MEMBERS)
		.map((key) => [key, parseStringList(displayName, members[key] ?? '')] as const)
		.filter(([, uuids]) => uuids.length > 0);
	if (chosen.length > 0) return Object.fromEntries(chosen);
	// Without it the message would be sent to users who should be excluded.
	throw invalidParameter(
		displayName,
		'contains no list',
		'Choose at least one list, or remove the field. Put expressions into its inner fields',
	);
}
