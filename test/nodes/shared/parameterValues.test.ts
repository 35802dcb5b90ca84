import {
	booleanField,
	commaListField,
	dateTimeField,
	idField,
	int64ListField,
	integerField,
	optionsField,
	stringListField,
	textField,
} from '../../../nodes/shared/definition/fields';
import { toWireValue } from '../../../nodes/shared/execution/parameterValues';
import { stringifyJson } from '../../../nodes/shared/json';

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
	test.each([undefined, null, '', '  ', [], '[]', 'null', 'none'])('%p in one value', (value) => {
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
	['["601", 602, ""]', ['601', '602']],
	[
		['601', ' 602 '],
		['601', '602'],
	],
])('the list %p is split into its entries', (value, entries) =>
	expect(read(list, value)).toEqual(entries),
);

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
	'11/28/2026',
	'01/02/2026 10:00',
	'2026-02-31T10:00',
	'2026-13-01',
	'2026-00-10',
	'2026-01-00',
	'2026-01-01T25:00',
	'2026-01-01 10:61',
	'tomorrow',
	{ toString: 'x' },
	{ toJSON: 'x' },
	new Date(NaN),
	true,
	'9'.repeat(5000),
])('the date %p is rejected with the accepted formats', (value) => {
	expect(() => read(when, value)).toThrow(/^"When" cannot be /);
});

test.each<unknown>([
	'0x1F4',
	'1e3',
	'1,000',
	'１２',
	'12.5',
	'Infinity',
	{},
	{ toString: 'x' },
	true,
])('the number %p is rejected', (value) => {
	expect(() => read(integerField('n', 'Number', 'The number'), value)).toThrow(
		/^"Number" (cannot be|must be)/,
	);
});

test.each<unknown>([{ toString: 'x' }, Object.create(null), [1], 'maybe', 2])(
	'the switch %p is rejected with the name of the field',
	(value) => {
		expect(() => read(booleanField('b', 'Switch', 'Whether'), value)).toThrow(
			/^"Switch" cannot be /,
		);
	},
);

test('half a surrogate pair becomes U+FFFD in JSON', () => {
	expect(stringifyJson({ text: 'hi \ud83d!', list: ['\ude00', '😀'] })).toBe(
		'{"text":"hi \ufffd!","list":["\ufffd","😀"]}',
	);
});
