import { percentDecode } from '../shared/http';

/** Fanfou appends this to a status in review. */
const REVIEW_MARK = '【审核中】';

/** The parts of a text. */
export interface ParsedText {
	/** Plain text: no tags, no entities, no review mark. */
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

/** Decodes HTML entities. Fanfou escapes every text, not only HTML. */
export function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#(\d{1,10})|#x([0-9a-f]{1,8})|([a-z]{1,10}));/gi,
		(whole, decimal, hex, name) => {
			if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
			const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		},
	);
}

/** Returns the text between two markers, in any case; `undefined` if one of them is missing. */
export function textBetween(text: string, start: string, end: string): string | undefined {
	const lower = text.toLowerCase();
	const from = lower.indexOf(start);
	const to = from === -1 ? -1 : lower.indexOf(end, from + start.length);
	return to === -1 ? undefined : text.slice(from + start.length, to);
}

/** Returns a text without tags and entities. */
export function plainText(html: string): string {
	let text = '';
	let at = 0;
	for (;;) {
		const start = html.indexOf('<', at);
		const end = start === -1 ? -1 : html.indexOf('>', start);
		if (end === -1) return decodeEntities(text + html.slice(at));
		const isBreak = /^<br\s{0,9}\/?>$/i.test(html.slice(start, Math.min(end + 1, start + 15)));
		text += html.slice(at, start) + (isBreak ? '\n' : '');
		at = end + 1;
	}
}

/** Parses the HTML of a text into plain text, mentions, topics and links. */
export function parseHtml(html: string): ParsedText {
	const parsed: ParsedText = { text: '', mentions: [], topics: [], links: [], inReview: false };
	const trimmed = html.trimEnd();
	parsed.inReview = trimmed.endsWith(REVIEW_MARK);
	const source = parsed.inReview ? trimmed.slice(0, -REVIEW_MARK.length).trimEnd() : html;
	const lower = source.toLowerCase();
	let at = 0;
	for (;;) {
		const start = nextAnchor(lower, at);
		const open = start === -1 ? -1 : source.indexOf('>', start);
		const close = open === -1 ? -1 : lower.indexOf('</a>', open);
		if (close === -1) {
			parsed.text += plainText(source.slice(at));
			return parsed;
		}
		const attributes = source.slice(start + 2, open);
		parsed.text += plainText(source.slice(at, start));
		parsed.text += readAnchor(attributes, plainText(source.slice(open + 1, close)), parsed);
		at = close + '</a>'.length;
	}
}

/** Returns where the next `<a>` begins, -1 if there is none. */
function nextAnchor(lower: string, from: number): number {
	let start = lower.indexOf('<a', from);
	while (start !== -1 && /[a-z0-9_]/.test(lower.charAt(start + 2))) {
		start = lower.indexOf('<a', start + 2);
	}
	return start;
}

