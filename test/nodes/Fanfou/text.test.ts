import { replyText, repostText } from '../../../nodes/Fanfou/compose/status';
import { parseFlags } from '../../../nodes/Fanfou/output/relationship';
import { imageType } from '../../../nodes/Fanfou/photo/imageType';
import { locators } from '../../../nodes/Fanfou/locators';
import {
	countCharacters,
	truncate,
	decodeEntities,
	isoTime,
	originalPhoto,
	plainText,
	parseHtml,
} from '../../../nodes/Fanfou/text';

describe('texts', () => {
	test('HTML entities are decoded once, including numeric ones', () => {
		expect(decodeEntities('a &lt; b &amp;&amp; c &gt; &quot;d&quot; &#39;e&#x27; &#128512;')).toBe(
			`a < b && c > "d" 'e' 😀`,
		);
		expect(decodeEntities('&amp;lt; stays &lt; and &unknown; too')).toBe(
			'&lt; stays < and &unknown; too',
		);
		expect(decodeEntities('&#0; &#x110000;')).toBe('&#0; &#x110000;');
	});

	test('tags are removed and breaks become line breaks', () => {
		expect(plainText('<b>饭</b>否<br />第二行 &lt;b&gt;')).toBe('饭否\n第二行 <b>');
	});

	test('mentions, topics and links are read from HTML', () => {
		const html =
			'转@<a href="https://fanfou.com/~FgPOFSnmkW8" class="former">kingcos</a> #<a href="/q/%E6%AD%A3%E5%9C%A8%E6%92%AD%E6%94%BE">正在播放</a># <a href="http://example.com/a?b=1&amp;c=2" title="http://example.com/a?b=1&amp;c=2" rel="nofollow" target="_blank">http://example.com/a?b=1&amp;c=2</a> &lt;好&gt;【审核中】';
		expect(parseHtml(html)).toEqual({
			text: '转@kingcos #正在播放# http://example.com/a?b=1&c=2 <好>',
			mentions: [{ id: '~FgPOFSnmkW8', name: 'kingcos' }],
			topics: ['正在播放'],
			links: ['http://example.com/a?b=1&c=2'],
			inReview: true,
		});
	});

	test('a shortened link is returned in full', () => {
		const html =
			'<a href="http://fanfou.com/r/1" title="http://example.com/very/long" target="_blank">http://example.com/ve...</a>';
		expect(parseHtml(html)).toMatchObject({
			text: 'http://example.com/very/long',
			links: ['http://example.com/very/long'],
		});
	});

	test('a link without title is its URL, and an invalid topic stays unchanged', () => {
		const html = `<a href='http://example.com/&lt;a&gt;'>看</a> <a href="/q/100%">100%</a>`;
		expect(parseHtml(html)).toMatchObject({
			text: '看 100%',
			links: ['http://example.com/<a>'],
			topics: ['100%'],
		});
	});

	test('a search result in bold becomes plain text', () => {
		expect(parseHtml('今天<b>读书</b>了').text).toBe('今天读书了');
	});

	test('a Chinese login name is read from an anchor', () => {
		expect(
			parseHtml('@<a href="http://fanfou.com/%E6%B5%8B%E8%AF%95" class="former">甲</a>').mentions,
		).toEqual([{ id: '测试', name: '甲' }]);
	});

	test('characters are counted as code points: one for an emoji, one more for a combining mark', () => {
		expect(countCharacters('😀')).toBe(1);
		expect(countCharacters('e\u0301')).toBe(2);
		expect(countCharacters('👨‍👩‍👧')).toBe(5);
		expect(truncate('😀😀😀', 2, '...')).toBe('😀😀...');
		expect(truncate('😀😀', 2, '...')).toBe('😀😀');
	});

	test('times become ISO 8601, and other texts stay unchanged', () => {
		expect(isoTime('Sun Nov 22 01:59:27 +0000 2026')).toBe('2026-11-22T01:59:27.000Z');
		expect(isoTime('soon')).toBe('soon');
	});

	test('the style suffix of a photo URL is removed', () => {
		expect(originalPhoto('http://photo.fanfou.com/n0/a.jpg@596w_1l.jpg')).toBe(
			'http://photo.fanfou.com/n0/a.jpg',
		);
		expect(originalPhoto('http://photo.fanfou.com/n0/a.jpg')).toBe(
			'http://photo.fanfou.com/n0/a.jpg',
		);
	});
});

