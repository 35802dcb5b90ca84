import { textOf, type FanvueEvent } from './members';
import { isJsonObject } from '../../../shared/json';
import { ANY_EVENT, currentTopic } from '../../webhookTopics';

/** Conditions under which an event starts the workflow. */
export interface EventFilter {
	/** Chosen topics; `*` for all. */
	events: string[];
	/** Whether Message: Received also starts the workflow for messages of the creator. */
	includeOwnMessages: boolean;
}

/** Returns whether an event starts the workflow. */
export function matchesFilter(event: FanvueEvent, filter: EventFilter): boolean {
	const { message } = event;
	const isOwnMessage =
		event.event === 'creator.message.received' &&
		isJsonObject(message) &&
		message.sender === 'creator';
	if (isOwnMessage && !filter.includeOwnMessages) return false;
	return filter.events.some((chosen) => chosen === ANY_EVENT || matchesTopic(event, chosen));
}

/** Whether an event has a topic, or the one that replaced it. All kinds of payments became one topic. */
function matchesTopic({ event, payment }: FanvueEvent, topic: string): boolean {
	if (currentTopic(topic) !== event) return false;
	const source = isJsonObject(payment) ? textOf(payment.source) : '';
	if (source === '') return true;
	if (topic === 'tip.new') return source === 'tip';
	return topic !== 'purchase.new' || ['message', 'post'].includes(source);
}
