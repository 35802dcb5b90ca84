import fc from 'fast-check';
import { createSecretTest, maskInBytes, maskSecrets } from '../../../nodes/shared/maskSecrets';
import { collectSecrets, redact } from '../../../nodes/shared/secrets';
import { shareOfQuadraticTime } from '../../support/cpuTime';
import { PLACES, SPELLINGS } from '../../support/secretSpellings';

const secretText = fc
	.string({ minLength: 8, maxLength: 60 })
	.filter((text) => text.replace(/\s/g, '').length >= 8 && !/^[x*]+$/.test(text.trim()));

const hexOf = (text: string) => Buffer.from(text, 'utf8').toString('hex');

const COUNT = Object.keys(SPELLINGS).length;

test(`a secret in any of ${COUNT} spellings at any of ${PLACES.length} places of a response is masked`, () => {
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
		{ numRuns: 6000 },
	);
});

test('a secret is masked wherever a long text is divided for the search', () => {
	const secret = 'fv+at_7/Q&k "3"<é>~\\9=x';
	const values = collectSecrets({ accessToken: secret });
	for (const spelling of [
		secret,
		encodeURIComponent(secret),
		encodeURIComponent(JSON.stringify(secret)),
	]) {
		for (let at = 31_900; at <= 32_020; at += 1) {
			const [before, after] = ['- '.repeat(at).slice(0, at), '- '.repeat(20_000)];
			const masked = maskSecrets(`${before}${spelling}${after}`, values);
			expect(masked).toContain('***');
			expect(masked).not.toContain('fv');
			expect(masked.length).toBeGreaterThan(before.length + after.length - 10);
		}
	}
});

test('secrets in the bytes of a file are masked, and the other bytes are kept', () => {
	const secret = 'abcdefgh12345678';
	const around = Buffer.from([0, 255, 0x80]);
	const masked = maskInBytes(Buffer.concat([around, Buffer.from(secret), around]), [secret]);
	expect(masked.equals(Buffer.concat([around, Buffer.from('***'), around]))).toBe(true);
	expect(maskInBytes(Buffer.from(`é ${secret} 积`), [secret]).toString()).toBe('é *** 积');
});

test('every spelling of a secret is masked at every place', () => {
	const secret = 'fv+at_7/Q&k "3"<é>~\\9=x';
	const values = collectSecrets({ accessToken: secret });
	const shown = Object.entries(SPELLINGS).flatMap(([name, spell]) =>
		PLACES.filter((place) => redact(place(spell(secret)), { values }).includes(spell(secret))).map(
			(place) => `${name} in ${place.toString()}`,
		),
	);
	expect(shown).toEqual([]);
});

test.each<[string, (secret: string) => string]>([
	['upper case', (secret) => secret.toUpperCase()],
	['lower case', (secret) => secret.toLowerCase()],
	['blanks for plus signs', (secret) => secret.replaceAll('+', ' ')],
	['blanks between all characters', (secret) => [...secret].join(' ')],
	['a sum of texts', (secret) => secret.replace(/.{7}/g, '$&" + "')],
	['quoted lines', (secret) => secret.replace(/.{7}/g, '$&\n> ')],
	['lines of a script', (secret) => secret.replace(/.{7}/g, '$&\\\n')],
	['an e-mail', (secret) => secret.replaceAll('=', '=3D').replace(/.{7}/g, '$&=\r\n')],
	['colored text', (secret) => secret.replace(/.{7}/g, '$&\u001b[0m')],
	['marked text', (secret) => secret.replace(/.{7}/g, '$&</b><b>')],
	['hexadecimal digits with colons', (secret) => hexOf(secret).replace(/..(?!$)/g, '$&:')],
	[
		'a dump',
		(secret) =>
			hexOf(secret)
				.toUpperCase()
				.replace(/..(?!$)/g, '$& '),
	],
])('a token is masked in %s', (_name, spell) => {
	const secret = 'T0k/en+Se=cret.val-ue_9:xyz';
	const text = `{"error":"No ${spell(secret)}, sorry"}`;
	expect(redact(text, { values: [secret] })).toBe('{"error":"No ***, sorry"}');
	expect(createSecretTest([secret])(text)).toBe(true);
});

test.each([12, 15, 20])('a secret that is cut off after %d characters is masked', (length) => {
	const values = ['fvat_0123456789abcdefghijkl'];
	const head = 'fvat_0123456789abcdefghijkl'.slice(0, length);
	for (const place of [`${head}`, `${head}…`, `key=${head} …`, `"${head}", and more`, `${head}<p>`])
		expect(redact(place, { values })).not.toContain(length < 14 ? `${head}…` : head);
	expect(redact(`the token ${head.slice(0, 8)}…`, { values })).toBe('the token ***…');
});

test('encoded bytes beside a secret that is encoded in part stay as they are', () => {
	const values = ['sécret-0123'];
	expect(redact('a%20s%C3%A9cret%2d0123%20b', { values })).toBe('a%20***%20b');
});

test('a long text with many encodings is searched in linear time', async () => {
	const values = ['fvat_0123456789abcdef', 'a'.repeat(2_000)];
	for (const unit of ['%25', '&amp;', '\\\\', '\\u005c', 'a', '\n', 'a\n', '%0a', 'aaa=', ' ']) {
		const text = unit.repeat(Math.ceil(100_000 / unit.length));
		expect(await shareOfQuadraticTime(() => redact(text, { values }))).toBeLessThan(2);
	}
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
	['<p>oauth_nonce=&quot;n0&quot;</p>', '<p>oauth_nonce=&quot;***&quot;</p>'],
	['oauth_signature=&amp;#34;s+g=&amp;#34;', 'oauth_signature=&amp;#34;***&amp;#34;'],
	['oauth%5Fsignature%3D%22s%252Bg%22', 'oauth%5Fsignature%3D%22***%22'],
	[
		String.raw`{"h":"oauth_nonce\u003d\u0022n0\u0022"}`,
		String.raw`{"h":"oauth_nonce\u003d\u0022***\u0022"}`,
	],
	['{"oauth_token":["tok"]}', '{"oauth_token":["***"]}'],
	['{"oauth_signature":{"value":"s+g="}}', '{"oauth_signature":{"value":"***"}}'],
	['{"oauth_nonce" : {"Value" : ["n0"]}}', '{"oauth_nonce" : {"Value" : ["***"]}}'],
	['oauth_signature=&ldquo;s+g=&rdquo;', 'oauth_signature=&ldquo;***&rdquo;'],
	['{"name":"oauth_token","value":"tok"}', '{"name":"oauth_token","value":"***"}'],
	['[["oauth_signature","s+g="]]', '[["oauth_signature","***"]]'],
	['[oauth_nonce] => n0, 1', '[oauth_nonce] => ***, 1'],
	['["oauth_nonce"]=> string(2) "n0"', '["oauth_nonce"]=> string(2) "***"'],
	['<oauth_token>tok</oauth_token>', '<oauth_token>***</oauth_token>'],
	['oauthToken: tok; consumer-x: 1', 'oauthToken: ***; consumer-x: 1'],
	['name="oauth_token"\r\n\r\ntok\r\n--b', 'name="oauth_token"\r\n\r\n***\r\n--b'],
	[
		String.raw`{"url":"https:\/\/s3.example\/f?X-Amz-Signature=a1"}`,
		String.raw`{"url":"https:\/\/s3.example\/f"}`,
	],
	['https%3A%2F%2Fs3.example%2Ff%3Fsig%3Da1 failed', 'https%3A%2F%2Fs3.example%2Ff failed'],
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
