import fc from 'fast-check';
import { parse } from 'lossless-json';
import {
	Int64Literal,
	valueAtPath,
	parseJson,
	parseJsonLossless,
	toJson,
	tryParseJson,
	stringifyJson,
} from '../../../nodes/shared/json';
import { usedHeap } from '../../bench/memory';
import { cpuTime } from '../../support/cpuTime';

test('integers beyond 2^53 become text, the others stay numbers', () => {
	expect(
		parseJson('{"a":9007199254740993,"b":-9007199254740993,"c":9007199254740991,"d":1.5}'),
	).toEqual({
		a: '9007199254740993',
		b: '-9007199254740993',
		c: 9007199254740991,
		d: 1.5,
	});
});

test('identifiers are text regardless of their size', () => {
	expect(
		parseJson('{"id":1,"message_id":2,"postUuid":3,"chatIds":[4],"rawid":5,"paid":6,"uids":[7]}', {
			idKeys: ['rawid'],
		}),
	).toEqual({
		id: '1',
		message_id: '2',
		postUuid: 3,
		chatIds: ['4'],
		rawid: '5',
		paid: 6,
		uids: [7],
	});
});

test('numbers that a double cannot hold stay text', () => {
	expect(parseJson('[1e999, -1e999, 1e2]')).toEqual(['1e999', '-1e999', 100]);
});

test('a key named __proto__ has no effect', () => {
	expect(parseJson('{"__proto__":{"polluted":1},"a":2}')).toEqual({ a: 2 });
	expect(Object.keys({}).length).toBe(0);
});

test.each([
	['lists', '['.repeat(5_000_000) + ']'.repeat(5_000_000)],
	['objects', '{"a":'.repeat(1_700_000) + '1' + '}'.repeat(1_700_000)],
	['brackets that are never closed', '[{"a":'.repeat(1_700_000)],
])('10 MB of nested %s are rejected without being parsed', (_what, text) => {
	const flat = `[${'1,'.repeat(5_000_000)}1]`;
	const parsed = cpuTime(() => void JSON.parse(flat));
	const rejected = cpuTime(() => {
		expect(() => parseJson(text)).toThrow('JSON is nested more than 500 levels deep');
	});
	expect(rejected / parsed).toBeLessThan(1);
});

test('brackets inside of texts are not nesting', () => {
	const text = `\\"${'[{'.repeat(50_000)}\\`;
	expect(parseJson(JSON.stringify([text, { a: [text] }]))).toEqual([text, { a: [text] }]);
});

test('the last of two equal keys counts, as in JSON.parse', () => {
	expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
});

test('text that is not JSON is rejected', () => {
	expect(tryParseJson('<html>')).toBeUndefined();
	expect(() => parseJson('{')).toThrow(SyntaxError);
});

test('any 64-bit integer survives reading and writing', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (number) => {
			const read = parseJson(`{"id":${number},"list":[${number}]}`);
			expect(valueAtPath(read, 'id')).toBe(number.toString());
			expect(stringifyJson({ id: new Int64Literal(String(valueAtPath(read, 'id'))) })).toBe(
				`{"id":${number}}`,
			);
		}),
	);
});

test('ordinary JSON is read and written unchanged', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = JSON.stringify(value);
			expect(JSON.stringify(JSON.parse(stringifyJson(JSON.parse(text))))).toBe(
				JSON.stringify(JSON.parse(text)),
			);
		}),
	);
});

test('results of expressions become plain data', () => {
	expect(
		toJson({
			date: new Date(0),
			luxon: { toISO: () => '2026-01-01', toJSON: () => '2026-01-01' },
			noDate: new Date(NaN),
			noLuxon: { toISO: () => null, toJSON: () => null },
			big: 12n,
			nan: NaN,
			fn: () => 1,
			list: [undefined, 1],
		}),
	).toEqual({
		date: '1970-01-01T00:00:00.000Z',
		luxon: '2026-01-01',
		noDate: null,
		noLuxon: null,
		big: '12',
		list: [null, 1],
	});
});

/** Parses JSON with an independent library, number by number. */
function referenceOf(text: string): unknown {
	return parse(text, undefined, {
		parseNumber: (digits) => {
			const number = Number(digits);
			const isWhole = /^-?\d+$/.test(digits);
			return isWhole && !Number.isSafeInteger(number) ? digits : number;
		},
		onDuplicateKey: ({ newValue }) => newValue,
	});
}

const number = fc.oneof(
	fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
	fc.constantFrom('-0', '1.5e3', '12345678901234567.5', '9007199254740993e0', '0'),
);
const string = fc
	.oneof(
		fc.string(),
		number,
		fc.constantFrom('\\', '"', '\\"12345678901234567890', ':1234567890123456789,'),
	)
	.map((value) => JSON.stringify(value));
