import { reasonOf, refusalOf } from '../../../nodes/Fanfou/refusals';

const answer = (status: number, text: string) => ({ status, headers: {}, text });
const json = (error: string) => JSON.stringify({ request: '/x.json', error });

describe('the words of a refusal', () => {
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
	])('as %s', (_name, text, reason) => {
		expect(reasonOf(text)).toBe(reason);
	});

	test('of a page of text only the beginning', () => {
		expect(reasonOf('x'.repeat(400))).toHaveLength(300);
	});
});

describe('a wish to slow down is told from a limit that waiting does not change', () => {
	test.each([
		'Rate limit exceeded. Clients may not make more than 1500 requests per hour.',
		'Too many requests',
		'You are posting too often',
		'访问过于频繁，请稍后再试',
		'操作太频繁',
		'超过调用次数',
		'接口调用已达上限',
	])('%s', (said) => {
		expect(refusalOf(answer(403, json(said)), false)).toEqual({
			message: `Fanfou wants fewer calls: ${said}`,
			tooMany: true,
		});
	});

	test.each(['内容超过140字限制', '图片大小超过5M限制', 'Too many characters', '对方限制了私信'])(
		'not %s',
		(said) => {
			expect(refusalOf(answer(400, json(said)), false)).toEqual({
				message: `Fanfou refused the call (status 400): ${said}`,
				advice: 'Check the parameters of this item',
			});
		},
	);

	test('429 is one without words, too', () => {
		expect(refusalOf(answer(429, ''), false)).toEqual({ message: 'Fanfou wants fewer calls' });
	});
});

describe('what to do about it', () => {
	test.each([
		[404, json('没有这条私信'), 'There is no such message (没有这条私信)', /may have been deleted/],
		[403, json('不是你的私信'), 'This belongs to somebody else (不是你的私信)', /no right/],
		[400, json('参数错误'), 'Fanfou refused the call (status 400): 参数错误', /parameters/],
		[302, '', 'Fanfou sent the call elsewhere (status 302)', /begins with https/],
		[
			502,
			'<title>502 Bad Gateway</title>',
			'Fanfou is out of order (status 502): 502 Bad Gateway',
			/^$/,
		],
		[409, '', 'Fanfou refused the call (status 409)', /^$/],
	])('%d %s', (status, text, message, advice) => {
		const refusal = refusalOf(answer(status, text), false);
		expect(refusal.message).toBe(message);
		expect(refusal.advice ?? '').toMatch(advice);
	});

	test('the base string that Fanfou expected is shown, but not the one of a sign-in', () => {
		const text = json(
			'Invalid signature. Expected basestring is GET&amp;http%3A%2F%2Fapi.fanfou.com',
		);
		const call = refusalOf(answer(401, text), false);
		expect(call.message).toBe('Fanfou does not accept the keys: Invalid signature');
		expect(call.advice).toMatch(/signature over GET&http%3A%2F%2Fapi\.fanfou\.com$/);
		const signIn = refusalOf(answer(401, text), true);
		expect(signIn.message).toBe(call.message);
		expect(signIn.advice).not.toContain('GET&');
	});
});
