import { invalidParameter } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { isJsonObject, valueAtPath, toJson, tryParseJson, stringifyJson } from '../../shared/json';
import type { ItemContext } from '../../shared/definition/operation';
import { isEmpty } from '../../shared/execution/parameterValues';
import { memberLocator } from '../locators';
import type { CardFrame, Element } from './card';
import { cardMessage, cardPreview, composeCard } from './card';
import { entriesOf, listAt, numberAt, textAt } from './entries';
import { readMentions } from './mentions';
import { readLocatorId } from './locatorEntry';
import type { Block } from './richText';
import { toPreview, richText, richTextPreview } from './richText';

/** Text of a message and its preview in the conversation list. */
export interface ComposedMessage {
	text: string;
	preview: string;
}

/** Composes a message from the parameters of its type. */
export function composeMessage(item: ItemContext): ComposedMessage {
	switch (item.raw('messageType')) {
		case 'richText':
			return composeRichText(item);
		case 'messageCard':
			refuseMentions(item, 'a message card');
			return composeCardMessage(item);
		case 'json':
			refuseMentions(item, 'a JSON document');
			return composeJson(item.raw('contentJson'));
		case 'voice':
			refuseMentions(item, 'a voice message');
			return composeVoice(item);
		default:
			return composeText(item);
	}
}

function composeText(item: ItemContext): ComposedMessage {
	const isDocument = item.text('parseMode') !== '';
	const written = toText('Text', item.raw('text'), isDocument);
	if (isDocument) refuseMentions(item, 'a JSON document');
	const text = [...readMentions(item).markup, written].filter((part) => part !== '').join(' ');
	return { text, preview: isDocument ? previewOf(text) : text };
}

/** Converts the value of an expression to text. Objects become JSON where a JSON document is expected. */
function toText(displayName: string, value: unknown, isDocument = false): string {
	if (isEmpty(value)) return '';
	const json = toJson(value) ?? '';
	if (typeof json !== 'object') return String(json);
	if (isDocument && isJsonObject(json)) return stringifyJson(json);
	throw invalidParameter(
		displayName,
		'must be text',
		isDocument
			? 'Give one text or a JSON object'
			: 'Give one text, not an object or a list. A JSON document needs Parse Mode: Fanbook',
	);
}

function composeRichText(item: ItemContext): ComposedMessage {
	const title = item.text('title');
	const blocks = entriesOf(item.raw('blocks'), 'block').map(toBlock);
	if (blocks.length === 0) throw invalidParameter('Blocks', 'is empty', 'Add at least one block');
	return {
		text: richText(title, blocks, readMentions(item).markup),
		preview: richTextPreview(title, blocks),
	};
}

function toBlock(entry: Record<string, unknown>): Block {
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

function composeCardMessage(item: ItemContext): ComposedMessage {
	const frame: CardFrame = {
		notification: item.text('notification'),
		comeFromName: item.text('comeFromName'),
		comeFromIcon: item.text('comeFromIcon'),
	};
	if (item.raw('cardFrom') === 'json') return cardFromJson(item.raw('cardJson'), frame);
	const elements = entriesOf(item.raw('cardBlocks'), 'block').map(toElement);
	if (elements.length === 0)
		throw invalidParameter('Card Blocks', 'is empty', 'Add at least one block');
	return { text: composeCard(elements, frame), preview: cardPreview(elements, frame) };
}

/** Accepts a widget tree, or a whole card message. */
function cardFromJson(value: unknown, frame: CardFrame): ComposedMessage {
	const tree = typeof value === 'string' ? tryParseJson(value) : toJson(value);
	if (!isJsonObject(tree) || Object.keys(tree).length === 0) {
		throw invalidParameter(
			'Card (JSON)',
			'is not a JSON object',
			'Begin with {"tag":"column","children":[…]}',
		);
	}
	const text = tree.type === undefined ? cardMessage(tree, frame) : wholeCard(tree);
	return { text, preview: toPreview(frame.notification) || previewOf(text) };
}

function wholeCard(message: JsonObject): string {
	const { data } = message;
	return stringifyJson(isJsonObject(data) ? { ...message, data: stringifyJson(data) } : message);
}

/** Accepts any message document. */
function composeJson(value: unknown): ComposedMessage {
	const document = typeof value === 'string' ? tryParseJson(value) : toJson(value);
	if (!isJsonObject(document) || Object.keys(document).length === 0) {
		throw invalidParameter('Content (JSON)', 'is not a JSON object', 'Begin with {"type":"…"');
	}
	const text = typeof value === 'string' ? value.trim() : stringifyJson(document);
	return { text, preview: previewOf(text) };
}

/** Reads a card block from the editor. Missing members are empty. */
export function toElement(entry: Record<string, unknown>): Element {
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
		userId: type === 'user' ? readLocatorId('Card Blocks: User', entry.userId, memberLocator) : '',
	};
}

function composeVoice(item: ItemContext): ComposedMessage {
	const url = toText('Voice URL', item.raw('voiceUrl')).trim();
	if (!/^https?:\/\/\S+$/.test(url)) {
		throw invalidParameter(
			'Voice URL',
			`cannot be "${url}"`,
			'Use the public address of a recording, with http:// or https:// at the front',
		);
	}
	const second = Number(item.value('voiceSeconds') ?? 1);
	return {
		text: stringifyJson({ type: 'voice', url, second, isRead: false }),
		preview: '[Voice]',
	};
}

function refuseMentions(item: ItemContext, what: string): void {
	if (readMentions(item).markup.length === 0) return;
	throw invalidParameter(
		'Mention',
		`cannot be put into ${what}`,
		'Use Text or Rich Text, or choose them in Mentioned User Names or IDs and Mentioned Role Names or IDs',
	);
}

const LINE_KEYS = ['notification', 'title', 'text'];

/** Returns the preview of a text or message document. */
export function previewOf(text: string): string {
	const document = tryParseJson(text);
	if (!isJsonObject(document)) return toPreview(text);
	const words = [
		...LINE_KEYS.map((key) => valueAtPath(document, key)),
		insertedText(document.document ?? document.v2),
	];
	const first = words.find((word) => typeof word === 'string' && word.trim() !== '');
	return typeof first === 'string' ? toPreview(first) : '[Card]';
}

function insertedText(nodes: unknown): string {
	const list = typeof nodes === 'string' ? tryParseJson(nodes) : undefined;
	if (!Array.isArray(list)) return '';
	return list
		.map((node) => valueAtPath(node, 'insert'))
		.filter((part) => typeof part === 'string')
		.join('');
}
