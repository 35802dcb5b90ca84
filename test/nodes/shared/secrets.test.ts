import fc from 'fast-check';
import { collectSecrets, redact } from '../../../nodes/shared/secrets';

/** Every way in which a service, a proxy or a library may quote a secret. */
const SPELLINGS: Record<string, (secret: string) => string> = {
	plain: (secret) => secret,
	trimmed: (secret) => secret.trim(),
	percentEncoded: encodeURIComponent,
	percentEncodedTwice: (secret) => encodeURIComponent(encodeURIComponent(secret)),
	form: (secret) => encodeURIComponent(secret).replace(/%20/g, '+'),
	json: (secret) => JSON.stringify(secret).slice(1, -1),
	jsonInJson: (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
	base64: (secret) => Buffer.from(secret, 'utf8').toString('base64'),
};

/** Places of a response in which a secret can be. */
const PLACES: Array<(spelling: string) => string> = [
	(spelling) => spelling,
	(spelling) => `Invalid token ${spelling}.`,
	(spelling) => `{"error":"Token ${spelling} expired","request":"/x.json?key=${spelling}"}`,
	(spelling) => `"{\\"error\\":\\"${spelling}\\"}"`,
	(spelling) => `<html><title>403</title><p>${spelling}</p></html>`,
	(spelling) => `https://proxy/${spelling}/getMe?signature=${spelling}`,
	(spelling) => `authorization: Bearer ${spelling}\r\nx-other: ${spelling}`,
	(spelling) => `${'x'.repeat(9_990)}${spelling}`,
	(spelling) => `${'x'.repeat(19_990)}${spelling}`,
];

const secretText = fc
	.string({ minLength: 8, maxLength: 60 })
	.filter((text) => text.trim().length >= 8 && !/^[x*]+$/.test(text.trim()));

test('a secret in any spelling at any place of a response is masked', () => {
	fc.assert(
		fc.property(
			secretText,
			fc.constantFrom(...Object.keys(SPELLINGS)),
			fc.constantFrom(...PLACES),
			(secret, name, place) => {
				const spelling = SPELLINGS[name]?.(secret) ?? secret;
				const values = collectSecrets({ accessToken: secret });
				const clean = redact(place(spelling), { values });
				expect(clean).not.toContain(spelling);
				expect(clean).not.toContain(secret.trim());
			},
		),
		{ numRuns: 3000 },
	);
});

test('a token stored with a line break is masked in a text that quotes it without', () => {
	const values = collectSecrets({ botToken: 'abc\n', tokenUrl: 'https://login', password: 'ab' });
	expect(values).toEqual(['abc\n', 'abc']);
	expect(redact('{"error":"bad token abc"}', { values })).toBe('{"error":"bad token ***"}');
});

test.each([
	[
		'OAuth oauth_nonce="n0nce", oauth_signature="s%2Bg%3D"',
		'OAuth oauth_nonce="***", oauth_signature="***"',
	],
	[
		'{"authorization":"OAuth oauth_signature=\\"s%2Bg\\""}',
		'{"authorization":"OAuth oauth_signature=\\"***\\""}',
	],
	[
		'"{\\"a\\":\\"oauth_token=\\\\\\"tok\\\\\\"\\"}"',
		'"{\\"a\\":\\"oauth_token=\\\\\\"***\\\\\\"\\"}"',
	],
	['{"access_token" : "tok", "n": 1}', '{"access_token" : "***", "n": 1}'],
	['refresh_token=tok&x=1', 'refresh_token=***&x=1'],
	[
		'POST&https%3A%2F%2Fh&oauth_token%3Dtok%26page%3D1',
		'POST&https%3A%2F%2Fh&oauth_token%3D***%26page%3D1',
	],
])('secret parameters are masked in %s', (text, clean) => expect(redact(text)).toBe(clean));

test('secrets of a service are masked by the names and paths that it states', () => {
	const secrets = { values: [], parameters: ['user_token'], pathPrefixes: ['/api/bot/'] };
	expect(redact('GET https://h/api/bot/12.ab/getMe user_token="t0k"', secrets)).toBe(
		'GET https://h/api/bot/***/getMe user_token="***"',
	);
});

test('an ordinary message stays unchanged', () => {
	const text = 'No such user: "饭友" (tokens are 8 characters; see https://fanfou.com/help)';
	expect(redact(text, { values: ['correct horse'] })).toBe(text);
});
