import { invalidParameter } from '../shared/errors';
import { isObject } from '../shared/json';
import type { Field } from '../shared/definition/operation';
import { isEmpty, parseStringList } from '../shared/execution/parameterValues';
import { SMART_LISTS } from './commonFields';

/**
 * The lists that receive a mass message. The editor contains exactly the API's object: `{
 * customListUuids: [...], smartListUuids: [...] }`.
 */
export function recipientListsField(key: string, label: string, about: string): Field {
	return {
		key,
		displayName: label,
		description: about,
		wireFormat: 'json',
		input: {
			type: 'custom',
			property: {
				type: 'collection',
				placeholder: 'Add Lists',
				options: [
					{
						displayName: 'Custom List Names or IDs',
						name: 'customListUuids',
						type: 'multiOptions',
						typeOptions: { loadOptionsMethod: 'getCustomLists' },
						default: [],
						description:
							'Own lists. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					{
						displayName: 'Smart Lists',
						name: 'smartListUuids',
						type: 'multiOptions',
						options: [...SMART_LISTS].sort((a, b) => a.name.localeCompare(b.name, 'en')),
						default: [],
						description: 'Built-in lists',
					},
				],
			},
		},
		toWire: (raw) => selectedLists(label, raw),
	};
}

function selectedLists(label: string, raw: unknown): Record<string, string[]> | undefined {
	if (!isObject(raw)) return undefined;
	const chosen = ['customListUuids', 'smartListUuids']
		.filter((key) => !isEmpty(raw[key]))
		.map((key) => [key, parseStringList(label, raw[key])] as const)
		.filter(([, uuids]) => uuids.length > 0);
	if (chosen.length > 0) return Object.fromEntries(chosen);
	// Without it the message would be sent to users who should be excluded.
	throw invalidParameter(
		label,
		'names no list',
		'Choose lists in it, or take it away. Expressions go into the fields inside it, not in its place',
	);
}
