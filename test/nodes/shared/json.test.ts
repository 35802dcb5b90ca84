import fc from 'fast-check';
import {
	Int64Literal,
	valueAtPath,
	parseJson,
	toJson,
	tryParseJson,
	stringifyJson,
} from '../../../nodes/shared/json';

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

test('identifiers are text whatever their size', () => {
	expect(
		parseJson('{"id":1,"message_id":2,"postUuid":3,"chatIds":[4],"rawid":5,"paid":6,"uids":[7]}'),
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

test('numbers no double can hold stay text', () => {
	expect(parseJson('[1e999, -1e999, 1e2]')).toEqual(['1e999', '-1e999', 100]);
});

test('a key named __proto__ changes nothing', () => {
	expect(parseJson('{"__proto__":{"polluted":1},"a":2}')).toEqual({ a: 2 });
	expect(Object.keys({}).length).toBe(0);
});

test('the last of two equal keys counts, as in JSON.parse', () => {
	expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
});

test('text that is not JSON', () => {
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

test('ordinary JSON comes back as it was', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = JSON.stringify(value);
			expect(JSON.stringify(JSON.parse(stringifyJson(JSON.parse(text))))).toBe(
				JSON.stringify(JSON.parse(text)),
			);
		}),
	);
});

test('what an expression gives becomes plain data', () => {
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
