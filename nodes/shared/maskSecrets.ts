import { wellFormed } from './json';
import type { Json } from './json';

/** A text in which each character knows the range of the original text that it stands for. */
interface View {
	text: string;
	starts: readonly number[];
	ends: readonly number[];
}

type Range = readonly [start: number, end: number, replacement?: string];

const MASK = '***';

/** More ways of decoding than a response nests encodings, such as JSON in a form in HTML. */
const MAX_VIEWS = 24;

/**
 * A secret that was cut off is masked if at least this many characters and half of it are left. At the
 * end of a text, one of the two conditions is enough. Before an ellipsis, a few characters are enough;
 * in other places they can be an ordinary word.
 */
const MIN_CUT_LENGTH = 10;
const MIN_CUT_LENGTH_BEFORE_ELLIPSIS = 4;

/** Shorter Base64 is not searched for in the middle of other Base64. */
const MIN_BASE64_LENGTH = 8;

/**
 * A secret with this many letters and digits is also found if its letters changed their case, or if other
 * characters were added, removed or replaced.
 */
const MIN_SKELETON_LENGTH = 10;

/**
 * Long texts are searched in parts of this many characters, since the search needs up to 700 bytes for each.
 * A part overlaps the next one by what a secret needs at most, written in nested encodings.
 */
const PART_LENGTH = 32_000;
const MIN_OVERLAP = 4_000;
const MAX_EXPANSION = 30;

/** Replaces secrets in the bytes of a file, of which everything else stays as it is. */
export function maskInBytes(bytes: Buffer, values: readonly string[]): Buffer {
	const text = bytes.toString('utf8');
	const encoding = Buffer.from(text, 'utf8').equals(bytes) ? 'utf8' : 'latin1';
	return Buffer.from(maskSecrets(bytes.toString(encoding), values), encoding);
}

/**
 * Replaces secrets in a text: as they are, in every mixture of percent-encoding, HTML and JSON
 * escapes, broken by line breaks, in Base64 and hexadecimal digits, with other characters in between,
 * and cut off at their end.
 */
export function maskSecrets(text: string, values: readonly string[]): string {
	if (values.length === 0 || text === '') return text;
	const longest = Math.max(...values.map(({ length }) => length));
	const overlap = Math.max(MIN_OVERLAP, longest * MAX_EXPANSION);
	const ranges: Range[] = [];
	for (let from = 0; from < text.length; from += PART_LENGTH) {
		const isLast = from + PART_LENGTH + overlap >= text.length;
		const part = isLast ? text.slice(from) : text.slice(from, from + PART_LENGTH + overlap);
		for (const [start, end, replacement] of secretRanges(part, values)) {
			// What begins after this part is found with the next one.
			if (isLast || start < PART_LENGTH) ranges.push([start + from, end + from, replacement]);
		}
		if (isLast) break;
	}
	return replaceRanges(text, ranges);
}

/** Where secrets are in a text that is not long. */
function secretRanges(text: string, values: readonly string[]): Range[] {
	const forms = [...new Set(values.flatMap(formsOf))];
	const encoded = [...values, ...values.map(toBase64)];
	const skeletons = skeletonsOf(values);
	const ranges: Range[] = [];
	for (const view of viewsOf(text)) {
		for (const form of forms) ranges.push(...find(view, form));
		for (const value of encoded) ranges.push(...findEncoded(view, value));
		for (const value of values) ranges.push(...findCut(view, value));
		ranges.push(...findSpaced(view, values), ...findSkeletons(view, skeletons));
	}
	return ranges;
}

/** Text to mask: what follows the first group of the pattern, or this many characters of a match. */
export interface MaskedPattern {
	pattern: RegExp;
	keptLength?: (match: string) => number;
	/** What it is replaced by. */
	replacement?: string;
}

/** Replaces what patterns find in a text, also where it is percent-encoded or escaped. */
export function maskPatterns(text: string, patterns: readonly MaskedPattern[]): string {
	const ranges = viewsOf(text).flatMap((view) =>
		patterns.flatMap(({ pattern, keptLength, replacement }) =>
			[...view.text.matchAll(pattern)].flatMap(({ 0: whole, 1: kept = '', index }): Range[] => {
				const length = keptLength?.(whole) ?? kept.length;
				if (length === whole.length) return [];
				const [start, end] = rangeOf(view, index + length, index + whole.length);
				return [[start, end, replacement]];
			}),
		),
	);
	return replaceRanges(text, ranges);
}

/** Texts up to this length are also searched with their escapes resolved; longer ones are lists of data. */
const MAX_DECODED = 4_000;

/** A response nests no more levels of escapes than this. */
const MAX_LEVELS = 3;

