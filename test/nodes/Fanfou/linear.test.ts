import { toApiError } from '../../../nodes/Fanfou/apiErrors';
import { repostText } from '../../../nodes/Fanfou/compose/status';
import { parseResponse } from '../../../nodes/Fanfou/parseResponse';
import {
	decodeEntities,
	isoTime,
	originalPhoto,
	parseHtml,
	plainText,
	truncateBetweenLinks,
} from '../../../nodes/Fanfou/text';
import type { CalledFanfouOperation } from '../../../nodes/Fanfou/operation';
import { shareOfQuadraticTime } from '../../support/cpuTime';

/** Texts of 100 kB for which an expression with two open ends is quadratic. */
const TEXTS: Array<[string, string]> = [
	['blanks between letters', `a${' '.repeat(100_000)}a`],
	['line breaks and dots', `a${' .\n'.repeat(33_000)}a`],
	['opening tags', '<'.repeat(100_000)],
	['anchors without an end', '<a href="x">'.repeat(8_000)],
	['attributes without an end', `<a ${'href='.repeat(20_000)}>x</a>`],
	['quotes without an end', `<a ${'href=\'x href="'.repeat(7_000)}>x</a>`],
	['breaks without an end', '<br '.repeat(25_000)],
	['error tags', '<error>'.repeat(14_000)],
	['title tags', '<title>'.repeat(14_000)],
	['ampersands', '&'.repeat(100_000)],
	['a long entity', `&${'a'.repeat(100_000)}`],
	['numbers in entities', '&#1'.repeat(33_000)],
	['review marks', '【审核中】 '.repeat(16_000)],
	['images', `${'.a@'.repeat(33_000)}/`],
	['words of a follow request', '已请求申请等待需要'.repeat(11_000)],
	['words of a rate limit', '调用'.repeat(50_000)],
	['addresses', 'http://'.repeat(14_000)],
	['mentions', '@'.repeat(100_000)],
	['base strings', 'Expected basestring is '.repeat(4_300)],
];

const follow: CalledFanfouOperation = {
	name: 'Follow',
	endpoint: 'POST friendships/create.json',
	reinterpretError: 'requestSent',
};

test.each(TEXTS)('100 kB of %s are read in linear time', async (_name, text) => {
	const request = {
		endpoint: follow.endpoint,
		method: 'POST' as const,
		url: 'https://api.fanfou.com/friendships/create.json',
		headers: {},
		operation: follow,
		writes: true,
	};
	const bodies = [text, JSON.stringify({ error: text }), `<error>${text}</error>`];
	const share = await shareOfQuadraticTime(() => {
		for (const body of bodies) {
			for (const status of [200, 400, 401, 403, 404, 502]) {
				toApiError({ status, headers: {}, text: body }, false);
				parseResponse({ status, headers: {}, text: body }, request);
			}
		}
		parseHtml(text);
		plainText(text);
		decodeEntities(text);
		originalPhoto(text);
		isoTime(text);
		truncateBetweenLinks(text, 140);
		repostText('a', text, '');
	});
	// Quadratic expressions took 10 s; all of these together take about 0.1 s.
	expect(share).toBeLessThan(1);
});
