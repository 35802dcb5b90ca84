import { invalidParameter } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { isJsonObject, valueAtPath, toJson, tryParseJson, stringifyJson } from '../../shared/json';
import { memberPicker } from '../pickers';
import type { CardFrame, Element } from './card';
import { card, cardPreview, framed } from './card';
import { entriesOf, listAt, numberAt, textAt } from './entries';
import { mentionsOf } from './mentions';
import { pickedId } from './picked';
import type { Block } from './richText';
import { oneLine, richText, richTextPreview } from './richText';
import type { ItemContext } from '../../shared/definition/operation';

/** A message as it goes out, and what the conversation list shows of it. */
export interface Composed {
	text: string;
	preview: string;
}

/** Puts a message together from the parameters of its type. */
export function composed(call: ItemContext): Composed {
	switch (call.raw('messageType')) {
		case 'richText':
			return composedRichText(call);
		case 'messageCard':
			refuseMentions(call, 'a message card');
			return composedCard(call);
		case 'json':
			refuseMentions(call, 'a JSON document');
			return composedJson(call.raw('contentJson'));
		case 'voice':
			refuseMentions(call, 'a voice message');
			return composedVoice(call);
		default:
			return composedText(call);
	}
}

function composedText(call: ItemContext): Composed {
	const written = plain(call.raw('text'));
	if (call.text('parseMode') !== '') refuseMentions(call, 'a JSON document');
	const text = [...mentionsOf(call).markup, written].filter((part) => part !== '').join(' ');
	return { text, preview: call.text('parseMode') === '' ? text : previewOf(text) };
}

/** Text comes from an expression as whatever the item held; objects stay objects in JSON. */
function plain(value: unknown): string {
	const json = toJson(value) ?? '';
	return typeof json === 'object' ? stringifyJson(json) : String(json);
}

function composedRichText(call: ItemContext): Composed {
	const title = call.text('title');
	const blocks = entriesOf(call.raw('blocks'), 'block').map(blockOf);
	if (blocks.length === 0) throw invalidParameter('Blocks', 'is empty', 'Add at least one block');
	return {
		text: richText(title, blocks, mentionsOf(call).markup),
		preview: richTextPreview(title, blocks),
	};
}

function blockOf(entry: Record<string, unknown>): Block {
	return {
		type: textAt(entry, 'type'),
		text: textAt(entry, 'text'),
		level: numberAt(entry, 'level', 1),
		styles: listAt(entry, 'styles'),
		link: textAt(entry, 'link'),
		imageUrl: textAt(entry, 'imageUrl'),
		imageWidth: numberAt(entry, 'imageWidth', 500),
		imageHeight: numberAt(entry, 'imageHeight', 500),
		newLine: entry.newLine !== false,
	};
}

function composedCard(call: ItemContext): Composed {
	const frame: CardFrame = {
		notification: call.text('notification'),
		comeFromName: call.text('comeFromName'),
		comeFromIcon: call.text('comeFromIcon'),
	};
	if (call.raw('cardFrom') === 'json') return cardFromJson(call.raw('cardJson'), frame);
	const elements = entriesOf(call.raw('cardBlocks'), 'block').map(elementOf);
	if (elements.length === 0)
		throw invalidParameter('Card Blocks', 'is empty', 'Add at least one block');
	return { text: card(elements, frame), preview: cardPreview(elements, frame) };
}

/** Takes a bare widget tree, or a whole message with the tree in it. */
function cardFromJson(value: unknown, frame: CardFrame): Composed {
	const tree = typeof value === 'string' ? tryParseJson(value) : toJson(value);
	if (!isJsonObject(tree) || Object.keys(tree).length === 0) {
		throw invalidParameter(
			'Card (JSON)',
			'is no JSON object',
			'Begin with {"tag":"column","children":[…]}',
		);
	}
	const text = tree.type === undefined ? framed(tree, frame) : wholeCard(tree);
	return { text, preview: oneLine(frame.notification) || previewOf(text) };
}

function wholeCard(message: JsonObject): string {
	const { data } = message;
	return stringifyJson(isJsonObject(data) ? { ...message, data: stringifyJson(data) } : message);
}

/** Any document at all, as long as it is one. */
function composedJson(value: unknown): Composed {
	const document = typeof value === 'string' ? tryParseJson(value) : toJson(value);
	if (!isJsonObject(document) || Object.keys(document).length === 0) {
		throw invalidParameter('Content (JSON)', 'is no JSON object', 'Begin with {"type":"…"');
	}
	const text = typeof value === 'string' ? value.trim() : stringifyJson(document);
	return { text, preview: previewOf(text) };
}

/** An element of a card as the editor gives it, with blanks for what it does not say. */
export function elementOf(entry: Record<string, unknown>): Element {
	const type = textAt(entry, 'type');
	return {
		type,
		text: textAt(entry, 'text'),
		label: textAt(entry, 'label'),
		link: textAt(entry, 'link'),
		style: textAt(entry, 'style'),
		color: textAt(entry, 'color'),
		imageUrl: textAt(entry, 'imageUrl'),
		imageHeight: numberAt(entry, 'imageHeight', 0),
		userId: type === 'user' ? pickedId('Card Blocks: User', entry.userId, memberPicker) : '',
	};
}

function composedVoice(call: ItemContext): Composed {
	const url = plain(call.raw('voiceUrl')).trim();
	if (!/^https?:\/\/\S+$/.test(url)) {
		throw invalidParameter(
			'Voice URL',
			`cannot be "${url}"`,
			'Fanbook takes recordings only from a public web address with http:// or https:// at the front',
		);
	}
	const second = Number(call.value('voiceSeconds') ?? 1);
	return {
		text: stringifyJson({ type: 'voice', url, second, isRead: false }),
		preview: '[Voice]',
	};
}

function refuseMentions(call: ItemContext, what: string): void {
	if (mentionsOf(call).markup.length === 0) return;
	throw invalidParameter(
		'Mention',
		`cannot be put into ${what}`,
		'Use Text or Rich Text, or give the IDs under Mentioned User IDs and Mentioned Role IDs',
	);
}

const LINE_KEYS = ['notification', 'title', 'text'];

/** What a document somebody wrote shows in a list. */
export function previewOf(text: string): string {
	const document = tryParseJson(text);
	if (!isJsonObject(document)) return oneLine(text);
	const words = [
		...LINE_KEYS.map((key) => valueAtPath(document, key)),
		insertedText(document.document ?? document.v2),
	];
	const first = words.find((word) => typeof word === 'string' && word.trim() !== '');
	return typeof first === 'string' ? oneLine(first) : '[Card]';
}

function insertedText(nodes: unknown): string {
	const list = typeof nodes === 'string' ? tryParseJson(nodes) : undefined;
	if (!Array.isArray(list)) return '';
	return list
		.map((node) => valueAtPath(node, 'insert'))
		.filter((part) => typeof part === 'string')
		.join('');
}
