import type { IHttpRequestHelper } from 'n8n-workflow';
import { fetchSessionToken } from '../../credentials/fanfou/xauth';
import { shareOfQuadraticTime } from '../support/cpuTime';

const CREDENTIAL = {
	consumerKey: 'consumer-key-1234',
	consumerSecret: 'consumer-secret-5678',
	username: 'demo',
	password: ' pässword "&=+% ',
	sessionToken: 'old-session-token',
	sessionTokenSecret: 'old-session-secret',
};

/** Returns the error message of a login that is answered with the given text. */
async function messageOf(answer: string, credential: object = CREDENTIAL): Promise<string> {
	const helpers: Pick<IHttpRequestHelper['helpers'], 'httpRequest'> = {
		httpRequest: async () => await Promise.resolve({ body: answer, statusCode: 401, headers: {} }),
	};
	const error: unknown = await fetchSessionToken(helpers, { ...credential }).catch(
		(reason: unknown) => reason,
	);
	if (!(error instanceof Error)) throw new Error('the login succeeded');
	return error.message;
}

const strict = (text: string): string =>
	encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);

const SECRETS = [
	CREDENTIAL.password,
	CREDENTIAL.password.trim(),
	CREDENTIAL.consumerKey,
	CREDENTIAL.consumerSecret,
	CREDENTIAL.sessionToken,
	CREDENTIAL.sessionTokenSecret,
];
const HEADER = [
	['oauth_consumer_key', CREDENTIAL.consumerKey],
	['oauth_nonce', 'nonce0123456789'],
	['oauth_signature', 'c2lnbmF0dXJlMDEyMzQ1Njc4OQ=='],
	['x_auth_password', CREDENTIAL.password],
]
	.map(([name = '', value = '']) => `${name}="${strict(value)}"`)
	.join(', ');

describe('the error of a login', () => {
	/** Ways in which a server or a proxy can quote a text. */
	const QUOTES: Array<[name: string, quote: (text: string) => string]> = [
		['plain text', (text) => `bad request ${text}`],
		['JSON', (text) => JSON.stringify({ error: `bad request ${text}` })],
		['JSON in JSON', (text) => JSON.stringify({ error: JSON.stringify({ request: text }) })],
		['XML', (text) => `<hash><error>bad request ${text}</error></hash>`],
		['percent-encoding', (text) => `bad request ${strict(text)}`],
		['double percent-encoding', (text) => `bad request ${strict(strict(text))}`],
	];

	test.each(QUOTES)('contains no secret that is quoted as %s', async (_name, quote) => {
		for (const secret of SECRETS) {
			const message = await messageOf(quote(`[${secret}]`));
			for (const text of SECRETS) expect(message).not.toContain(text.trim());
			expect(
				decodeURIComponent(decodeURIComponent(message.replace(/%(?![0-9A-F]{2})/g, '%25'))),
			).not.toContain(secret.trim());
			expect(message).toContain('***');
		}
	});

	test.each(QUOTES)(
		'contains no signature of a header that is quoted as %s',
		async (_name, quote) => {
			const message = await messageOf(quote(`Authorization: OAuth ${HEADER}`));
			for (const text of ['c2lnbmF0dXJl', 'nonce0123456789', 'A4ssword']) {
				expect(message).not.toContain(text);
			}
		},
	);

	test('contains no secret of a credential whose fields have spaces around them', async () => {
		const spaced = { ...CREDENTIAL, consumerSecret: ' consumer-secret-5678\n' };
		expect(await messageOf('it is consumer-secret-5678', spaced)).toBe(
			'Fanfou rejected Username and Password (it is ***)',
		);
	});

	test.each(['x1', ' '])('is readable with the password %j', async (password) => {
		const message = await messageOf('Invalid consumer', { ...CREDENTIAL, password });
		expect(message).toBe('Fanfou rejected Username and Password (Invalid consumer)');
	});

	test('is cut, but not in the middle of a secret', async () => {
		const message = await messageOf(CREDENTIAL.consumerSecret.repeat(2_000));
		expect(message).not.toContain('consumer');
		expect(message.length).toBeLessThan(300);
	});

	const PATHOLOGICAL: Array<[name: string, text: string]> = [
		['spaces', `{"error":"a${' '.repeat(100_000)}a"}`],
		['dots and spaces', `a${'. '.repeat(50_000)}a`],
		['unclosed elements', '<error>'.repeat(20_000)],
		['CDATA', `<error>${'<![CDATA['.repeat(20_000)}</error>`],
		['percent signs', '%'.repeat(100_000)],
		['parameter names', 'oauth_'.repeat(20_000)],
		['backslashes', `oauth_a${'\\'.repeat(100_000)}`],
		['line breaks', '\n'.repeat(200_000)],
		['pairs', 'a=1&'.repeat(50_000)],
	];

	test.each(PATHOLOGICAL)('is read in linear time from a text of %s', async (_name, text) => {
		expect(await shareOfQuadraticTime(async () => await messageOf(text))).toBeLessThan(1);
	});
});