/** JSON texts with numbers of every length, and texts that look like JSON. */
const { document } = fc.letrec<{ document: string }>((tie) => ({
	document: fc.oneof(
		{ maxDepth: 4 },
		number,
		string,
		fc.constantFrom('true', 'false', 'null'),
		fc.array(tie('document'), { maxLength: 4 }).map((list) => `[ ${list.join(' , ')} ]`),
		fc
			.array(fc.tuple(string, tie('document')), { maxLength: 4 })
			.map((members) => `{${members.map(([key, value]) => `${key} :${value}`).join(',')}}`),
	),
}));
const HAS_ID = /"(ids?|.*_ids?|.*[a-z](Id|ID)s?|__proto__)"/;

test('long integers are found in every place, but not inside strings', () => {
	fc.assert(
		fc.property(document, (text) => {
			fc.pre(!HAS_ID.test(text));
			expect(parseJson(text)).toEqual(referenceOf(text));
		}),
		{ numRuns: 500 },
	);
});

/** Returns what JSON.parse returns for a text, with the digits of the integers that it rounds. */
function withDigits(value: unknown): unknown {
	if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
		return /^-?\d+$/.test(String(value)) ? String(value) : value;
	if (Array.isArray(value)) return value.map(withDigits);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, member]) => [key, withDigits(member)]),
	);
}

test('JSON is read as JSON.parse reads it, with any whitespace between its parts', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t', '\r\n'), (value, space) => {
			const text = JSON.stringify(value, undefined, space === '' ? 0 : 1).replaceAll(
				'\n',
				`${space}\n`,
			);
			fc.pre(!HAS_ID.test(text));
			expect(parseJson(text)).toEqual(withDigits(JSON.parse(text)));
		}),
		{ numRuns: 500 },
	);
});

test('a text is accepted exactly if JSON.parse accepts it', () => {
	const accepts = (read: () => unknown) => {
		try {
			read();
			return true;
		} catch {
			return false;
		}
	};
	const piece = fc.constantFrom(
		'',
		'"',
		'\\',
		'{',
		'}',
		'[',
		']',
		':',
		',',
		'-',
		'.',
		'e',
		'1',
		' ',
	);
	fc.assert(
		fc.property(document, fc.nat(), fc.nat(2), piece, (text, place, removed, added) => {
			const at = place % (text.length + 1);
			const changed = text.slice(0, at) + added + text.slice(at + removed);
			expect([changed, accepts(() => parseJson(changed))]).toEqual([
				changed,
				accepts(() => JSON.parse(changed)),
			]);
		}),
		{ numRuns: 3000 },
	);
});

test.each([
	'01234567890123456789',
	'[1234567890123456789',
	'{"a":1234567890123456789.}',
	'--1234567890123456789',
	'{1234567890123456789:1}',
	'{1234567890123456789 :1}',
])('%s is rejected, regardless of what it quotes', (text) =>
	expect(tryParseJson(text)).toBeUndefined(),
);

test('deep nesting is rejected with a message instead of a stack overflow', () => {
	const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
	expect(() => parseJson(nested(3000))).toThrow('JSON is nested more than 500 levels deep');
	expect(() => parseJson('['.repeat(100_000) + ']'.repeat(100_000))).toThrow(SyntaxError);
	expect(JSON.stringify(parseJson(nested(400)))).toBe(nested(400));
});

test('deep nesting is rejected in JSON that is only passed on as well', () => {
	const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
	expect(() => parseJsonLossless(nested(3000))).toThrow('JSON is nested more than 500 levels deep');
	expect(stringifyJson(parseJsonLossless(nested(400)))).toBe(nested(400));
});

/** Returns the bytes of the heap that are in use once no more garbage of earlier tests is found. */
function settledHeap(): number {
	let before = Infinity;
	let used = usedHeap();
	while (before - used > 1_000_000) [before, used] = [used, usedHeap()];
	return used;
}

test.each([
	['a text', (text: string) => ({ text })],
	['a text in a list of objects', (text: string) => ({ list: [{ more: { text } }] })],
	['a text beside a number beyond a double', (text: string) => ({ text, number: 'LARGE' })],
])('1,000 responses of 5 kB with %s take no more than 30 kB of memory each', (_what, members) => {
	const responses = Array.from({ length: 1_000 }, (_, index) =>
		JSON.stringify({ id: 'ID', ...members(`${index} "quoted" words\n`.repeat(240)) })
			.replace('"ID"', '1152921504606846979')
			.replace('"LARGE"', '1e999'),
	);
	const before = settledHeap();
	const parsed = responses.map((response) => parseJson(response));
	const bytesEach = (usedHeap() - before) / parsed.length;
	// A text that is built character by character takes twenty times as much as its characters.
	expect(bytesEach).toBeLessThan(30_000);
	expect(valueAtPath(parsed[999], 'id')).toBe('1152921504606846979');
});

test('a byte order mark before JSON is ignored', () => {
	expect(parseJson('\uFEFF{"id":1234567890123456789}')).toEqual({ id: '1234567890123456789' });
	expect(() => parseJson('{"a":"\uFEFF"}\uFEFF')).toThrow(SyntaxError);
});

test('what every object has is not a member of JSON', () => {
	for (const name of ['__proto__', 'constructor', 'toString', 'a.constructor']) {
		expect(valueAtPath({ a: {} }, name)).toBeUndefined();
	}
});