describe('composed texts', () => {
	test('a reply begins with the mention once', () => {
		expect(replyText('小明', '好')).toBe('@小明 好');
		expect(replyText('小明', '@小明 好')).toBe('@小明 好');
		expect(replyText('小明', '@小明明 好')).toBe('@小明 @小明明 好');
	});

	test('a repost ends with the quoted text, cut to 140 characters', () => {
		expect(repostText('小明', '原文', '好！')).toBe('好！ 转@小明 原文');
		expect(repostText('小明', '原文', '  ')).toBe('转@小明 原文');
		const long = repostText('小明', '😀'.repeat(200), '好');
		expect(countCharacters(long)).toBe(140);
		expect(long.endsWith('😀')).toBe(true);
	});

	test('a repost whose comment leaves no space for the author is rejected', () => {
		const room = 140 - '转@小明'.length - 1;
		const longest = '评'.repeat(room);
		expect(repostText('小明', '原文', longest)).toBe(`${longest} 转@小明`);
		for (const length of [room + 1, 150]) {
			expect(() => repostText('小明', '原文', '评'.repeat(length))).toThrow(
				`"Comment" has ${length + 5} characters with the mention of @小明`,
			);
		}
	});

	test.each([
		['a link', 'http://example.com/a/very/long/address'],
		['a link in capitals', 'HTTPS://EXAMPLE.COM/A/B'],
		['a link without a scheme', 'www.example.com/a-b'],
		['an address of Fanfou', 'fanfou.com/statuses/abc'],
		['an address of another scheme', 'ftp://example.com/a'],
		['a link with an accent', 'https://example.com/café?été=1'],
		['a mailbox', 'someone@example.com'],
		['a mention', '@somebody_with_a_long_name'],
		['a mention with a full-width sign', '＠小明·李'],
		['a topic', '#正在播放的音乐#'],
	])('a repost contains %s completely or not at all', (_name, part) => {
		const fits = `${'字'.repeat(130 - part.length)} ${part}`;
		expect(repostText('小明', fits, '')).toBe(`转@小明 ${fits}`);
		for (let missing = 1; missing < part.length - 1; missing += 1) {
			const original = `${'字'.repeat(134 + missing - part.length)} ${part}`;
			const text = '字'.repeat(134 + missing - part.length);
			expect(repostText('小明', original, '')).toBe(`转@小明 ${text}`);
		}
		const between = `${part} ${'字'.repeat(200)}`;
		expect(repostText('小明', between, '')).toContain(`转@小明 ${part} 字`);
	});

	test.each([
		[
			'a link in another script',
			'http://例子.测试/路径/很长',
			'<a href="http://例子.测试/路径/很长" title="http://例子.测试/路径/很长">http://例子…</a>',
		],
		['a name with blanks', '@Mr. Long Name', '@<a href="/x" class="former">Mr. Long Name</a>'],
		['a topic with blanks', '#a b c#', '#<a href="/q/a%20b%20c">a b c</a>#'],
	])('a repost contains %s of the HTML completely or not at all', (_name, part, html) => {
		for (let missing = 0; missing < part.length - 1; missing += 1) {
			const text = '字'.repeat(134 + missing - part.length);
			const expected = missing === 0 ? `转@小明 ${text} ${part}` : `转@小明 ${text}`;
			expect(repostText('小明', `${text} ${html}`, '')).toBe(expected);
		}
	});

	test.each(['🇨🇳', '👨‍👩‍👧‍👦', 'e\u0301', '👍🏽', '1️⃣'])('a repost ends with a whole %s', (character) => {
		for (let extra = 0; extra < 4; extra += 1) {
			const rest = repostText('小明', `${'字'.repeat(extra)}${character.repeat(200)}`, '').slice(5);
			expect(rest).toBe(
				`${'字'.repeat(extra)}${character.repeat((rest.length - extra) / character.length)}`,
			);
			expect(rest.length).toBeGreaterThan(100);
		}
	});
});

test('flags written as text become booleans, also nested ones', () => {
	expect(
		parseFlags({
			relationship: { source: { id: 'true story', following: 'true', blocking: 'false' } },
		}),
	).toEqual({ relationship: { source: { id: 'true story', following: true, blocking: false } } });
});

test('names and IDs with the text "true" or "false" stay text', () => {
	const source = { id: 'false', screen_name: 'true', followed_by: 'false', blocking: 'unknown' };
	expect(parseFlags({ relationship: { source } })).toEqual({
		relationship: { source: { ...source, followed_by: false } },
	});
});

describe('URLs', () => {
	const id = (kind: 'user' | 'status', url: string) =>
		new RegExp(locators[kind].url.regex).exec(url)?.[1];

	test('IDs are read from URLs of users and statuses', () => {
		expect(id('user', 'https://fanfou.com/~AbCdEfGhIj0')).toBe('~AbCdEfGhIj0');
		expect(id('user', 'http://m.fanfou.com/wangxing?p.1')).toBe('wangxing');
		expect(id('status', 'https://fanfou.com/statuses/-bC_123xyZ#x')).toBe('-bC_123xyZ');
		expect(id('status', 'http://fanfou.com/photo/AbC')).toBe('AbC');
		expect(id('status', 'https://example.com/statuses/AbC')).toBeUndefined();
		expect(id('user', 'https://fanfou.com/photos')).toBe('photos');
		for (const path of ['statuses/AbC', 'photo/AbC', 'q/%E8%AF%9D', 'followers/wangxing']) {
			expect(id('user', `https://fanfou.com/${path}`)).toBeUndefined();
		}
	});
});

test('the type of a picture is determined by its first bytes', () => {
	const type = (bytes: string) => imageType(Buffer.from(bytes, 'latin1'))?.mimeType;
	expect(type('\xff\xd8\xff\xe0')).toBe('image/jpeg');
	expect(type('\x89PNG\r\n\x1a\n')).toBe('image/png');
	expect(type('GIF89a')).toBe('image/gif');
	expect(type('BM6')).toBe('image/bmp');
	expect(type('RIFF0000WEBPVP8 ')).toBe('image/webp');
	expect(type('RIFF0000WAVE')).toBeUndefined();
	expect(type('<html>')).toBeUndefined();
	expect(type('')).toBeUndefined();
});
