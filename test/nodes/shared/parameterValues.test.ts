import {
	booleanField,
	commaListField,
	dateTimeField,
	idField,
	int64ListField,
	int64Field,
	integerField,
	jsonField,
	optionsField,
	stringListField,
	textField,
} from '../../../nodes/shared/definition/fields';
import { toWireValue } from '../../../nodes/shared/execution/parameterValues';
import { Int64Literal, stringifyJson } from '../../../nodes/shared/json';

const list = stringListField('ids', 'IDs', 'The IDs');
const when = dateTimeField('at', 'When', 'The time');
const read = (field: Parameters<typeof toWireValue>[0], value: unknown, zone = 'Asia/Shanghai') =>
	toWireValue(field, value, zone);

describe('an empty parameter is not sent', () => {
	const lists = [
		list,
		commaListField('ids', 'IDs', 'The IDs'),
		int64ListField('ids', 'IDs', 'The IDs'),
	];
	const nothing = [
		undefined,
		null,
		'',
		' ',
		'\n\t',
		[],
		[''],
		[' ', null],
		[[]],
		'[]',
		' [ ] ',
		'[""]',
		'[null]',
		',',
		' , ; ',
		'，、；',
		'""',
		'null',
		'None',
		'undefined',
		'N/A',
		'[null, "none"]',
		'null, none',
		'"",""',
		"''",
		"['']",
		'“”',
		'{}',
		'\u00a0\u3000\u2003',
		'\u200b\ufeff',
		'、',
		['null', 'undefined'],
		[[''], ['[]']],
		','.repeat(5000),
	];
	test.each(nothing)('%p in a list', (value) => {
		expect(lists.map((field) => read(field, value))).toEqual([undefined, undefined, undefined]);
	});

	const scalars = [
		idField('id', 'ID', 'The ID'),
		integerField('n', 'Number', 'The number'),
		when,
		booleanField('b', 'Switch', 'Whether to do it'),
	];
	test.each([
		undefined,
		null,
		'',
		'  ',
		'\u3000\u00a0',
		'\u200b',
		[],
		[''],
		[null],
		'[]',
		'[ ]',
		'[""]',
		'[null]',
		' , ',
		'，',
		'""',
		"''",
		'{}',
		'{ }',
		'null',
		'none',
		'NULL',
		'None ',
		'"null"',
		'undefined',
		'NaN',
		'n/a',
	])('%p in one value', (value) => {
		expect(scalars.map((field) => read(field, value))).toEqual(scalars.map(() => undefined));
	});

	test('an empty value that clears a list is an empty list in all spellings', () => {
		const clearing = { ...list, sendEmpty: true };
		for (const value of ['', '[]', ' ', ',', []]) expect(read(clearing, value)).toEqual([]);
		expect(read(clearing, undefined)).toBeUndefined();
	});

	test('free text may be any word, and an option may be named none', () => {
		expect(read(textField('t', 'Text', 'The text'), 'null')).toBe('null');
		expect(read(textField('t', 'Text', 'The text'), '[]')).toBe('[]');
		expect(read(textField('t', 'Text', 'The text'), ' ')).toBeUndefined();
		const choice = optionsField('c', 'Choice', 'The choice', [{ name: 'None', value: 'none' }]);
		expect(read(choice, 'none')).toBe('none');
		expect(read(choice, 'null')).toBeUndefined();
	});
});

test.each([
	['601，602', ['601', '602']],
	['601、602;603；604', ['601', '602', '603', '604']],
	['601\r\n602\n', ['601', '602']],
	['601 602\t603\u3000604', ['601', '602', '603', '604']],
	['601|602｜603', ['601', '602', '603']],
	['601،602؛603﹐604', ['601', '602', '603', '604']],
	['601,null,602,[]', ['601', '602']],
	[
		['601，602', '603;604'],
		['601', '602', '603', '604'],
	],
	['["601、602", null, "none"]', ['601', '602']],
	['\ufeff601\u200b', ['601']],
	[601, ['601']],
	[601n, ['601']],
	['["601", 602, ""]', ['601', '602']],
	[
		['601', ' 602 '],
		['601', '602'],
	],
])('the list %p is split into its entries', (value, entries) =>
	expect(read(list, value)).toEqual(entries),
);

test.each<unknown>([
	"['601','602']",
	'"601","602"',
	'(601,602)',
	'[601,602',
	'{"0":"601"}',
	'<601>',
	[['601']],
	[{ id: '601' }],
	{ 0: '601' },
	[true, 1.5],
	[Number.NaN],
	[9007199254740993],
	true,
	false,
	[true],
	'- 601\n- 602',
	'• 601',
	'601 & 602',
	'601 / 602',
	'601・602',
	'601。602',
	'601﹑602',
	'601…602',
	'［601］',
	'「601」，「602」',
	'＂601＂',
	'[["601"]]',
	'[{"id":"601"}]',
	new Set(['601']),
])('the list %p is rejected with the name of the field', (value) => {
	for (const field of [list, commaListField('ids', 'IDs', 'The IDs')])
		expect(() => read(field, value)).toThrow(/^"IDs" /);
});

