import { invalidParameter } from '../../shared/errors';
import { stringifyJson } from '../../shared/json';
import type { JsonObject } from '../../shared/json';

/** One block of a rich text as the editor gives it; which members count depends on the type. */
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

/** What ends each line of a block, by its type. */
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
			'Fanbook takes pictures only from a public web address with http:// or https:// at the front',
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
		// A paragraph may go on in the next block: that is how one line gets several styles.
		return isLast && !block.newLine && end === undefined ? pieces : [...pieces, insert('\n', end)];
	});
}

/**
 * A rich text as Fanbook wants it: JSON text with the nodes as JSON text inside, each line ended
 * by a node of its own that carries the line's kind.
 *
 * @param mentions markup to begin with
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

/** The words of a rich text on one line, for the conversation list. */
export function richTextPreview(title: string, blocks: Block[]): string {
	const words = blocks.map((block) => (block.type === 'image' ? '[Image]' : block.text));
	return oneLine([title, ...words].join(' '));
}

const LONGEST_PREVIEW = 200;

/** Text on one line, cut where a list would cut it. */
export function oneLine(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const characters = [...line];
	return characters.length > LONGEST_PREVIEW
		? `${characters.slice(0, LONGEST_PREVIEW - 1).join('')}…`
		: line;
}
