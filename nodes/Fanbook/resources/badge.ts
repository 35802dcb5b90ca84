import { jsonField, textField } from '../../shared/definition/fields';
import type { JsonObject } from '../../shared/json';
import { isJsonObject } from '../../shared/json';
import type { Field, Operation, Resource, ItemContext } from '../../shared/definition/operation';
import { asDigits, cardId, chat, jsonObject, member, server } from '../words';
import { builtBadge, builtRecord, recordPairs, slotRows, stableCardId } from './badge/build';

const oneOf = [['guild_id', 'chat_id']];

const place: Field[] = [
	server({ required: false, description: 'The server. It or the channel is needed.' }),
	chat({ required: false, description: 'A group channel. It or the server is needed.' }),
	member(),
];

const newCardId: Field = cardId({
	required: false,
	resolveDefault: stableCardId,
	hint: 'Left empty, one is made that stays the same for this node and user',
});

/** Sends the badge and tells its card ID, which is needed to replace or delete it later. */
async function setCard(call: ItemContext): Promise<JsonObject> {
	const parts = await call.requestParts();
	const answer = await call.client.fetch(call.operation.endpoint, parts);
	return {
		...(isJsonObject(answer) ? answer : { success: true }),
		card_id: String(parts.body?.card_id),
	};
}

const get: Operation = {
	name: 'Get',
	action: 'Get the badges of a user',
	description: 'Get the badges of a user in a server',
	endpoint: 'POST getGuildCredit',
	writes: false,
	fields: [server(asDigits), member(asDigits)],
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
		textField('authority_name', 'Issuer', 'Who gives the badge', {
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
			toWire: (value) => jsonObject('Badge (JSON)', value),
			resolveDefault: builtBadge,
		}),
	],
	execute: setCard,
};

const setGameRecord: Operation = {
	name: 'Set Game Record',
	action: 'Set a game record',
	description: 'Put a game record on the profile of a user, or replace one',
	endpoint: 'PUT v2/guild/credit',
	oneOf,
	notice: 'Fanbook has not documented which fields a game record has',
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
				toWire: (value) => jsonObject('Game Record (JSON)', value),
				resolveDefault: builtRecord,
			},
		),
	],
	execute: setCard,
};

const remove: Operation = {
	name: 'Delete',
	action: 'Delete a badge',
	description: 'Take a badge or game record away from a user',
	endpoint: 'DELETE v2/guild/credit',
	oneOf,
	emptyResult: 'deleted',
	fields: [...place, cardId()],
};

export const badge: Resource = { name: 'Badge', operations: [get, set, setGameRecord, remove] };
