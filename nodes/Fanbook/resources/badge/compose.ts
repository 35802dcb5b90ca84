import { createHash } from 'node:crypto';
import type { INodeProperties } from 'n8n-workflow';
import { invalidParameter } from '../../../shared/errors';
import type { JsonObject } from '../../../shared/json';
import type { FieldInput, ItemContext } from '../../../shared/definition/operation';
import { EntryReader, entriesOf } from '../../compose/entries';

const slotValues: INodeProperties[] = [
	{
		displayName: 'Icon URL',
		name: 'badge',
		type: 'string',
		default: '',
		description: 'Web address of a small picture before the value. Cannot be combined with Label.',
	},
	{
		displayName: 'Image URL',
		name: 'img',
		type: 'string',
		default: '',
		description: 'Web address of a picture above the value. Cannot be combined with Label.',
	},
	{
		displayName: 'Label',
		name: 'label',
		type: 'string',
		default: '',
		description: 'Grey text before the value',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		description: 'The text of the slot',
	},
];

const pairValues: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		description: 'Name of the field',
	},
	{ displayName: 'Value', name: 'value', type: 'string', default: '', description: 'Its value' },
];

const readSlot = new EntryReader(slotValues);
const readPair = new EntryReader(pairValues);

/** Rows of slots. */
export const slotRows: FieldInput = {
	type: 'custom',
	property: {
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Row',
		options: [
			{
				displayName: 'Row',
				name: 'rows',
				values: [
					{
						displayName: 'Slots',
						name: 'slots',
						type: 'fixedCollection',
						typeOptions: { multipleValues: true, sortable: true },
						placeholder: 'Add Slot',
						default: {},
						description: 'The slots of the row, from left to right',
						options: [{ displayName: 'Slot', name: 'slot', values: slotValues }],
					},
				],
			},
		],
	},
};

/** Names and values of a game record, whose fields are not documented. */
export const recordPairs: FieldInput = {
	type: 'custom',
	property: {
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Field',
		options: [{ displayName: 'Field', name: 'field', values: pairValues }],
	},
};

/** Composes the badge from its fields. */
export function composeBadge(item: ItemContext): JsonObject {
	const name = item.text('authorityName');
	const icon = item.text('authorityIcon');
	const image = item.text('titleImage');
	const slots = entriesOf(item.raw('slots'), 'rows')
		.map((row) => entriesOf(row.slots, 'slot').map(toSlot))
		.filter((row) => row.length > 0);
	if (name === '' && icon === '' && image === '' && slots.length === 0) {
		throw invalidParameter('Issuer', 'is empty', 'Fill it in, or give the badge as JSON');
	}
	return {
		authority: { icon, name },
		...(image === '' ? {} : { title: { img: image } }),
		slots,
	};
}

function toSlot(entry: Record<string, unknown>): JsonObject {
	const value = readSlot.text(entry, 'value');
	if (value === '') throw invalidParameter('Slots', 'has a slot without value', 'Fill in Value');
	const slot: JsonObject = { value };
	for (const key of ['label', 'img', 'badge']) {
		const text = readSlot.text(entry, key);
		if (text !== '') slot[key] = text;
	}
	if (slot.label !== undefined && (slot.img !== undefined || slot.badge !== undefined)) {
		throw invalidParameter(
			'Slots',
			`has both a label and a picture for "${value}"`,
			'Fanbook shows one of them: remove the other',
		);
	}
	return slot;
}

/** Composes the game record from its fields. */
export function composeGameRecord(item: ItemContext): JsonObject {
	const record = new Map<string, string>();
	for (const entry of entriesOf(item.raw('recordFields'), 'field')) {
		const name = readPair.text(entry, 'name');
		const value = readPair.text(entry, 'value');
		if (name === '' && value === '') continue;
		if (name === '') {
			throw invalidParameter(
				'Record Fields',
				`has the value "${value}" without a name`,
				'Fill in Name',
			);
		}
		if (record.has(name)) {
			throw invalidParameter('Record Fields', `has the name "${name}" twice`, 'Remove one of them');
		}
		record.set(name, value);
	}
	if (record.size === 0) {
		throw invalidParameter('Record Fields', 'is empty', 'Add a field, or give the record as JSON');
	}
	return Object.fromEntries(record);
}

/**
 * Derives a card ID from the node, place and user, so that the next run replaces the badge instead
 * of adding another one.
 */
export function deriveCardId(item: ItemContext): string {
	const { context } = item;
	const parts = [
		String(context.getWorkflow().id),
		context.getNode().id,
		item.operation.name,
		item.text('guildId') || item.text('chatId'),
		item.text('userId'),
	];
	return `n8n-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24)}`;
}
