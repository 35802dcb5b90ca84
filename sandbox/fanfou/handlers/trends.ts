import type { ApiHandlers } from '../context';
import { dateText } from '../ids';
import { encode } from '../oauth';
import type { FanfouState } from '../state';

const MAX_TRENDS = 10;

/** Lists the topics (#…#) of all public statuses, most used first. */
function topicsOf(state: FanfouState): string[] {
	const uses = new Map<string, number>();
	for (const { text, isInReview, userId } of state.statuses.filter(() => true)) {
		if (isInReview || state.users.get(userId).isProtected) continue;
		for (const [, topic = ''] of text.matchAll(/#([^#\s][^#]*)#/g)) {
			uses.set(topic, (uses.get(topic) ?? 0) + 1);
		}
	}
	return [...uses].sort(([, a], [, b]) => b - a).map(([topic]) => topic);
}

export const trendHandlers: ApiHandlers = {
	'trends.list': ({ state }) => ({
		json: {
			as_of: dateText(state.clock.now()),
			trends: topicsOf(state)
				.slice(0, MAX_TRENDS)
				.map((topic) => ({
					name: topic,
					query: `#${topic}#`,
					url: `http://fanfou.com/q/${encode(topic)}`,
				})),
		},
	}),

	// Included for completeness; the last known client of this stream is from 2018.
	'stream.user': ({ state, me }) => ({
		stream: state.streams.subscribe(me.id),
		contentType: 'application/json; charset=utf-8',
	}),
};
