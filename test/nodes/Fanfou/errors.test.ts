import { readErrorText, toApiError } from '../../../nodes/Fanfou/apiErrors';
import { fanfouApi } from '../../../nodes/Fanfou/api';

const answer = (status: number, text: string) => ({ status, headers: {}, text });
const json = (error: string) => JSON.stringify({ request: '/x.json', error });

describe('the text of an error', () => {
	test.each([
		['JSON', json('没有 &lt;权限&gt;'), '没有 <权限>'],
		['JSON as PHP writes it', '{"error":"\\u53c2\\u6570\\u9519\\u8bef"}', '参数错误'],
		['JSON that says nothing', '{"request":"/x.json"}', ''],
		[
			'XML',
			'<hash><request>/x</request><error>Invalid consumer</error></hash>',
			'Invalid consumer',
		],
		['XML in CDATA', '<hash><error><![CDATA[密码错误]]></error></hash>', '密码错误'],
		['HTML with a title', '<html><title>502 Bad &amp; gone</title></html>', '502 Bad & gone'],
		['HTML without', '  <html><body>sorry</body></html>', ''],
		['plain words', ' Invalid consumer\n', 'Invalid consumer'],
		['nothing', '', ''],
	])('the message is read from %s', (_name, text, reason) => {
		expect(readErrorText(text)).toBe(reason);
	});

	test('only the beginning of a plain text page is shown', () => {
		expect(readErrorText('x'.repeat(400))).toHaveLength(300);
	});
});

describe('rate limits by their text', () => {
	test.each([
		'Rate limit exceeded. Clients may not make more than 1500 requests per hour.',
		'Too many requests',
		'You are posting too often',
		'访问过于频繁，请稍后再试',
		'操作太频繁',
		'超过调用次数',
		'接口调用已达上限',
	])('the error "%s" counts as a rate limit', (said) => {
		expect(toApiError(answer(403, json(said)), false)).toEqual({
			message: `Fanfou rate limit reached: ${said}`,
			isRateLimited: true,
		});
	});

	test.each(['内容超过140字限制', '图片大小超过5M限制', 'Too many characters', '对方限制了私信'])(
		'the error "%s" does not count as a rate limit',
		(said) => {
			expect(toApiError(answer(400, json(said)), false)).toEqual({
				message: `Fanfou rejected the request (status 400): ${said}`,
				description: 'Check the parameters of this item',
			});
		},
	);

	test.each([
		[401, '密码错误'],
		[403, '密码错误次数过多，请明天再试'],
		[429, '密码错误次数过多，请明天再试'],
		[200, 'Wrong password, too many requests'],
	])('a login rejected with %d %s is not a rate limit', (status, said) => {
		expect(toApiError(answer(status, json(said)), true)).toEqual({
			message: `The password is wrong (${said})`,
			description: 'Check the username and the password',
			isRateLimited: false,
		});
	});

	test('status 429 counts as a rate limit without a text', () => {
		expect(toApiError(answer(429, ''), false)).toEqual({ message: 'Fanfou rate limit reached' });
	});
});

