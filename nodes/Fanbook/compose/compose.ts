import { invalidParameter } from '../../shared/errors';
import {
	isJsonObject,
	isObject,
	isStructure,
	valueAtPath,
	toJson,
	tryParseJson,
	tryParseJsonLossless,
	stringifyJson,
} from '../../shared/json';
import type { ItemContext } from '../../shared/definition/operation';
import { assertExactNumbers, isEmpty } from '../../shared/execution/parameterValues';
import { memberLocator } from '../locators';
import type { CardFrame, Element } from './card';
import { cardMessage, cardPreview, composeCard, frameMembers } from './card';
import { blockValues, cardBlockValues } from './blocks';
import { EntryReader, entriesOf } from './entries';
import { stringifyNestedMembers } from '../messageDocument';
import { readMentions } from './mentions';
import { readLocatorId } from './locatorEntry';
import type { Block } from './richText';
import { toPreview, richText, richTextPreview } from './richText';

const readBlock = new EntryReader(blockValues);
const readCardBlock = new EntryReader(cardBlockValues);

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
	const preview = richTextPreview(title, blocks);
	const { markup } = readMentions(item);
	if (preview === '' && markup.length === 0) {
		throw invalidParameter('Blocks', 'has no content', 'Fill in Content');
	}
	return { text: richText(title, blocks, markup), preview: preview || markup.join(' ') };
}

/** Reads a block from the editor. Members that its type does not show are not checked. */
function toBlock(entry: Record<string, unknown>): Block {
	const type = String(readBlock.choice(entry, 'type'));
	return {
		type,
		text: readBlock.text(entry, 'text'),
		level: type === 'heading' ? Number(readBlock.choice(entry, 'level')) : 0,
		styles: readBlock.choicesOf(entry, 'styles'),
		link: readBlock.text(entry, 'link'),
		imageUrl: readBlock.text(entry, 'imageUrl'),
		imageWidth: type === 'image' ? readBlock.integer(entry, 'imageWidth') : 0,
		imageHeight: type === 'image' ? readBlock.integer(entry, 'imageHeight') : 0,
		newLine: readBlock.isOn(entry, 'newLine'),
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
	const tree = readDocument('Card (JSON)', value, 'Begin with {"tag":"column","children":[…]}');
	const text =
		tree.type === undefined
			? cardMessage(tree, frame)
			: stringifyJson({ ...(stringifyNestedMembers(tree) ?? tree), ...frameMembers(frame) });
	return { text, preview: toPreview(frame.notification) || previewOf(text) };
}

/**
 * Returns a JSON object whose numbers keep their digits.
 *
 * @throws NodeFailure for anything else
 */
function readDocument(
	displayName: string,
	value: unknown,
	advice: string,
): Record<string, unknown> {
	const document =
		typeof value === 'string' ? tryParseJsonLossless(withoutByteOrderMark(value)) : toJson(value);
	if (!isStructure(document) || !isObject(document) || Object.keys(document).length === 0) {
		throw invalidParameter(displayName, 'is not a JSON object', advice);
	}
	if (typeof value !== 'string') assertExactNumbers(displayName, document);
	return document;
}

function withoutByteOrderMark(text: string): string {
	return text.replace(/^\uFEFF/, '');
}

/** Accepts any message document. */
function composeJson(value: unknown): ComposedMessage {
	const document = readDocument('Content (JSON)', value, 'Begin with {"type":"…"');
	const changed = stringifyNestedMembers(document);
	const text =
		typeof value === 'string' && changed === undefined
			? withoutByteOrderMark(value).trim()
			: stringifyJson(changed ?? document);
	return { text, preview: previewOf(text) };
}

/** Reads a card block from the editor. Missing members are empty. */
export function toElement(entry: Record<string, unknown>): Element {
	const type = String(readCardBlock.choice(entry, 'type'));
	return {
		type,
		text: readCardBlock.text(entry, 'text'),
		label: readCardBlock.text(entry, 'label'),
		link: readCardBlock.text(entry, 'link'),
		style: type === 'button' ? String(readCardBlock.choice(entry, 'style')) : '',
		color: readCardBlock.text(entry, 'color'),
		imageUrl: readCardBlock.text(entry, 'imageUrl'),
		imageHeight: type === 'image' ? readCardBlock.integer(entry, 'imageHeight') : 0,
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
	if (Array.isArray(document)) return toPreview(insertedText(text)) || toPreview(text);
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
