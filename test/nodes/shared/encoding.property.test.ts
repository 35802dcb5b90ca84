import fc from 'fast-check';
import { buildRequest, encodeForm, percentEncode } from '../../../nodes/shared/client/request';
import { percentDecode } from '../../../nodes/shared/http';
import { parseJson, stringifyJson, wellFormed } from '../../../nodes/shared/json';
import { readMultipart } from '../../../sandbox/core/multipart';
import { sampleApi } from '../../support/sampleService';

/** Any sequence of UTF-16 code units, halves of surrogate pairs included. */
const text = fc
	.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
	.map((units) => String.fromCharCode(...units));
/** Control characters and what has a meaning in addresses, headers, forms and JSON. */
const special = fc
	.array(fc.constantFrom(...'\r\n\t\0"\'()*!~%&=+/?#;:,\\ ', '\r\n', '..'), { maxLength: 10 })
	.map((characters) => characters.join(''));
const anyText = fc.oneof(text, special, fc.string({ unit: 'binary', maxLength: 20 }));
const values = fc.dictionary(anyText, anyText, { maxKeys: 5, noNullPrototype: true });

test('an encoded text has unreserved characters only, and decodes to the text', () => {
	fc.assert(
		fc.property(anyText, (value) => {
			const encoded = percentEncode(value);
			expect(encoded).toMatch(/^(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/);
			expect(decodeURIComponent(encoded)).toBe(wellFormed(value));
			expect(percentDecode(encoded)).toBe(wellFormed(value));
		}),
	);
});

test('any form is read by URLSearchParams as it was written', () => {
	fc.assert(
		fc.property(values, (form) => {
			const expected = Object.entries(form).map((pair) => pair.map(wellFormed));
			expect([...new URLSearchParams(encodeForm(form))]).toEqual(expected);
		}),
	);
});

test('any text in a path stays in its segment', () => {
	fc.assert(
		fc.property(
			anyText.filter((value) => !['', '.', '..'].includes(value)),
			(id) => {
				const { url } = buildRequest(sampleApi, {
					baseUrl: 'https://books.example.com',
					endpoint: 'GET books/:book_id/pages',
					parts: { path: { book_id: id } },
				});
				const { host, pathname, search, hash } = new URL(url);
				expect({ host, search, hash }).toEqual({ host: 'books.example.com', search: '', hash: '' });
				expect(pathname.split('/').map(decodeURIComponent)).toEqual([
					'',
					'books',
					wellFormed(id),
					'pages',
				]);
			},
		),
	);
});

test('any texts and files of a multipart body are read as they were written', () => {
	const files = fc.dictionary(
		fc.stringMatching(/^[a-z]{1,8}$/),
		fc.record({ data: fc.uint8Array({ maxLength: 50 }), fileName: anyText }),
		{ maxKeys: 2, noNullPrototype: true },
	);
	fc.assert(
		fc.property(fc.dictionary(fc.stringMatching(/^[A-Z]{1,8}$/), anyText), files, (body, given) => {
			const parts = Object.fromEntries(
				Object.entries(given).map(([key, { data, fileName }]) => [
					key,
					{ data: Buffer.from(data), fileName, mimeType: 'image/png' },
				]),
			);
			const request = buildRequest(sampleApi, {
				baseUrl: 'https://books.example.com',
				endpoint: 'POST pictures',
				parts: { body, files: parts },
			});
			const bytes = request.body?.();
			if (!Buffer.isBuffer(bytes)) throw new Error('The body is not bytes');
			const read = readMultipart(bytes, request.headers['content-type'] ?? '');
			expect(read?.map(({ name, bytes: content }) => [name, content.toString('base64')])).toEqual([
				...Object.entries(body).map(([key, value]) => [
					key,
					Buffer.from(wellFormed(value)).toString('base64'),
				]),
				...Object.entries(parts).map(([key, { data }]) => [key, data.toString('base64')]),
			]);
			for (const part of read ?? []) expect(part.filename ?? '').not.toMatch(/[\r\n]/);
		}),
	);
});

test('JSON within JSON keeps any text', () => {
	fc.assert(
		fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
			const outer = stringifyJson({ content: stringifyJson(value) });
			const { content } = JSON.parse(outer);
			expect(JSON.parse(content)).toEqual(JSON.parse(JSON.stringify(value)));
			expect(parseJson(outer)).toEqual({ content });
		}),
	);
});