test.each<[unknown, string]>([
	[{ id: '601' }, '"IDs" is an object'],
	[[{ id: '601' }], '"IDs" contains an object'],
	['[["601"], "602"]', '"IDs" contains a list'],
	[false, '"IDs" is false'],
	[['601', true], '"IDs" contains true'],
])('the list %p is rejected with the reason %s', (value, message) => {
	expect(() => read(list, value)).toThrow(message);
});

test.each<unknown>(['601\u200b', '\u200e601\u200f', '\u2060 601 \ufeff', '\u00ad601'])(
	'what has no width around %p is not part of an ID, a number, a switch or a date',
	(value) => {
		expect(read(idField('id', 'ID', 'The ID'), value)).toBe('601');
		expect(read(int64Field('id', 'ID', 'The ID'), value)).toEqual(new Int64Literal('601'));
		expect(read(integerField('n', 'Number', 'The number'), value)).toBe(601);
		const around = (text: string) => String(value).replace('601', text);
		expect(read(booleanField('b', 'Switch', 'Whether'), around('true'))).toBe(true);
		expect(read(when, around('2030-11-28T10:00Z'))).toBe('2030-11-28T10:00:00.000Z');
	},
);

test.each([
	[true, 'true'],
	[false, 'false'],
	[1.5, '1.5'],
	[NaN, 'not a valid number'],
])('the ID %p is rejected', (value, shown) => {
	const message = `"ID" must be an ID, and is ${shown}`;
	expect(() => read(idField('id', 'ID', 'The ID'), value)).toThrow(message);
});

describe('a date without an offset is read in the time zone of the workflow', () => {
	test.each([
		['2030/11/28 18:00', '2030-11-28T10:00:00.000Z'],
		['2030-11-28 6:00 PM', '2030-11-28T10:00:00.000Z'],
		['2030-11-28 6:00', '2030-11-27T22:00:00.000Z'],
		['Nov 28, 2030 18:00', '2030-11-28T10:00:00.000Z'],
		['28 November 2030 18:00', '2030-11-28T10:00:00.000Z'],
		['2030年11月28日 18:00', '2030-11-28T10:00:00.000Z'],
		['2030-11-28T18:00:00.5', '2030-11-28T10:00:00.500Z'],
		['2030-11-28', '2030-11-27T16:00:00.000Z'],
	])('%s', (value, iso) => expect(read(when, value)).toBe(iso));
});

test.each([
	[1796000000, '2026-11-30T00:53:20.000Z'],
	['1796000000', '2026-11-30T00:53:20.000Z'],
	[1796000000000, '2026-11-30T00:53:20.000Z'],
	['Sat, 28 Nov 2026 18:00:00 GMT', '2026-11-28T18:00:00.000Z'],
	['Sat Nov 28 2026 18:00:00 GMT+0800 (China Standard Time)', '2026-11-28T10:00:00.000Z'],
	['2026-11-28T18:00:00+08:00', '2026-11-28T10:00:00.000Z'],
])('the date %p has the same meaning in every time zone', (value, iso) => {
	expect(read(when, value, 'America/New_York')).toBe(iso);
});

test.each<unknown>([
	5,
	'5',
	'20301128',
	// Compact dates with a time would be moments of 1976 and 2612.
	'203011281800',
	'20301128180000',
	20301128180000,
	203011281800n,
	'2030-11-28T10:00-13:00',
	'11/28/2026',
	'01/02/2026 10:00',
	'2026-02-31T10:00',
	'2026-13-01',
	'2026-00-10',
	'2026-01-00',
	'2026-01-01T25:00',
	'2026-01-01 10:61',
	'2026-01-01T24:01',
	'2026-12-31T23:59:60Z',
	'2030-11-28 13:00 PM',
	'2030-11-28 0:30 AM',
	'30-11-28',
	'28 Nov 30 18:00:00 GMT',
	'Nov 28, 30',
	'2030',
	'2030-11',
	'2030-W48',
	'18:00',
	'T18:00',
	'18:00:00Z',
	'2030-11-28T10:00+15:00',
	'2026-11-28T10:00:00+99:00',
	'2030-11-28T10:00/2030-11-29',
	'+012030-11-28',
	'0000-01-01',
	'２０３０-11-28',
	'1796000000000000',
	1796000000000000,
	-1796000000,
	Infinity,
	NaN,
	'0x6B0',
	'1e12',
	'now',
	'tomorrow',
	{ toString: 'x' },
	{ toJSON: 'x' },
	new Date(NaN),
	true,
	'9'.repeat(5000),
])('the date %p is rejected with the accepted formats', (value) => {
	expect(() => read(when, value)).toThrow(/^"When" cannot be /);
});

