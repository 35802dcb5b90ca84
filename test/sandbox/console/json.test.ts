import { formatJson, quoteLongIntegers } from '../../../sandbox/console/app/json';

describe('JSON on the page', () => {
	it('is indented without changing a value', () => {
		const text = '{"id":1152921504606846979,"list":[1.50,[],{}],"text":"a {b}, \\"c\\": [d]"}';
		expect(formatJson(text)).toBe(
			[
				'{',
				'  "id": 1152921504606846979,',
				'  "list": [',
				'    1.50,',
				'    [],',
				'    {}',
				'  ],',
				'  "text": "a {b}, \\"c\\": [d]"',
				'}',
			].join('\n'),
		);
	});

	it.each(['', 'no JSON', '{"open":', 'a=b&c=d'])(
		'stays as it is where it is not JSON: %s',
		(text) => {
			expect(formatJson(text)).toBe(text);
		},
	);

	it('keeps the digits of IDs that a double cannot hold', () => {
		const text = '{"a":1152921504606846979,"b":"1152921504606846979","c":12,"d":1.5e3}';
		expect(JSON.parse(quoteLongIntegers(text))).toEqual({
			a: '1152921504606846979',
			b: '1152921504606846979',
			c: 12,
			d: 1500,
		});
	});
});
