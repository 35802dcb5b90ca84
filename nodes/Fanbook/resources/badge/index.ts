import type { ItemContext } from '../../../shared/definition/operation';
import { jsonField, textField } from '../../../shared/definition/fields';
import type { JsonObject } from '../../../shared/json';
import { isJsonObject } from '../../../shared/json';
import type { Field, Operation, Resource } from '../../../shared/definition/operation';
import { asInt64, cardId, chat, checkJsonObject, member, server } from '../../commonFields';
import { composeBadge, composeGameRecord, recordPairs, slotRows, deriveCardId } from './compose';

const oneOf = [['guild_id', 'chat_id']];

const SERVER_OR_CHANNEL = 'Fill in Server or Channel';

const place: Field[] = [
	server({ required: false, hint: SERVER_OR_CHANNEL }),
	chat({ required: false, description: 'Group channel to use', hint: SERVER_OR_CHANNEL }),
	member(),
];

const newCardId: Field = cardId({
	required: false,
	resolveDefault: deriveCardId,
	hint: 'Leave empty to generate an ID that stays the same for this node and user',
});

/** Sets the badge and returns its card ID, which is required to replace or delete it. */
async function setBadge(item: ItemContext): Promise<JsonObject> {
	const parts = await item.requestParts();
	const response = await item.client.fetch(item.operation.endpoint, parts);
	return {
		...(isJsonObject(response) ? response : { success: true }),
		card_id: String(parts.body?.card_id),
	};
}

const get: Operation = {
	name: 'Get',
	action: 'Get the badges of a user',
	description: 'Get the badges of a user in a server',
	endpoint: 'POST getGuildCredit',
	writes: false,
	fields: [server(asInt64), member(asInt64)],
};

const set: Operation = {
	name: 'Set',
	action: 'Set a badge',
	description: 'Give a user a badge, or replace one',
	endpoint: 'PUT v2/guild/credit',
	oneOf,
	fields: [
		...place,
		newCardId,
		textField('authority_name', 'Issuer', 'Name of the issuer of the badge', {
			notSent: true,
			required: false,
		}),
		textField('authority_icon', 'Issuer Icon URL', 'Web address of the picture of the issuer', {
			notSent: true,
			required: false,
		}),
		textField(
			'title_image',
			'Title Image URL',
			'Web address of a small picture beside the nickname',
			{
				notSent: true,
				required: false,
			},
		),
		{
			key: 'slots',
			displayName: 'Slots',
			description: 'Rows of values on the profile',
			input: slotRows,
			wireFormat: 'json',
			notSent: true,
			required: false,
		},
		jsonField('guild_credit', 'Badge (JSON)', 'The whole badge, instead of the fields above', {
			required: false,
			toWire: (value) => checkJsonObject('Badge (JSON)', value),
			resolveDefault: composeBadge,
		}),
	],
	execute: setBadge,
};

const setGameRecord: Operation = {
	name: 'Set Game Record',
	action: 'Set a game record',
	description: 'Put a game record on the profile of a user, or replace one',
	endpoint: 'PUT v2/guild/credit',
	oneOf,
	notice: 'Fanbook does not document which fields a game record has.',
	fields: [
		...place,
		newCardId,
		{
			key: 'record_fields',
			displayName: 'Record Fields',
			description: 'Names and values of the record',
			input: recordPairs,
			wireFormat: 'json',
			notSent: true,
			required: false,
		},
		jsonField(
			'game_credit',
			'Game Record (JSON)',
			'The whole record, instead of the fields above',
			{
				required: false,
				toWire: (value) => checkJsonObject('Game Record (JSON)', value),
				resolveDefault: composeGameRecord,
			},
		),
	],
	execute: setBadge,
};

const remove: Operation = {
	name: 'Delete',
	action: 'Delete a badge',
	description: 'Remove a badge or game record from a user',
	endpoint: 'DELETE v2/guild/credit',
	oneOf,
	emptyResult: 'deleted',
	confirmation: { consequence: 'A deleted badge cannot be restored' },
	fields: [...place, cardId()],
};

export const badge: Resource = {
	name: 'Badge',
	preferred: 'Get',
	operations: [get, set, setGameRecord, remove],
};