/** What a text has if resolving escapes or removing line breaks changes it. */
const MAY_BE_ENCODED = /[%&\\=\r\n\v\f\u0085\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]|<w?br/i;

/**
 * Returns a test of whether a successful response repeats a secret. It runs for every response, so it only
 * looks for the usual spellings: in short texts also with escapes resolved and line breaks removed.
 */
export function createSecretTest(values: readonly string[]): (text: string) => boolean {
	if (values.length === 0) return () => false;
	const forms = new Set(values.flatMap(usualSpellings));
	// One search for all forms: a search for each takes longer than parsing the text.
	const pattern = new RegExp([...forms].map(literalPattern).join('|'));
	const skeletons = skeletonsOf(values);
	const repeats = (text: string) => {
		if (pattern.test(text)) return true;
		const skeleton = skeletonOf(text);
		return skeletons.some((each) => skeleton.includes(each));
	};
	return (text) => {
		if (text.length > MAX_DECODED) return pattern.test(text);
		return repeats(text) || (MAY_BE_ENCODED.test(text) && decodedTexts(text).some(repeats));
	};
}

/** Returns a pattern that matches exactly this text. */
function literalPattern(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Returns a text as it is, with each kind of escapes resolved, with all of them, and without line breaks. */
function decodedTexts(text: string): string[] {
	const texts = new Set([text, ...ENCODINGS.map((each) => text.replace(each, decodeMatch))]);
	let resolved = text;
	for (let level = 0; level < MAX_LEVELS; level += 1) {
		resolved = resolved.replace(ANY_ENCODING, decodeMatch);
		texts.add(resolved);
	}
	for (const each of [...texts]) {
		for (const lineBreak of LINE_BREAKS) texts.add(each.replace(lineBreak, ''));
	}
	return [...texts];
}

function usualSpellings(value: string): string[] {
	const bytes = Buffer.from(value, 'utf8');
	const encoded = encodeURIComponent(wellFormed(value));
	return [
		value,
		JSON.stringify(value).slice(1, -1),
		encoded,
		encoded.replace(/%../g, (code) => code.toLowerCase()),
		bytes.toString('base64').replace(/.?={0,2}$/, ''),
		bytes.toString('base64url').slice(0, -1),
		toBase64(toBase64(value)).slice(0, -1),
		bytes.toString('hex'),
		bytes.toString('hex').toUpperCase(),
	];
}

/** Replaces secrets in all texts of parsed data, names of members included. */
export function maskInData(data: Json, values: readonly string[]): Json {
	if (typeof data === 'string') return maskSecrets(data, values);
	if (typeof data !== 'object' || data === null) return data;
	if (Array.isArray(data)) return data.map((each) => maskInData(each, values));
	return Object.fromEntries(
		Object.entries(data).map(([key, member]) => [
			maskSecrets(key, values),
			maskInData(member, values),
		]),
	);
}

/** The value, as a form that writes blanks as plus signs has it, and in hexadecimal digits. */
function formsOf(value: string): string[] {
	const hex = Buffer.from(value, 'utf8').toString('hex');
	const long = value.length < MIN_BASE64_LENGTH ? [] : [hex, hex.toUpperCase()];
	return [value, value.replaceAll(' ', '+'), wellFormed(value), ...long];
}

/** Base64 without padding, and without the last character, which depends on what follows the value. */
function toBase64(value: string): string {
	return Buffer.from(value, 'utf8')
		.toString('base64')
		.replace(/.?={0,2}$/, '');
}

/** What a page, a terminal or a program adds between the characters of a text. */
const MARKUP = '<\\/?[a-z][a-z0-9]{0,9} ?\\/?>|\\u001b\\[[\\d;]{0,8}m';
const NOT_IN_SKELETON = new RegExp(`${MARKUP}|[<\\u001b]|[^a-z0-9<\\u001b]+`, 'gi');

/** Returns the letters and digits of a text in lower case. */
function skeletonOf(text: string): string {
	return text.replace(NOT_IN_SKELETON, '').toLowerCase();
}

/** Returns the skeletons of values, and of their hexadecimal digits, which are often written in groups. */
function skeletonsOf(values: readonly string[]): string[] {
	const skeletons = values
		.map(skeletonOf)
		.filter((skeleton) => skeleton.length >= MIN_SKELETON_LENGTH);
	const digits = values
		.filter((value) => value.length >= MIN_BASE64_LENGTH)
		.map((value) => Buffer.from(value, 'utf8').toString('hex'));
	return [...new Set([...skeletons, ...digits])];
}

/** Finds values of which only the letters and digits are left in their order, in any case. */
function findSkeletons(view: View, skeletons: readonly string[]): Range[] {
	const text = skeletonOf(view.text);
	const present = skeletons.filter((each) => text.includes(each));
	if (present.length === 0) return [];
	const compact = rewritten(view, NOT_IN_SKELETON, () => '') ?? view;
	const lowerCase = { ...compact, text: compact.text.toLowerCase() };
	return present.flatMap((each) => find(lowerCase, each));
}

function plainView(text: string): View {
	const starts = Array.from({ length: text.length }, (_, index) => index);
	return { text, starts, ends: starts.map((index) => index + 1) };
}

function find(view: View, form: string): Range[] {
	return placesOf(view.text, form).map((at) => rangeOf(view, at, at + form.length));
}

function placesOf(text: string, form: string): number[] {
	const found: number[] = [];
	if (form === '') return found;
	for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) found.push(at);
	return found;
}

