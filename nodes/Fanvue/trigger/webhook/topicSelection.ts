import type { NodeFailure } from '../../../shared/errors';
import { ALL_TOPICS, ANY_EVENT, TOPICS } from '../events/topics';

/** The topics of a subscription. */
export interface TopicSelection {
	topics: string[];
	/** Chosen topics that Fanvue would refuse, each with the reason. */
	leftOut: string[];
}

/**
 * Returns the topics to subscribe to. A topic whose scope the connection lacks would make Fanvue refuse
 * the whole subscription, so it is left out.
 *
 * @param scope the scopes of the token, separated by spaces; everything else means unknown
 */
export function selectTopics(chosen: string[], scope: unknown): TopicSelection {
	const granted =
		typeof scope === 'string' && scope.trim() !== '' ? scope.split(/[\s,]+/) : undefined;
	const wanted = chosen.includes(ANY_EVENT) ? TOPICS.map(({ value }) => value) : chosen;
	const topics: string[] = [];
	const leftOut: string[] = [];
	for (const topic of new Set(wanted)) {
		const known = ALL_TOPICS.find(({ value }) => value === topic);
		if (known?.appOnly === true) leftOut.push(`${topic} (sent to the app only)`);
		else if (known?.scope !== undefined && granted?.includes(known.scope) === false) {
			leftOut.push(`${topic} (needs ${known.scope})`);
		} else topics.push(topic);
	}
	return { topics, leftOut };
}

/** Removes the topics that a refusal names. Returns `undefined` when it names none or all of them. */
export function withoutRefusedTopics(
	{ topics, leftOut }: TopicSelection,
	failure: NodeFailure,
): TopicSelection | undefined {
	if (failure.httpCode !== '400' && failure.httpCode !== '403') return undefined;
	const words = new Set(
		failure.message
			.slice(0, 5000)
			.split(/[^a-z_.]+/i)
			.map(trimDots),
	);
	const refused = topics.filter((topic) => words.has(topic));
	if (refused.length === 0 || refused.length === topics.length) return undefined;
	return {
		topics: topics.filter((topic) => !refused.includes(topic)),
		leftOut: [...leftOut, ...refused.map((topic) => `${topic} (refused by Fanvue)`)],
	};
}

function trimDots(word: string): string {
	return word.endsWith('.') ? word.slice(0, -1) : word;
}
