import type { NodeFailure } from '../../../shared/errors';
import { percentDecode } from '../../../shared/http';
import { ALL_TOPICS, ANY_EVENT, TOPICS } from '../../webhookTopics';

/** Longest text in which scopes and topics are searched. */
const MAX_TEXT = 5000;

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
 * @param scope the scopes of the token as text or list; without any scope of Fanvue they are unknown
 */
export function selectTopics(chosen: string[], scope: unknown): TopicSelection {
	const scopes = scopesIn(Array.isArray(scope) ? scope.join(' ') : scope);
	const granted = scopes.length === 0 ? undefined : scopes;
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

/** Returns the scopes that a text names, whatever separates them, in linear time. */
function scopesIn(text: unknown): string[] {
	if (typeof text !== 'string') return [];
	const found = percentDecode(text.slice(0, MAX_TEXT)).matchAll(/(?:read|write):[a-z_]{1,40}/gi);
	return [...found].map(([scope]) => scope.toLowerCase());
}

/**
 * Removes the topics that a refusal names, or whose scope it names. Returns `undefined` when that leaves
 * all topics or none.
 */
export function withoutRefusedTopics(
	{ topics, leftOut }: TopicSelection,
	failure: NodeFailure,
): TopicSelection | undefined {
	if (!['400', '403', '422'].includes(failure.httpCode ?? '')) return undefined;
	const text = failure.message.slice(0, MAX_TEXT);
	const words = new Set(text.split(/[^a-z_.]+/i).map(trimDots));
	const scopes = scopesIn(text);
	const reasons = new Map<string, string>();
	for (const topic of topics) {
		const scope = ALL_TOPICS.find(({ value }) => value === topic)?.scope;
		if (words.has(topic)) reasons.set(topic, 'refused by Fanvue');
		else if (scope !== undefined && scopes.includes(scope)) reasons.set(topic, `needs ${scope}`);
	}
	if (reasons.size === 0 || reasons.size === topics.length) return undefined;
	return {
		topics: topics.filter((topic) => !reasons.has(topic)),
		leftOut: [...leftOut, ...[...reasons].map(([topic, reason]) => `${topic} (${reason})`)],
	};
}

function trimDots(word: string): string {
	return word.endsWith('.') ? word.slice(0, -1) : word;
}
