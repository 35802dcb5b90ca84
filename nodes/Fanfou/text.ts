/** What stands at the end of a status that waits for review. */
const REVIEW_MARK = /\s*【审核中】\s*$/;

/** A text of Fanfou, read. */
export interface ParsedText {
	/** Plain: no tags, no entities, no review mark. */
	text: string;
	mentions: Array<{ id: string; name: string }>;
	topics: string[];
	links: string[];
	inReview: boolean;
}

const ENTITIES: Record<string, string> = {
	lt: '<',
	gt: '>',
	amp: '&',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

/** Fanfou escapes every text, also where it gives no HTML. */
export function decodeEntities(text: string): string {
	return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
		if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
		const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}

/** A text without tags and entities. */
export function plainText(html: string): string {
	return decodeEntities(html.replace(/<br\s*\/?>/gi, '\n').replace(/<[^>]*>/g, ''));
}

function isInReview(text: string): boolean {
	return REVIEW_MARK.test(text);
}

/** Reads the HTML form of a text: its words, whom it names, its topics and its links. */
export function parseHtml(html: string): ParsedText {
	const mentions: ParsedText['mentions'] = [];
	const topics: string[] = [];
	const links: string[] = [];
	const text = html
		.replace(REVIEW_MARK, '')
		.replace(/<a\b([^>]*)>(.*?)<\/a>/gis, (_whole, attributes: string, inner: string) => {
			const shown = plainText(inner);
			const href = attribute(attributes, 'href');
			const topic = /^(?:https?:\/\/(?:m\.)?fanfou\.com)?\/q\/([^/?#]+)/.exec(href)?.[1];
			if (topic !== undefined) {
				topics.push(decodeUrl(topic));
				return escapeTags(shown);
			}
			if (/\bformer\b/.test(attribute(attributes, 'class'))) {
				mentions.push({ id: decodeUrl(href.replace(/^.*\//, '')), name: shown });
				return escapeTags(shown);
			}
			const title = attribute(attributes, 'title');
			const link = /^https?:\/\//.test(title) ? title : href;
			links.push(link);
			// Long addresses are shown cut.
			return escapeTags(/(…|\.\.\.)$/.test(shown) ? link : shown);
		});
	return { text: plainText(text), mentions, topics, links, inReview: isInReview(html) };
}

function attribute(attributes: string, name: string): string {
	const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes);
	return decodeEntities(found?.[1] ?? found?.[2] ?? '');
}

/** Keeps what was read already from being read a second time. */
function escapeTags(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function decodeUrl(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The first characters (code points) of a text. */
export function truncate(text: string, length: number, end = ''): string {
	const characters = [...text];
	return characters.length <= length ? text : `${characters.slice(0, length).join('')}${end}`;
}

/** How many characters Fanfou lets a status have; it is not documented how it counts them. */
export const MAX_STATUS_LENGTH = 140;

/** Characters as code points: an emoji is one, a letter with a combining mark is two. */
export function countCharacters(text: string): number {
	return [...text].length;
}

/** `Sun Nov 22 01:59:27 +0000 2026` as ISO 8601; anything else as it is. */
export function isoTime(text: string): string {
	const time = Date.parse(text);
	return Number.isNaN(time) ? text : new Date(time).toISOString();
}

/** The uploaded picture behind a photo address, without the image style at its end. */
export function originalPhoto(url: string): string {
	return url.replace(/(\.\w+)@[^/]*$/, '$1');
}
