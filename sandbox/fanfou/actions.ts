import type { JsonObject } from '../core/json';
import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import { DEFAULT_SETTINGS, type FanfouSettings } from './settings';
import type { FanfouSimulation } from './simulation';

function readSettings(input: Parameters): Partial<FanfouSettings> {
	const changes: Partial<FanfouSettings> = {};
	for (const name of Object.keys(DEFAULT_SETTINGS)) {
		if (!input.has(name)) continue;
		switch (name) {
			case 'followRequestStatus':
			case 'notBlockedStatus':
			case 'hourlyLimit':
				changes[name] = input.integer(name, DEFAULT_SETTINGS[name]);
				break;
			case 'maxIdInclusive':
			case 'shortPages':
			case 'repeatedPages':
			case 'replyNeedsMention':
			case 'rejectDuplicates':
			case 'textNotifyNum':
			case 'xmlErrors':
			case 'rateLimitHeaders':
				changes[name] = input.boolean(name) ?? false;
				break;
		}
	}
	return changes;
}

/** Creates the actions of POST /_admin/fanfou/<action>. Each calls a method of FanfouSimulation. */
export function createActions(simulation: FanfouSimulation): Record<string, Action> {
	const action =
		(run: (input: Parameters) => unknown): Action =>
		(input: JsonObject) =>
			run(new Parameters(new Map(Object.entries(input)))) ?? { ok: true };
	const posted = ({ id, order }: { id: string; order: number }): unknown => ({ id, rawid: order });
	return {
		post: action((input) => {
			const replyToStatusId = input.optionalText('replyTo');
			const options = replyToStatusId === undefined ? {} : { replyToStatusId };
			return posted(simulation.post(input.text('user'), input.text('text'), options));
		}),
		mention: action((input) =>
			posted(simulation.mention(input.text('from'), input.text('to'), input.text('text'))),
		),
		reply: action((input) =>
			posted(simulation.reply(input.text('from'), input.text('status'), input.text('text'))),
		),
		repost: action((input) =>
			posted(simulation.repost(input.text('from'), input.text('status'), input.text('text'))),
		),
		delete: action((input) => {
			simulation.deleteStatus(input.text('status'));
		}),
		/** {user, status, on?} */
		favorite: action((input) => {
			const isFavorite = input.boolean('on') ?? true;
			simulation.setFavorite(input.text('user'), input.text('status'), isFavorite);
		}),
		follow: action((input) => {
			simulation.follow(input.text('from'), input.text('to'));
		}),
		unfollow: action((input) => {
			simulation.unfollow(input.text('from'), input.text('to'));
		}),
		request: action((input) => {
			simulation.requestToFollow(input.text('from'), input.text('to'));
		}),
		accept: action((input) => ({
			ok: simulation.acceptFollowRequest(input.text('owner'), input.text('from')),
		})),
		block: action((input) => {
			simulation.block(input.text('from'), input.text('to'));
		}),
		protect: action((input) => {
			simulation.setProtected(input.text('user'), input.boolean('on') ?? true);
		}),
		dm: action((input) => {
			const { id } = simulation.sendDirectMessage(
				input.text('from'),
				input.text('to'),
				input.text('text'),
			);
			return { id };
		}),
		moderation: action((input) => {
			simulation.setModeration(input.boolean('on') ?? true);
		}),
		approve: action((input) => {
			simulation.approveStatuses(input.optionalText('status'));
		}),
		settings: action((input) => simulation.updateSettings(readSettings(input))),
		revoke: action((input) => ({ revoked: simulation.revokeTokens(input.text('user')) })),
		counters: action(() => simulation.countRecords()),
	};
}
