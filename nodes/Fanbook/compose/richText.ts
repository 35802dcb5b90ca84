import { invalidParameter } from '../../shared/errors';
import { stringifyJson } from '../../shared/json';
import type { JsonObject } from '../../shared/json';

/** Rich text block from the editor. Which members are used depends on the type. */
export interface Block {
	type: string;
	text: string;
	level: number;
	styles: string[];
	link: string;
	imageUrl: string;
	imageWidth: number;
	imageHeight: number;
	newLine: boolean;
}

/** Returns the attributes of the line ends of a block. */
function lineAttributes(block: Block): JsonObject | undefined {
	switch (block.type) {
		case 'heading':
			return { header: block.level };
		case 'bulletedList':
			return { list: 'bullet' };
		case 'numberedList':
			return { list: 'ordered' };
		case 'quote':
			return { blockquote: true };
		case 'code':
			return { 'code-block': true };
		default:
			return undefined;
	}
}

function insert(content: string | JsonObject, attributes?: JsonObject): JsonObject {
	return attributes === undefined ? { insert: content } : { insert: content, attributes };
}

function runAttributes(block: Block): JsonObject | undefined {
	const attributes: JsonObject = {};
	for (const style of block.styles) attributes[style] = true;
	if (block.link !== '') attributes.link = block.link;
	return Object.keys(attributes).length === 0 ? undefined : attributes;
}

function image(block: Block): JsonObject[] {
	if (!/^https?:\/\/\S+$/.test(block.imageUrl)) {
		throw invalidParameter(
			'Image URL',
			`cannot be "${block.imageUrl}"`,
			'Use the public address of an image, with http:// or https:// at the front',
		);
	}
	const source: JsonObject = {
		source: block.imageUrl,
		width: block.imageWidth,
		height: block.imageHeight,
		_type: 'image',
		_inline: false,
	};
	return [insert(source), insert('\n')];
}

function textLines(block: Block): JsonObject[] {
	const run = runAttributes(block);
	const end = lineAttributes(block);
	const lines = block.text.split(/\r?\n/);
	return lines.flatMap((line, index) => {
		const pieces = line === '' ? [] : [insert(line, run)];
		const isLast = index === lines.length - 1;
		// A paragraph can continue in the next block, so that one line has several styles.
		return isLast && !block.newLine && end === undefined ? pieces : [...pieces, insert('\n', end)];
	});
}

/**
 * Returns a rich text message: JSON text that contains the nodes as JSON text. Each line ends with
 * a node of its own, whose attributes set the kind of the line.
 *
 * @param mentions markup at the start
 */
export function richText(title: string, blocks: Block[], mentions: string[]): string {
	const nodes = [
		...mentions.flatMap((markup) => [mention(markup), insert(' ')]),
		...blocks.flatMap((block) => (block.type === 'image' ? image(block) : textLines(block))),
	];
	const last = nodes.at(-1)?.insert;
	if (typeof last !== 'string' || !last.endsWith('\n')) nodes.push(insert('\n'));
	return stringifyJson({
		type: 'richText',
		...(title === '' ? {} : { title }),
		document: stringifyJson(nodes),
	});
}

function mention(markup: string): JsonObject {
	return insert(markup, markup.startsWith('${#') ? { channel: markup } : { at: markup });
}

/** Returns the text of a rich text message for the conversation list. */
export function richTextPreview(title: string, blocks: Block[]): string {
	const words = blocks.map((block) => (block.type === 'image' ? '[Image]' : block.text));
	return toPreview([title, ...words].join(' '));
}

const MAX_PREVIEW_LENGTH = 200;

/** Returns a text on one line, shortened for the conversation list. */
export function toPreview(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const characters = [...line];
	return characters.length > MAX_PREVIEW_LENGTH
		? `${characters.slice(0, MAX_PREVIEW_LENGTH - 1).join('')}…`
		: line;
}