describe('messages of errors', () => {
	test.each([
		[404, json('没有这个用户'), 'User not found (没有这个用户)', /may have been deleted/],
		[
			403,
			json('你没有通过这个用户的验证'),
			'This account is protected: only accepted followers can see its statuses (你没有通过这个用户的验证)',
			/no permission/,
		],
		[
			400,
			json('不能发送重复的消息'),
			'The same text was posted a moment ago (不能发送重复的消息)',
			/parameters/,
		],
		[400, json('已经收藏过了'), 'This has already been done (已经收藏过了)', /parameters/],
		[400, json('上传照片失败'), 'Fanfou rejected the photo (上传照片失败)', /parameters/],
		[
			403,
			json('你在黑名单里'),
			'One of the two accounts has blocked the other (你在黑名单里)',
			/permission/,
		],
		[
			404,
			json('没有这条私信'),
			'Status or message not found (没有这条私信)',
			/may have been deleted/,
		],
		[403, json('不是你的私信'), 'This belongs to another user (不是你的私信)', /no permission/],
		[400, json('参数错误'), 'Fanfou rejected the request (status 400): 参数错误', /parameters/],
		[302, '', 'Fanfou redirected the request (status 302)', /begins with https/],
		[
			502,
			'<title>502 Bad Gateway</title>',
			'Fanfou returned a server error (status 502): 502 Bad Gateway',
			/^$/,
		],
		[409, '', 'Fanfou rejected the request (status 409)', /^$/],
	])(
		'status %d with %s has a message and states what to do',
		(status, text, message, description) => {
			const refusal = toApiError(answer(status, text), false);
			expect(refusal.message).toBe(message);
			expect(refusal.description ?? '').toMatch(description);
		},
	);

	test('a redirect of a login names Login URL', () => {
		expect(toApiError(answer(302, ''), true)).toEqual({
			message: 'Fanfou redirected the request (status 302)',
			description: 'Check that Login URL in the credential begins with https://',
		});
	});

	test('the base string that Fanfou expected is shown, except for logins', () => {
		const text = json(
			'Invalid signature. Expected basestring is GET&amp;http%3A%2F%2Fapi.fanfou.com',
		);
		const call = toApiError(answer(401, text), false);
		expect(call.message).toBe('Fanfou rejected the keys or the access token: Invalid signature');
		expect(call.description).toMatch(/not approved.*clock/);
		expect(call.description).toMatch(/signature from GET&http%3A%2F%2Fapi\.fanfou\.com$/);
		const signIn = toApiError(answer(401, text), true);
		expect(signIn.message).toBe(call.message);
		expect(signIn.description).not.toContain('GET&');
	});
});

test('the description of an expired timestamp mentions the clock first', () => {
	const text = json('Expired timestamp, yours 1795876984, ours 1795869784');
	const error = toApiError(answer(401, text), false);
	expect(error.message).toBe(
		'Fanfou rejected the time of the request: Expired timestamp, yours 1795876984, ours 1795869784',
	);
	expect(error.description).toMatch(/^Set the clock of the n8n server.*not be approved/);
});

test('requests are sent to Fanfou itself if the credential has no other address', () => {
	const fanfou = { api: 'https://api.fanfou.com', login: 'https://fanfou.com' };
	expect(fanfouApi.hosts({})).toEqual(fanfou);
	expect(fanfouApi.hosts({ baseUrl: '', loginUrl: '' })).toEqual(fanfou);
	expect(fanfouApi.hosts({ baseUrl: ' http://a ', loginUrl: 'http://b' })).toEqual({
		api: 'http://a',
		login: 'http://b',
	});
});

test('rate limit headers are used only if both are sent', () => {
	const headers = { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '1764000000' };
	expect(fanfouApi.readRateLimit?.(headers)).toEqual({ remaining: 3, resetAt: 1_764_000_000_000 });
	expect(fanfouApi.readRateLimit?.({ ...headers, 'x-ratelimit-remaining': 'few' })).toBeUndefined();
	expect(fanfouApi.readRateLimit?.({ 'x-ratelimit-remaining': '3' })).toBeUndefined();
	// It is not documented whether this is a number of seconds or a time.
	expect(fanfouApi.readRateLimit?.({ ...headers, 'x-ratelimit-reset': '3600' })).toBeUndefined();
});

test.each([
	'Expired timestamp, yours 1764000000, ours 1764000900',
	'Invalid timestamp',
	'timestamp expired',
	'时间戳已过期',
	'Nonce already used',
])('the description of the error "%s" mentions the clock first', (error) => {
	// Fanfou reports errors with any status.
	for (const status of [401, 400, 403, 200]) {
		const { description } = toApiError(answer(status, json(error)), false);
		expect(description).toMatch(/^[^.]*clock/);
		expect(description).not.toMatch(/^[^.]*approved/);
	}
});