test.each([
	'2026-03-29T02:30',
	'2026-03-29 02:30',
	'2026/3/29 2:30',
	'Mar 29, 2026 2:30 AM',
	'20260329T0230',
])('the time %p, which the change to summer time skips, is rejected', (value) => {
	expect(() => read(when, value, 'Europe/Berlin')).toThrow(/^"When" cannot be /);
	expect(read(when, value, 'Asia/Shanghai')).toBe('2026-03-28T18:30:00.000Z');
});

test.each([
	['\u00a02030-11-28 10:00\u3000', 'Asia/Shanghai', '2030-11-28T02:00:00.000Z'],
	['2030-11-28T24:00', 'UTC', '2030-11-29T00:00:00.000Z'],
	['2030-11-28t18:00z', 'Asia/Shanghai', '2030-11-28T18:00:00.000Z'],
	['20301128T180000Z', 'Asia/Shanghai', '2030-11-28T18:00:00.000Z'],
	['2030-11-28T10:00+14:00', 'UTC', '2030-11-27T20:00:00.000Z'],
	['2030-W48-4', 'UTC', '2030-11-28T00:00:00.000Z'],
	// Midnight does not exist on this day: it begins at one o'clock.
	['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
])('the date %p in %s is read as %s', (value, zone, iso) => {
	expect(read(when, value, zone)).toBe(iso);
});

test.each<unknown>([
	'0x1F4',
	'1e3',
	'1,000',
	'１２',
	'12.5',
	// A thousand in half of the world.
	'1.000',
	'-5.000',
	'1.000,5',
	'1 000',
	'1_000',
	'5.',
	'.5',
	'--5',
	'5%',
	'½',
	'①',
	'0b11',
	'9007199254740993',
	'Infinity',
	'-Infinity',
	Infinity,
	NaN,
	12.5,
	9007199254740992,
	[5],
	Symbol('5'),
	{},
	{ toString: 'x' },
	true,
])('the number %p is rejected', (value) => {
	expect(() => read(integerField('n', 'Number', 'The number'), value)).toThrow(
		/^"Number" (cannot be|must be)/,
	);
});

test.each<[unknown, number]>([
	['+5', 5],
	[' 5\u00a0', 5],
	['5.0', 5],
	['-0', 0],
	[-0, 0],
	[5n, 5],
	['007', 7],
])('the number %p is read as %p', (value, number) => {
	expect(read(integerField('n', 'Number', 'The number'), value)).toBe(number);
});

test.each<unknown>([
	'yes',
	'on',
	'1',
	'0',
	'falsch',
	-1,
	NaN,
	{},
	[true],
	{ toString: 'x' },
	Object.create(null),
	[1],
	'maybe',
	2,
])('the switch %p is rejected with the name of the field', (value) => {
	expect(() => read(booleanField('b', 'Switch', 'Whether'), value)).toThrow(/^"Switch" cannot be /);
});

/** What `{{ $input }}` and objects of Code nodes can be. */
const cyclic: Record<string, unknown> = {};
cyclic.self = [cyclic];
const failing = {
	toJSON: () => {
		throw new Error('boom');
	},
};

test.each<[string, unknown]>([
	['refers to itself', cyclic],
	['cannot be read', failing],
	['has members that cannot be read', new Proxy({}, { ownKeys: failing.toJSON })],
])('an object that %s is rejected with the name of the field', (_what, value) => {
	const fields = [
		textField('f', 'Field', 'The field'),
		idField('f', 'Field', 'The field'),
		int64Field('f', 'Field', 'The field'),
		integerField('f', 'Field', 'The field'),
		booleanField('f', 'Field', 'Whether'),
		dateTimeField('f', 'Field', 'The field'),
		jsonField('f', 'Field', 'The field'),
		stringListField('f', 'Field', 'The field'),
	];
	for (const field of fields) {
		expect(() => read(field, value)).toThrow(/^"Field" (?:must be|cannot be|is) /);
	}
});

test('half a surrogate pair in the name of a member becomes U+FFFD', () => {
	expect(stringifyJson({ 'a\udc00': { '\ud83d': [{ 'b\ud83d!': 1 }] } })).toBe(
		'{"a\ufffd":{"\ufffd":[{"b\ufffd!":1}]}}',
	);
});

test('half a surrogate pair becomes U+FFFD in JSON', () => {
	expect(stringifyJson({ text: 'hi \ud83d!', list: ['\ude00', '😀'] })).toBe(
		'{"text":"hi \ufffd!","list":["\ufffd","😀"]}',
	);
});
