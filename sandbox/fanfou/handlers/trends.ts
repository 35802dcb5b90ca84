import type { ApiHandlers } from '../api';
import { dateText } from '../ids';
import { encode } from '../oauth';
import type { Store } from '../store';

const MOST = 10;

/** The topics (#…#) of all public statuses, the most used first. */
function topicsOf(store: Store): string[] {
	const uses = new Map<string, number>();
	for (const { text, isInReview, userId } of store.statuses.where(() => true)) {
		if (isInReview || store.users.get(userId).isProtected) continue;
		for (const [, topic = ''] of text.matchAll(/#([^#\s][^#]*)#/g)) {
			uses.set(topic, (uses.get(topic) ?? 0) + 1);
		}
	}
	return [...uses].sort(([, a], [, b]) => b - a).map(([topic]) => topic);
}

export const trendHandlers: ApiHandlers = {
	'trends.list': ({ store }) => ({
		json: {
			as_of: dateText(store.clock.now()),
			trends: topicsOf(store)
				.slice(0, MOST)
				.map((topic) => ({
					name: topic,
					query: `#${topic}#`,
					url: `http://fanfou.com/q/${encode(topic)}`,
				})),
		},
	}),

	// Listed for completeness: the last client that read it is from 2018.
	'stream.user': ({ store, me }) => ({
		stream: store.streams.subscribe(me.id),
		contentType: 'application/json; charset=utf-8',
	}),
};