/** Adds an anchor to the mentions, topics or links, and returns its text. */
function readAnchor(attributes: string, shown: string, parsed: ParsedText): string {
	const href = attribute(attributes, 'href');
	const topic = /^(?:https?:\/\/(?:m\.)?fanfou\.com)?\/q\/([^/?#]+)/.exec(href)?.[1];
	if (topic !== undefined) {
		parsed.topics.push(percentDecode(topic));
		return shown;
	}
	if (/\bformer\b/.test(attribute(attributes, 'class'))) {
		const id = percentDecode(href.slice(href.lastIndexOf('/') + 1));
		parsed.mentions.push({ id, name: shown });
		return shown;
	}
	const title = attribute(attributes, 'title');
	const link = /^https?:\/\//.test(title) ? title : href;
	parsed.links.push(link);
	// Fanfou shortens the visible text of long links.
	return shown.endsWith('…') || shown.endsWith('...') ? link : shown;
}

const ATTRIBUTES = {
	href: /\bhref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/i,
	class: /\bclass\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/i,
	title: /\btitle\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/i,
};
/** Longest list of attributes that is searched; addresses in statuses are shorter. */
const MAX_ATTRIBUTES_LENGTH = 10_000;

function attribute(attributes: string, name: keyof typeof ATTRIBUTES): string {
	const found = ATTRIBUTES[name].exec(attributes.slice(0, MAX_ATTRIBUTES_LENGTH));
	return decodeEntities(found?.[1] ?? found?.[2] ?? '');
}

/** Returns the first characters (code points) of a text. */
export function truncate(text: string, length: number, end = ''): string {
	// A code point has at most two code units, so a long text need not be split completely.
	const characters = [...text.slice(0, length * 2 + 1)];
	return characters.length <= length ? text : `${characters.slice(0, length).join('')}${end}`;
}

/** Mentions and topics, whose meaning changes if they are cut. */
const INDIVISIBLE = /[@＠][\p{L}\p{N}_.~·-]+|#[^\n#]{1,100}#/gu;
/** Printable Latin characters without a blank between them. */
const LATIN = /[!-~\u00c0-\u024f]/;
/** A run of them that is an address of a page or mailbox, with or without `https://`. */
const ADDRESS = /[a-z0-9][./:@]+[a-z0-9]/i;
/** Characters on both sides of the end that are searched for what it cuts. */
const SEARCHED = 300;

const graphemes = new Intl.Segmenter();

/**
 * Like `truncate`, but leaves out a link, mention, topic or composed character that would be cut in the
 * middle.
 *
 * @param whole further parts of the text that are kept whole, such as the names of mentioned users
 */
export function truncateBetweenLinks(text: string, length: number, whole: string[] = []): string {
	const kept = truncate(text, length);
	if (kept === text) return text;
	const start = Math.max(kept.length - SEARCHED, 0);
	const part = text.slice(start, kept.length + SEARCHED);
	let end = kept.length - start;
	for (;;) {
		const earlier = Math.min(...rangesAround(part, end, whole));
		if (earlier >= end) return text.slice(0, start + end).trimEnd();
		end = earlier;
	}
}

/** Returns where the parts that an end would cut begin, and the end itself. */
function rangesAround(text: string, end: number, whole: string[]): number[] {
	const starts = [end, graphemes.segment(text).containing(end)?.index ?? end];
	let from = end;
	let to = end;
	while (from > 0 && LATIN.test(text.charAt(from - 1))) from -= 1;
	while (LATIN.test(text.charAt(to))) to += 1;
	if (to > end && ADDRESS.test(text.slice(from, to))) starts.push(from);
	for (const { 0: found, index } of text.matchAll(INDIVISIBLE)) {
		if (index < end && index + found.length > end) starts.push(index);
	}
	for (const found of whole.filter((one) => one !== '' && one.length < SEARCHED)) {
		const index = text.indexOf(found, Math.max(end - found.length + 1, 0));
		if (index !== -1 && index < end) starts.push(index);
	}
	return starts;
}

/** Maximum length of a status in characters; how Fanfou counts them is not documented. */
export const MAX_STATUS_LENGTH = 140;

/** Counts characters as code points: an emoji is one, a letter with a combining mark is two. */
export function countCharacters(text: string): number {
	return [...text].length;
}

/** Converts `Sun Nov 22 01:59:27 +0000 2026` to ISO 8601; returns anything else unchanged. */
export function isoTime(text: string): string {
	const time = text.length > 100 ? NaN : Date.parse(text);
	return Number.isNaN(time) ? text : new Date(time).toISOString();
}

/** Returns the address of the uploaded picture: a photo's address without the image style. */
export function originalPhoto(url: string): string {
	const style = url.lastIndexOf('@');
	if (style === -1 || url.includes('/', style)) return url;
	return /\.\w{1,10}$/.test(url.slice(Math.max(style - 12, 0), style)) ? url.slice(0, style) : url;
}
