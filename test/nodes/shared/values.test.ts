import { parameterName, optionValue } from '../../../nodes/shared/definition/naming';
import { toIsoDate } from '../../../nodes/shared/execution/dates';
import { percentEncode, encodeForm } from '../../../nodes/shared/client/request';
import { optionsFromValues } from '../../../nodes/shared/definition/fields';
import { redact, collectSecrets } from '../../../nodes/shared/secrets';
import { localTime, retryAfterMs } from '../../../nodes/shared/client/retryPolicy';

test.each([
	['Get Many', 'getAll'],
	['Set Roles', 'setRoles'],
	['Get Many (Long Poll)', 'getManyLongPoll'],
	['Get Many Friend IDs', 'getManyFriendIds'],
	['Auto-Assign Slot', 'autoAssignSlot'],
	['Get Part URL', 'getPartUrl'],
	['Message Card', 'messageCard'],
])('the operation %s has the value %s', (name, value) => expect(optionValue({ name })).toBe(value));

test.each([
	['chat_id', 'chatId'],
	['guild_Id', 'guildId'],
	['mediaUuids', 'mediaUuids'],
	['photo.Url', 'url'],
	['user_a', 'userA'],
	['x_auth_username', 'xAuthUsername'],
	['reply_to_message_id_level_2', 'replyToMessageIdLevel2'],
])('the parameter of %s is named %s', (key, name) => expect(parameterName({ key })).toBe(name));

test('options are named after their values', () => {
	expect(optionsFromValues('top_spenders', 'videoOnly')).toEqual([
		{ name: 'Top Spenders', value: 'top_spenders' },
		{ name: 'Video Only', value: 'videoOnly' },
	]);
});

describe('dates', () => {
	test.each([
		['2026-01-31T18:00:00Z', 'UTC', '2026-01-31T18:00:00.000Z'],
		['2026-01-31T18:00:00+08:00', 'UTC', '2026-01-31T10:00:00.000Z'],
		['2026-01-31T10:00:00Z[Europe/Berlin]', 'UTC', '2026-01-31T10:00:00.000Z'],
		['2026-10-25T02:30:00+02:00[Europe/Berlin]', 'UTC', '2026-10-25T00:30:00.000Z'],
		['2026-01-31T18:00:00', 'Asia/Shanghai', '2026-01-31T10:00:00.000Z'],
		['2026-01-31 18:00', 'Asia/Shanghai', '2026-01-31T10:00:00.000Z'],
		['2026-01-31', 'Europe/Berlin', '2026-01-30T23:00:00.000Z'],
		// Both sides of the clock changes of 2026 in Berlin.
		['2026-03-29T01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59.000Z'],
		['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
		['2026-10-25T03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
	])('the date %s in %s is read as %s', (text, zone, iso) =>
		expect(toIsoDate('When', text, zone)).toBe(iso),
	);

	test('milliseconds, JavaScript dates and Luxon dates are accepted', () => {
		expect(toIsoDate('When', 0, 'UTC')).toBe('1970-01-01T00:00:00.000Z');
		expect(toIsoDate('When', new Date(1), 'UTC')).toBe('1970-01-01T00:00:00.001Z');
		expect(toIsoDate('When', { toJSON: () => '2026-01-01T00:00:00.000+01:00' }, 'UTC')).toBe(
			'2025-12-31T23:00:00.000Z',
		);
	});

	test.each([['soon'], [{}], [NaN]])('%p is not a date', (value) => {
		expect(() => toIsoDate('When', value, 'UTC')).toThrow('"When" cannot be');
	});
});

test('percent-encoding follows RFC 3986', () => {
	expect(percentEncode("aZ09-._~ !'()*/饭")).toBe('aZ09-._~%20%21%27%28%29%2A%2F%E9%A5%AD');
	expect(encodeForm({ a: [1, 'b c'], none: undefined, nil: null, o: { x: 1 } })).toBe(
		'a=1&a=b%20c&o=%7B%22x%22%3A1%7D',
	);
});

test('Retry-After is read as seconds or as a date, and ignored otherwise', () => {
	expect(retryAfterMs({ 'retry-after': '1.5' })).toBe(1500);
	expect(retryAfterMs({ 'retry-after': new Date(0).toUTCString() })).toBe(0);
	for (const other of ['later', '-1', '1,2', '2001-05', 'May 1']) {
		expect(retryAfterMs({ 'retry-after': other })).toBeUndefined();
	}
	expect(retryAfterMs({ 'retry-after': '9'.repeat(400) })).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([-7_200_000, -60_000, 60_000, 7_200_000])(
	'times of a service whose clock differs by %d ms are converted',
	(difference) => {
		const service = Math.floor((Date.now() + difference) / 1000) * 1000;
		const date = new Date(service).toUTCString();
		const later = new Date(service + 30_000).toUTCString();
		expect(retryAfterMs({ 'retry-after': later, date })).toBe(30_000);
		const resetIn = localTime(service / 1000 + 30, { date }) - Date.now();
		expect(Math.abs(resetIn - 30_000)).toBeLessThan(1_000);
	},
);

test('times of a service without a readable clock are those of this machine', () => {
	expect(localTime(1_800_000_000, {})).toBe(1_800_000_000_000);
	// Also if a millisecond passes meanwhile.
	let now = Date.now();
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => (now += 1));
	try {
		for (const date of ['odd', new Date(now).toUTCString()]) {
			expect(localTime(1_800_000_000, { date })).toBe(1_800_000_000_000);
		}
	} finally {
		clock.mockRestore();
	}
	expect(retryAfterMs({})).toBeUndefined();
});

const SECRETS = {
	values: ['p@ss word'],
	parameters: ['x_auth_password'],
	pathPrefixes: ['/api/bot/'],
};

describe('secrets', () => {
	test('the secrets of a credential are collected, but not its addresses', () => {
		expect(
			collectSecrets({
				host: 'https://a1.fanbook.cn',
				accessTokenUrl: 'https://x/y',
				botToken: 'bot-1',
				oauthTokenData: { access_token: 'access-22', token_type: 'bearer', expires_in: '3600' },
			}),
		).toEqual(['access-22', 'bot-1']);
	});

	test.each([
		['GET http://h/api/bot/abc123/getMe failed', 'GET http://h/api/bot/***/getMe failed'],
		['Authorization: Bearer abcdefgh12345678', 'Authorization: Bearer ***'],
		[
			'Basic authentication with OAuth applications',
			'Basic authentication with OAuth applications',
		],
		[
			'GET&http%3A%2F%2Fx&oauth_token%3Dabc%26x_auth_password%3Dpw%2525%26z%3D1',
			'GET&http%3A%2F%2Fx&oauth_token%3D***%26x_auth_password%3D***%26z%3D1',
		],
		['base p%2540ss%2520word string', 'base *** string'],
		['see https://s3/x?X-Amz-Signature=1&b=2', 'see https://s3/x'],
		[
			'oauth_token=abc&oauth_signature=d%3D&status=x',
			'oauth_token=***&oauth_signature=***&status=x',
		],
		['it%26oauth_token%3Dabc%26page%3D1', 'it%26oauth_token%3D***%26page%3D1'],
		['{"access_token":"abc"}', '{"access_token":"***"}'],
		['the secret p@ss word', 'the secret ***'],
		['q=p%40ss%20word', 'q=***'],
	])('secrets are masked in %s', (text, clean) => expect(redact(text, SECRETS)).toBe(clean));
});