function rangeOf({ starts, ends }: View, from: number, to: number): Range {
	return [starts[from] ?? 0, ends[to - 1] ?? 0];
}

/**
 * Finds Base64 that contains the value at any of the three places that a byte can have in a group,
 * also in the alphabet of URLs.
 */
function findEncoded(view: View, value: string): Range[] {
	const bytes = Buffer.from(value, 'utf8');
	const found: Range[] = [];
	for (const offset of [0, 1, 2]) {
		const base64 = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
		// What is left out depends also on the bytes before and after the value.
		const core = base64.slice([0, 2, 3][offset], Math.floor(((offset + bytes.length) * 8) / 6));
		if (core.length < MIN_BASE64_LENGTH && !(offset === 0 && core.length > 3)) continue;
		for (const form of new Set([core, core.replaceAll('+', '-').replaceAll('/', '_')])) {
			for (const start of placesOf(view.text, form)) {
				const end = endOfBase64(view.text, start + form.length);
				found.push(rangeOf(view, start, end));
			}
		}
	}
	return found;
}

/** Extends a match over the one or two characters that end its last group, and padding. */
function endOfBase64(text: string, from: number): number {
	let end = from;
	while (end < from + 2 && /[A-Za-z0-9+/_-]/.test(text.charAt(end))) end += 1;
	while (text.charAt(end) === '=') end += 1;
	return end;
}

/** Finds the beginning of a value that a service, a proxy or this package cut off. */
function findCut(view: View, value: string): Range[] {
	const { text } = view;
	const head = value.slice(0, MIN_CUT_LENGTH_BEFORE_ELLIPSIS);
	if (value.length <= head.length) return [];
	const half = Math.ceil(value.length / 2);
	const found: Range[] = [];
	for (let at = text.indexOf(head); at !== -1; at = text.indexOf(head, at + 1)) {
		let end = at + head.length;
		while (end - at < value.length && text[end] === value[end - at]) end += 1;
		const isCut =
			end === text.length
				? end - at >= Math.min(MIN_CUT_LENGTH, half)
				: isBeforeEllipsis(text, end) || end - at >= Math.max(MIN_CUT_LENGTH, half);
		if (isCut) found.push(rangeOf(view, at, end));
	}
	return found;
}

/** Finds values with blanks when a line was broken at one of them and indented. */
function findSpaced(view: View, values: readonly string[]): Range[] {
	const spaced = values.filter((value) => /\s/.test(value));
	const compact = spaced.length === 0 ? undefined : rewritten(view, ALL_BLANKS, () => '');
	if (compact === undefined) return [];
	return spaced.flatMap((value) => find(compact, value.replace(ALL_BLANKS, '')));
}

function isBeforeEllipsis(text: string, at: number): boolean {
	return /^ ?(?:…|\.\.\.)/.test(text.slice(at, at + 4));
}

const ALL_BLANKS = /\s+|<br ?\/?>/gi;

/** Also places where a line may be broken. */
const LINE_BREAK =
	'(?:\\r?\\n|\\r|<w?br ?\\/?>|[\\v\\f\\u0085\\u00ad\\u200b-\\u200f\\u2028\\u2029\\u2060\\ufeff])';

/** Line breaks alone, and with the blanks after them, which a secret itself may have. */
const LINE_BREAKS = [LINE_BREAK, `${LINE_BREAK}[ \\t]{0,20}`].map(
	(source) => new RegExp(source, 'gi'),
);

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	ast: '*',
	bsol: '\\',
	colon: ':',
	comma: ',',
	commat: '@',
	dash: '-',
	dollar: '$',
	equals: '=',
	excl: '!',
	grave: '`',
	hat: '^',
	hyphen: '-',
	lbrace: '{',
	lbrack: '[',
	ldquo: '“',
	lowbar: '_',
	lpar: '(',
	nbsp: ' ',
	num: '#',
	percnt: '%',
	period: '.',
	plus: '+',
	quest: '?',
	rbrace: '}',
	rbrack: ']',
	rdquo: '”',
	rpar: ')',
	semi: ';',
	sol: '/',
	tilde: '~',
	vert: '|',
};

