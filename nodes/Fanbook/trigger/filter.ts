import { testPattern } from '../../shared/host';
import type { EventName, Happening, MessageType, Tidy } from './happening';
import { MESSAGE_TYPES } from './happening';

/** What a workflow wants to be started by. An empty list leaves that matter open. */
export interface Wishes {
	/** `any` stands for every event, unknown ones included. */
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

/**
 * The event under which a happening starts the workflow, or `undefined` when it does not. What
 * the bot itself did never does, so that no workflow can answer itself.
 */
export function wanted(
	{ events, tidy }: Happening,
	wishes: Wishes,
	botId: string,
): EventName | undefined {
	const event = wishes.events.includes('any')
		? events[0]
		: events.find((name) => wishes.events.includes(name));
	if (event === undefined || tidy.user_id === botId) return undefined;
	if (wishes.ignoreBots && tidy.author.bot === true) return undefined;
	if (!fits(wishes.servers, tidy.guild_id) || !fits(wishes.channels, tidy.channel_id)) {
		return undefined;
	}
	if (!fits(wishes.users, tidy.user_id)) return undefined;
	if (wishes.roles.length > 0 && !tidy.author.roles.some((role) => wishes.roles.includes(role))) {
		return undefined;
	}
	return !events.includes('message') || saysWhatIsWanted(tidy, wishes) ? event : undefined;
}

function fits(list: string[], id: string | null): boolean {
	return list.length === 0 || (id !== null && list.includes(id));
}

/** These only concern messages; other events have no text to look at. */
function saysWhatIsWanted(tidy: Tidy, wishes: Wishes): boolean {
	const { messageTypes, onlyMentions, contains, commands, pattern } = wishes;
	if (messageTypes.length > 0 && !messageTypes.includes(typeOf(tidy))) return false;
	if (onlyMentions && !tidy.mentions_bot) return false;
	if (contains !== '' && !folded(tidy.text).includes(folded(contains))) return false;
	if (commands.length > 0) {
		const { command } = tidy;
		if (command === null || !commands.some((name) => folded(name) === folded(command))) {
			return false;
		}
	}
	return pattern === undefined || testPattern(pattern, tidy.text);
}

function typeOf({ message_type: type }: Tidy): MessageType {
	return MESSAGE_TYPES.find((known) => known === type) ?? 'other';
}

function folded(text: string): string {
	return text.toLowerCase();
}
