import { digits, isObject, writeJson, type JsonObject } from '../../core/json';
import type { Parameters } from '../../core/parameters';
import { createError } from '../errors';
import type { MethodHandlers } from '../context';
import type { Credit, Member } from '../model';
import type { FanbookState } from '../state';
import { readServer } from './member';

/** The most badges per profile; the service's number is unknown. */
const MAX_BADGES = 10;

function readMember(state: FanbookState, parameters: Parameters): Member {
	return state.member(readServer(state, parameters), parameters.text('user_id'));
}

function storeCredit(
	member: Member,
	{
		botId,
		cardId,
		kind,
		value,
	}: { botId: string; cardId: string; kind: Credit['kind']; value: JsonObject },
): void {
	const existing = member.credits.get(cardId);
	const ofKind = [...member.credits.values()].filter((credit) => credit.kind === kind);
	if (!existing && ofKind.length >= MAX_BADGES) throw createError('badgesFull');
	const title =
		isObject(value.title) && typeof value.title.img === 'string' ? value.title.img : null;
	member.credits.set(cardId, {
		cardId,
		botId,
		content: writeJson(value),
		title,
		version: (existing?.version ?? 0) + 1,
		index: existing?.index ?? member.credits.size,
		kind,
	});
}

function checkBadge(badge: JsonObject): void {
	const { authority, slots } = badge;
	if (
		!isObject(authority) ||
		typeof authority.name !== 'string' ||
		typeof authority.icon !== 'string'
	) {
		throw createError('parameter', 'guild_credit.authority needs icon and name');
	}
	const fits =
		Array.isArray(slots) &&
		slots.every(
			(row) =>
				Array.isArray(row) && row.every((slot) => isObject(slot) && typeof slot.value === 'string'),
		);
	if (!fits)
		throw createError('parameter', 'guild_credit.slots must be rows of slots with a value');
}

export const badgeHandlers: MethodHandlers = {
	'badge.get': (parameters, { state }) => {
		const member = readMember(state, parameters);
		const badges = [...member.credits.values()].filter(({ kind }) => kind === 'badge');
		const credits = badges.map(({ cardId, botId, content, title, version, index }) => [
			cardId,
			{
				bot_id: digits(botId),
				card_id: cardId,
				content,
				title: title !== null ? { img: title } : null,
				v: version,
				visible: true,
				index,
			},
		]);
		return [{ user_id: member.userId, credits: Object.fromEntries(credits) }];
	},

	'badge.set': (parameters, { state }) => {
		const member = readMember(state, parameters);
		const badge = parameters.object('guild_credit') ?? {};
		checkBadge(badge);
		storeCredit(member, {
			botId: state.botId,
			cardId: parameters.text('card_id'),
			kind: 'badge',
			value: badge,
		});
		return true;
	},

	'badge.setGameRecord': (parameters, { state }) => {
		const record = parameters.object('game_credit') ?? {};
		storeCredit(readMember(state, parameters), {
			botId: state.botId,
			cardId: parameters.text('card_id'),
			kind: 'game',
			value: record,
		});
		return true;
	},

	'badge.delete': (parameters, { state }) => {
		const removed = readMember(state, parameters).credits.delete(parameters.text('card_id'));
		if (!removed) throw createError('parameter', 'the badge does not exist');
		return true;
	},
};
