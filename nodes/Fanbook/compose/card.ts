import { invalidParameter } from '../../shared/errors';
import { stringifyJson } from '../../shared/json';
import type { JsonObject } from '../../shared/json';
import { toPreview } from './richText';

/** Card block from the editor. Which members are used depends on the type. */
export interface Element {
	type: string;
	text: string;
	label: string;
	link: string;
	style: string;
	color: string;
	imageUrl: string;
	imageHeight: number;
	userId: string;
}

/** Members of a card message beside its widgets. */
export interface CardFrame {
	notification: string;
	comeFromName: string;
	comeFromIcon: string;
}

/** Wider than any screen: clients reduce it to their own width. */
const FULL_WIDTH = 1024;
const INK = '#1F2329';
const ACCENT = '#198CFE';

function boxed(child: JsonObject, padding: string, more: JsonObject = {}): JsonObject {
	return { tag: 'container', padding, width: FULL_WIDTH, ...more, child };
}

function textWidget(data: string): JsonObject {
	return { tag: 'text', data, style: { color: INK, fontSize: 15 } };
}

/** Returns the source of an image widget: a fixed prefix and the address in base64. */
export function imageSource(url: string): string {
	return `1::00::0::${Buffer.from(url, 'utf8').toString('base64')}`;
}

function mustBeUrl(displayName: string, url: string): string {
	if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(url)) return url;
	throw invalidParameter(
		displayName,
		`cannot be "${url}"`,
		'Use an address with https:// at the front',
	);
}

/** Returns a button that opens an address. */
export function buttonWidget(button: {
	label: string;
	link: string;
	style?: string;
	color?: string;
}): JsonObject {
	return {
		tag: 'button',
		label: button.label,
		...(button.style === 'outlined' ? { category: 'outlined' } : {}),
		size: 'medium',
		...(button.color === undefined || button.color === '' ? {} : { color: hex(button.color) }),
		widthUnlimited: true,
		href: mustBeUrl('Button Link', button.link),
	};
}

/** Converts a color to Fanbook's format, which has the opacity first. */
function hex(color: string): string {
	const digits = color.replace(/^#/, '');
	return digits.length === 8 ? `${digits.slice(6)}${digits.slice(0, 6)}` : digits;
}

function toWidget(element: Element): JsonObject {
	const { text, imageUrl, imageHeight, userId } = element;
	switch (element.type) {
		case 'title':
			return boxed(
				{
					tag: 'text',
					data: text,
					style: { color: ACCENT, fontSize: 16, fontWeight: 'medium' },
				},
				'12,8,12,8',
				{ backgroundColor: 'e5f1ff' },
			);
		case 'text':
			return boxed(textWidget(text), '12,8,12,8');
		case 'image':
			return boxed(
				{
					tag: 'image',
					src: imageSource(mustBeUrl('Image URL', imageUrl)),
					...(imageHeight > 0 ? { height: imageHeight } : {}),
				},
				'12,8,12,8',
			);
		case 'button':
			return boxed(buttonWidget(element), '12,8,12,8');
		case 'divider':
			return { tag: 'divider' };
		case 'columns':
			return {
				tag: 'row',
				padding: '12,8,12,8',
				children: text
					.split(/\r?\n/)
					.filter((cell) => cell.trim() !== '')
					// Among the widgets with text, only rows are known to share the width.
					.map((cell) => ({ tag: 'row', flex: 'tight', children: [textWidget(cell.trim())] })),
			};
		case 'user':
			return {
				tag: 'row',
				padding: '12,8,12,8',
				children: [
					{ tag: 'userAvatar', id: userId, size: 24 },
					{ tag: 'userName', id: userId, padding: '8,0,0,0', flex: 'tight' },
				],
			};
		default:
			return boxed(
				{
					tag: 'markdown',
					data: text,
					style: { color: INK, fontSize: 15 },
					textAlign: 'left',
					overflow: 'clip',
				},
				'12,8,12,8',
			);
	}
}

/**
 * Returns a card message. Its widget tree is JSON text in JSON text.
 *
 * @param widgets further widgets below the elements
 */
export function composeCard(
	elements: Element[],
	frame: CardFrame,
	widgets: JsonObject[] = [],
): string {
	const children = [...elements.map(toWidget), ...widgets];
	return cardMessage({ tag: 'column', crossAxisAlignment: 'stretch', children }, frame);
}

/** Returns the card message for a widget tree. */
export function cardMessage(tree: Record<string, unknown>, frame: CardFrame): string {
	return stringifyJson({
		type: 'messageCard',
		data: stringifyJson(tree),
		...frameMembers(frame),
	});
}

/** Returns the members of a card message that are filled in. */
export function frameMembers(frame: CardFrame): JsonObject {
	return {
		...(frame.notification === '' ? {} : { notification: frame.notification }),
		...(frame.comeFromName === '' ? {} : { come_from_name: frame.comeFromName }),
		...(frame.comeFromIcon === '' ? {} : { come_from_icon: frame.comeFromIcon }),
	};
}

/** Returns the text of a card for the conversation list. */
export function cardPreview(elements: Element[], frame: CardFrame): string {
	if (frame.notification !== '') return toPreview(frame.notification);
	const words = elements.map(({ type, text, label }) => (type === 'button' ? label : text));
	return toPreview(words.join(' ')) || '[Card]';
}
