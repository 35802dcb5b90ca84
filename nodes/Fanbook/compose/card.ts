import { invalidParameter } from '../../shared/errors';
import { stringifyJson } from '../../shared/json';
import type { JsonObject } from '../../shared/json';
import { oneLine } from './richText';

/** One element of a card as the editor gives it; which members count depends on the type. */
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

/** What stands around a card's widgets. */
export interface CardFrame {
	notification: string;
	comeFromName: string;
	comeFromIcon: string;
}

/** Wide enough for every screen: the client cuts it to its own width. */
const FULL_WIDTH = 1024;
const INK = '#1F2329';
const ACCENT = '#198CFE';

function boxed(child: JsonObject, padding: string, more: JsonObject = {}): JsonObject {
	return { tag: 'container', padding, width: FULL_WIDTH, ...more, child };
}

function textWidget(data: string): JsonObject {
	return { tag: 'text', data, style: { color: INK, fontSize: 15 } };
}

/** The form in which cards name a picture: its address in base64 behind fixed marks. */
export function imageSource(url: string): string {
	return `1::00::0::${Buffer.from(url, 'utf8').toString('base64')}`;
}

function mustBeUrl(label: string, url: string): string {
	if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(url)) return url;
	throw invalidParameter(label, `cannot be "${url}"`, 'Use an address with https:// at the front');
}

/** A button that opens an address. */
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

/** Fanbook puts the opacity first in colours of eight digits. */
function hex(color: string): string {
	const digits = color.replace(/^#/, '');
	return digits.length === 8 ? `${digits.slice(6)}${digits.slice(0, 6)}` : digits;
}

function widget(element: Element): JsonObject {
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
					// Of the widgets that hold text, only a row is known to take its share of the width.
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
 * A card made of elements, as Fanbook wants it: the widget tree is JSON text inside JSON text.
 *
 * @param more finished widgets below the elements
 */
export function card(elements: Element[], frame: CardFrame, more: JsonObject[] = []): string {
	const children = [...elements.map(widget), ...more];
	return framed({ tag: 'column', crossAxisAlignment: 'stretch', children }, frame);
}

/** Puts a finished widget tree into the message around it. */
export function framed(tree: JsonObject, frame: CardFrame): string {
	return stringifyJson({
		type: 'messageCard',
		data: stringifyJson(tree),
		...(frame.notification === '' ? {} : { notification: frame.notification }),
		...(frame.comeFromName === '' ? {} : { come_from_name: frame.comeFromName }),
		...(frame.comeFromIcon === '' ? {} : { come_from_icon: frame.comeFromIcon }),
	});
}

/** The words of a card on one line, for the conversation list. */
export function cardPreview(elements: Element[], frame: CardFrame): string {
	if (frame.notification !== '') return oneLine(frame.notification);
	const words = elements.map(({ type, text, label }) => (type === 'button' ? label : text));
	return oneLine(words.join(' ')) || '[Card]';
}
