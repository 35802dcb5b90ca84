import fc from 'fast-check';
import { parse } from 'lossless-json';
import { parseContent } from '../../../nodes/Fanbook/content';
import { isJsonObject, parseJson } from '../../../nodes/shared/json';

/** Parses JSON with an independent library; integers that a double cannot hold are text. */
function referenceOf(text: string): unknown {
	return parse(text, undefined, {
		parseNumber: (digits) => {
			const number = Number(digits);
			return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? digits : number;
		},
		onDuplicateKey: ({ newValue }) => newValue,
	});
}

const id = fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n });

/** Texts of all lengths and scripts, with what has to be escaped and what looks like JSON. */
const text = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 400 }),
	fc.string({ unit: fc.constantFrom('你', '好', '\\', '"', '\n', '🎈', 'a'), maxLength: 400 }),
	fc.constantFrom('{"type":"text"}', '[1234567890123456789]', '${@!463992311181737984} hi', ''),
);

/** The JSON text of an object, whose numbers are written with all digits. */
const object = (members: Record<string, fc.Arbitrary<string>>) =>
	fc
		.tuple(...Object.entries(members).map(([key, value]) => fc.tuple(fc.constant(key), value)))
		.map((pairs) => `{${pairs.map(([key, value]) => `"${key}": ${value}`).join(' ,')}}`);

const quoted = text.map((value) => JSON.stringify(value));

const document = object({
	type: fc.constantFrom('"text"', '"richText"', '"image"'),
	text: quoted,
	number: id.map(String),
	list: fc
		.array(fc.oneof(quoted, id.map(String)), { maxLength: 3 })
		.map((list) => `[${list.join(',')}]`),
	document: object({ note: quoted, count: id.map(String) }).map((inner) => JSON.stringify(inner)),
});

test('JSON in a text is parsed with all digits of its numbers, and the text itself is kept', () => {
	fc.assert(
		fc.property(document, fc.constantFrom('text', 'content'), (content, key) => {
			const row = parseJson(`{"message_id":1,"${key}":${JSON.stringify(content)}}`);
			const expected = referenceOf(content);
			if (!isJsonObject(row) || typeof expected !== 'object' || expected === null)
				throw new Error('No objects were made');
			const inner: unknown = Reflect.get(expected, 'document');
			expect(parseContent(row)).toEqual({
				message_id: '1',
				text: content,
				content: { ...expected, document: referenceOf(String(inner)) },
			});
		}),
		{ numRuns: 500 },
	);
});

test('a text that is not a document is kept as it is', () => {
	fc.assert(
		fc.property(text, (value) => {
			fc.pre(!/^\s*[{[]/.test(value));
			expect(parseContent({ text: value })).toEqual({ text: value });
			expect(parseContent({ content: value })).toEqual({ content: value });
		}),
	);
});

test.each(['document', 'v2', 'data'])('JSON text in "%s" of a content object is parsed', (key) => {
	const nested = { type: 'richText', [key]: '[{"insert":"hi"}]' };
	const content = { type: 'richText', [key]: [{ insert: 'hi' }] };
	expect(parseContent({ content: nested })).toEqual({ content });
	expect(parseContent({ text: 'hi', content: nested })).toEqual({ text: 'hi', content });
	expect(parseContent({ post: { content: nested } })).toEqual({ post: { content } });
});