const PERCENT = '(?:%[0-9a-f]{2})+|%u[0-9a-f]{4}';
/** Readers accept numbers without the semicolon, and with any number of zeros. */
const ENTITY = `&(?:#0{0,20}\\d{1,7};?|#x0{0,20}[0-9a-f]{1,6};?|(?:${Object.keys(ENTITIES).join('|')});)`;
const ESCAPE =
	'\\\\(?:u[0-9a-f]{4}|u\\{0{0,9}[0-9a-f]{1,6}\\}|x[0-9a-f]{2}|[0-3][0-7]{2}|[\\\\"\'/bfnrt])';
/** Quoted-printable, the encoding of e-mails. */
const EQUALS = '(?:=[0-9a-f]{2})+';

/** One encoding at a time, since a secret may contain what looks like another; then all at once. */
const ANY_ENCODING = new RegExp(`${PERCENT}|${ENTITY}|${ESCAPE}`, 'gi');
const ENCODINGS = [
	...[PERCENT, ENTITY, ESCAPE, EQUALS].map((source) => new RegExp(source, 'gi')),
	ANY_ENCODING,
];

/** Returns the text, and what it becomes when encodings are resolved in different orders. */
function viewsOf(text: string): View[] {
	const views = [plainView(text)];
	const known = new Set([text]);
	for (const view of views) {
		const others = [
			...LINE_BREAKS.map((each) => rewritten(view, each, () => '')),
			...ENCODINGS.map((each) => decoded(view, each)),
		];
		for (const next of others) {
			if (next === undefined || known.has(next.text) || views.length >= MAX_VIEWS) continue;
			known.add(next.text);
			views.push(next);
		}
	}
	return views;
}

/** Returns the text with one level of escapes resolved; undefined if it has none. */
function decoded(view: View, encoding: RegExp): View | undefined {
	return rewritten(view, encoding, decodeMatch);
}

function decodeMatch(match: string): string {
	if (/^%u/i.test(match)) return decodeEscape(match.slice(1));
	if (/^[%=]/.test(match)) return decodeBytes(match);
	return match.startsWith('&')
		? decodeEntity(match.slice(1).replace(';', ''))
		: decodeEscape(match.slice(1));
}

/** Characters of one encoded byte: `%2F`, `=2F`. */
const BYTE_WIDTH = 3;

/** Replaces each match; a result with as many characters as escapes keeps the place of each. */
function rewritten(
	view: View,
	pattern: RegExp,
	replace: (match: string) => string,
): View | undefined {
	const starts: number[] = [];
	const ends: number[] = [];
	const pieces: string[] = [];
	let copied = 0;
	const copy = (to: number) => {
		pieces.push(view.text.slice(copied, to));
		for (let index = copied; index < to; index += 1) {
			starts.push(view.starts[index] ?? 0);
			ends.push(view.ends[index] ?? 0);
		}
	};
	for (const match of view.text.matchAll(pattern)) {
		const [whole] = match;
		copy(match.index);
		const text = replace(whole);
		pieces.push(text);
		const width = whole.length / Math.max(text.length, 1);
		for (let index = 0; index < text.length; index += 1) {
			const isEven = /^[%=]/.test(whole) && width === BYTE_WIDTH;
			const from = match.index + (isEven ? index * width : 0);
			const to = isEven ? from + width : match.index + whole.length;
			const [start, end] = rangeOf(view, from, to);
			starts.push(start);
			ends.push(end);
		}
		copied = match.index + whole.length;
	}
	if (copied === 0) return undefined;
	copy(view.text.length);
	return { text: pieces.join(''), starts, ends };
}

function decodeBytes(run: string): string {
	return Buffer.from(run.replace(/[%=]/g, ''), 'hex').toString('utf8');
}

function decodeEntity(name: string): string {
	const known = ENTITIES[name.toLowerCase()];
	if (known !== undefined) return known;
	const isHex = /^#x/i.test(name);
	return toCharacter(isHex ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}

const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function decodeEscape(escape: string): string {
	if (/^\d/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8));
	if (escape.length === 1) return ESCAPES[escape] ?? escape;
	return toCharacter(Number.parseInt(escape.replace(/[^0-9a-f]/gi, ''), 16));
}

function toCharacter(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}

function replaceRanges(text: string, ranges: Range[]): string {
	const pieces: string[] = [];
	let copied = 0;
	for (const [start, end, replacement = MASK] of [...ranges].sort((a, b) => a[0] - b[0])) {
		if (start >= copied && start < end) pieces.push(text.slice(copied, start), replacement);
		copied = Math.max(copied, end);
	}
	return pieces.join('') + text.slice(copied);
}
