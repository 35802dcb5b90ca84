import { testPattern } from '../../../shared/host';
import type { EventName, FanbookEvent, MessageType, NormalizedEvent } from './event';
import { MESSAGE_TYPES } from './event';
import { PRIVATE_CHAT } from './normalize';

/**
 * Conditions under which an event starts the workflow. An empty list or text matches every event.
 */
export interface EventFilter {
	/** `any` matches all events, including `other`. */
	events: Array<EventName | 'any'>;
	messageTypes: MessageType[];
	servers: string[];
	channels: string[];
	users: string[];
	roles: string[];
	ignoreBots: boolean;
	onlyMentions: boolean;
	contains: string;
	/** Commands without their slash. */
	commands: string[];
	pattern: RegExp | undefined;
}

/** Events that Fanbook may send without their server. */
const CLICKS: EventName[] = ['buttonClicked', 'cardClicked'];

/** Events of a server and none of its channels. Channels does not exclude those that are chosen by name. */
const SERVER_EVENTS: EventName[] = ['memberJoined', 'memberLeft', 'memberOnline', 'memberOffline'];

/**
 * Returns the name under which an event starts the workflow, or `undefined` when it does not.
 * Events caused by the bot itself never match, so that a workflow cannot trigger itself.
 *
 * @throws when n8n stopped the evaluation of the pattern
 */
export function matchEvent(
	event: FanbookEvent,
	filter: EventFilter,
	botId: string,
): EventName | undefined {
	const { names, data } = event;
	const name = filter.events.includes('any')
		? names[0]
		: names.find((candidate) => filter.events.includes(candidate));
	if (name === undefined || data.user_id === botId) return undefined;
	if (filter.ignoreBots && data.author.bot === true) return undefined;
	if (!isInServers(event, filter.servers)) return undefined;
	const isOfServer = SERVER_EVENTS.includes(name) && filter.events.includes(name);
	if (!isOfServer && !isListed(filter.channels, data.channel_id)) return undefined;
	if (!isListed(filter.users, data.user_id)) return undefined;
	if (filter.roles.length > 0 && !data.author.roles.some((role) => filter.roles.includes(role))) {
		return undefined;
	}
	// The remaining conditions apply to messages only; other events have no text.
	const isMessage = names.includes('message') || names.includes('messageEdited');
	return !isMessage || matchesMessageFilter(data, filter) ? name : undefined;
}

function isInServers({ names, data }: FanbookEvent, servers: string[]): boolean {
	const isUnknown = data.guild_id === null && data.channel_type !== PRIVATE_CHAT;
	if (isUnknown && names.some((name) => CLICKS.includes(name))) return true;
	return isListed(servers, data.guild_id);
}

function isListed(list: string[], id: string | null): boolean {
	return list.length === 0 || (id !== null && list.includes(id));
}

function matchesMessageFilter(message: NormalizedEvent, filter: EventFilter): boolean {
	const { messageTypes, onlyMentions, contains, commands, pattern } = filter;
	if (messageTypes.length > 0 && !messageTypes.includes(messageTypeOf(message))) return false;
	if (onlyMentions && !message.mentions_bot) return false;
	if (contains !== '' && !lowerCase(message.text).includes(lowerCase(contains))) return false;
	if (commands.length > 0) {
		const { command } = message;
		if (command === null || !commands.some((name) => lowerCase(name) === lowerCase(command))) {
			return false;
		}
	}
	return pattern === undefined || testPattern(pattern, message.text);
}

function messageTypeOf({ message_type: type }: NormalizedEvent): MessageType {
	return MESSAGE_TYPES.find((known) => known === type) ?? 'other';
}

function lowerCase(text: string): string {
	return text.toLowerCase();
}
