/** Pages of lists as the three services send them, with rows of a given size. */

/** The first message has this ID, later ones a higher one. */
const FIRST_ID = 463992311181737984n;

const WORDS =
	'The museum opens at nine, and the first train leaves at eight. Bring a coat: the hall is cold. ';

/** @type {Map<number, string>} */
const fillings = new Map();

/** @param {number} length */
function filling(length) {
	let text = fillings.get(length);
	if (text === undefined) {
		text = WORDS.repeat(Math.ceil(Math.max(length, 1) / WORDS.length)).slice(
			0,
			Math.max(length, 1),
		);
		fillings.set(length, text);
	}
	return text;
}

/**
 * Returns a row with a text that gives it the wanted length.
 *
 * @param {(text: string) => string} write
 * @param {number} bytes
 */
const ofLength = (write, bytes) => write(filling(bytes - write('').length));

/**
 * A message of Fanbook, whose content is JSON in a text.
 *
 * @param {number} number
 * @param {number} bytes
 */
function message(number, bytes) {
	const id = FIRST_ID + BigInt(number);
	return ofLength(
		(text) =>
			`{"message_id":${id},"channel_id":463992311181737001,"guild_id":463992311181737002,"user_id":463992311181737003,"time":1764000000000,"content":"{\\"type\\":\\"text\\",\\"text\\":\\"${text}\\"}","author":{"nickname":"Bao","username":1234567,"avatar":"https://fb-cdn.fanbook.mobi/a.png","bot":false}}`,
		bytes,
	);
}

/**
 * @param {number} number
 * @param {number} bytes
 */
const member = (number, bytes) =>
	ofLength(
		(text) =>
			`{"User":{"user_id":"${FIRST_ID + BigInt(number)}","nickname":"Bao","roles":[],"introduction":"${text}"}}`,
		bytes,
	);

/**
 * @param {number} number
 * @param {number} bytes
 */
const person = (number, bytes) =>
	ofLength(
		(text) =>
			`{"uuid":"00000000-0000-4000-8000-${String(number).padStart(12, '0')}","handle":"mira","displayName":"Mira","isCreator":false,"registeredAt":"2026-01-01T00:00:00Z","bio":"${text}"}`,
		bytes,
	);

/**
 * @param {number} number
 * @param {number} bytes
 */
const status = (number, bytes) =>
	ofLength(
		(text) =>
			`{"id":"s${String(number).padStart(10, '0')}","rawid":${number},"created_at":"Mon Nov 23 10:00:00 +0000 2026","text":"${text}","source":"web","favorited":false,"user":{"id":"moyu","name":"Moyu"}}`,
		bytes,
	);

/**
 * @param {number} from
 * @param {number} to not included
 * @param {(number: number, bytes: number) => string} row
 * @param {number} bytes
 */
function rowsBetween(from, to, row, bytes) {
	const rows = [];
	if (from <= to) for (let number = from; number < to; number += 1) rows.push(row(number, bytes));
	else for (let number = from; number > to; number -= 1) rows.push(row(number, bytes));
	return `[${rows.join(',')}]`;
}

/**
 * Returns one page of a list; undefined if there is no such list.
 *
 * @param {{ path: string, query: URLSearchParams, body: string, rows: number, rowBytes: number }} request
 * @returns {string | undefined}
 */
export function listPage({ path, query, body, rows, rowBytes }) {
	if (path.endsWith('message/getList')) {
		const form = new URLSearchParams(body);
		const before = form.get('message_id');
		const from = before === null ? rows : Number(BigInt(before) - FIRST_ID) - 1;
		const to = Math.max(from - Number(form.get('size')), 0);
		return `{"ok":true,"result":${rowsBetween(from, to, message, rowBytes)}}`;
	}
	if (path.endsWith('v2/guild/members')) {
		const [, start = '0', end = '0'] = /"start":(\d+),"end":(\d+)/.exec(body) ?? [];
		const list = rowsBetween(
			Math.min(Number(start), rows),
			Math.min(Number(end) + 1, rows),
			member,
			rowBytes,
		);
		return `{"ok":true,"result":{"item_count":${rows},"ops":[{"items":${list}}]}}`;
	}
	if (path === 'insights/earnings' || path === 'subscribers') {
		const size = Number(query.get('size'));
		const isNumbered = path === 'subscribers';
		const page = isNumbered ? Number(query.get('page')) : Number(query.get('cursor') ?? 1);
		const from = Math.min((page - 1) * size, rows);
		const to = Math.min(from + size, rows);
		const data = rowsBetween(from, to, person, rowBytes);
		return isNumbered
			? `{"data":${data},"pagination":{"page":${page},"size":${size},"hasMore":${to < rows}}}`
			: `{"data":${data},"nextCursor":${to < rows ? `"${page + 1}"` : 'null'}}`;
	}
	if (path.endsWith('home_timeline.json') || path.endsWith('tagged.json')) {
		const count = Number(query.get('count'));
		const page = query.get('page');
		const maxId = query.get('max_id');
		const last = page === null ? rows : rows - (Number(page) - 1) * count;
		// The row of `max_id` is part of the page, as some lists of Fanfou have it.
		const from = maxId === null ? Math.max(last, 0) : Number(maxId.slice(1));
		return rowsBetween(from, Math.max(from - count, 0), status, rowBytes);
	}
	return undefined;
}
