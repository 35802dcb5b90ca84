import type { JsonObject } from '../core/json';
import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import { DEFAULT_QUIRKS, type Quirks } from './quirks';
import type { Town } from './town';

function readQuirks(input: Parameters): Partial<Quirks> {
	const changes: Partial<Quirks> = {};
	for (const name of Object.keys(DEFAULT_QUIRKS)) {
		if (!input.has(name)) continue;
		switch (name) {
			case 'followRequestStatus':
			case 'notBlockedStatus':
			case 'hourlyLimit':
				changes[name] = input.integer(name, DEFAULT_QUIRKS[name]);
				break;
			case 'maxIdInclusive':
			case 'shortPages':
			case 'repeatedPages':
			case 'replyNeedsMention':
			case 'refuseDuplicates':
			case 'textNotifyNum':
			case 'xmlFailures':
			case 'rateLimitHeaders':
				changes[name] = input.boolean(name) ?? false;
				break;
		}
	}
	return changes;
}

/** What POST /_admin/fanfou/<action> can do: the methods of Town by name. */
export function createActions(town: Town): Record<string, Action> {
	const action =
		(run: (input: Parameters) => unknown): Action =>
		(input: JsonObject) =>
			run(new Parameters(new Map(Object.entries(input)))) ?? { ok: true };
	const posted = ({ id, order }: { id: string; order: number }): unknown => ({ id, rawid: order });
	return {
		say: action((input) => {
			const replyToStatusId = input.optionalText('replyTo');
			const more = replyToStatusId === undefined ? {} : { replyToStatusId };
			return posted(town.say(input.text('user'), input.text('text'), more));
		}),
		mention: action((input) =>
			posted(town.mention(input.text('from'), input.text('to'), input.text('text'))),
		),
		reply: action((input) =>
			posted(town.reply(input.text('from'), input.text('status'), input.text('text'))),
		),
		repost: action((input) =>
			posted(town.repost(input.text('from'), input.text('status'), input.text('text'))),
		),
		delete: action((input) => {
			town.deleteStatus(input.text('status'));
		}),
		follow: action((input) => {
			town.follow(input.text('from'), input.text('to'));
		}),
		unfollow: action((input) => {
			town.unfollow(input.text('from'), input.text('to'));
		}),
		request: action((input) => {
			town.request(input.text('from'), input.text('to'));
		}),
		accept: action((input) => ({ ok: town.accept(input.text('owner'), input.text('from')) })),
		block: action((input) => {
			town.block(input.text('from'), input.text('to'));
		}),
		protect: action((input) => {
			town.protect(input.text('user'), input.boolean('on') ?? true);
		}),
		dm: action((input) => {
			const { id } = town.dm(input.text('from'), input.text('to'), input.text('text'));
			return { id };
		}),
		moderation: action((input) => {
			town.moderation(input.boolean('on') ?? true);
		}),
		approve: action((input) => {
			town.approve(input.optionalText('status'));
		}),
		quirks: action((input) => town.quirks(readQuirks(input))),
		revoke: action((input) => ({ revoked: town.revokeTokens(input.text('user')) })),
		counters: action(() => town.counters()),
	};
}
