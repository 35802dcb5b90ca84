import { digits, isObject, writeJson, type JsonObject } from '../../core/json';
import type { Parameters } from '../../core/parameters';
import { fail } from '../failure';
import type { Methods } from '../method';
import type { Credit, Member } from '../model';
import type { World } from '../world';
import { serverOf } from './member';

/** How many badges fit on one profile; the real number is not known. */
const MOST_BADGES = 10;

function holderOf(world: World, parameters: Parameters): Member {
	return world.member(serverOf(world, parameters), parameters.text('user_id'));
}

function put(
	member: Member,
	botId: string,
	cardId: string,
	kind: Credit['kind'],
	value: JsonObject,
): void {
	const known = member.credits.get(cardId);
	const ofKind = [...member.credits.values()].filter((credit) => credit.kind === kind);
	if (!known && ofKind.length >= MOST_BADGES) throw fail('badgesFull');
	const title =
		isObject(value.title) && typeof value.title.img === 'string' ? value.title.img : null;
	member.credits.set(cardId, {
		cardId,
		botId,
		content: writeJson(value),
		title,
		version: (known?.version ?? 0) + 1,
		index: known?.index ?? member.credits.size,
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
		throw fail('parameter', 'guild_credit.authority needs icon and name');
	}
	const fits =
		Array.isArray(slots) &&
		slots.every(
			(row) =>
				Array.isArray(row) && row.every((slot) => isObject(slot) && typeof slot.value === 'string'),
		);
	if (!fits) throw fail('parameter', 'guild_credit.slots must be rows of slots with a value');
}

export const badgeMethods: Methods = {
	'badge.get': (parameters, { world }) => {
		const member = holderOf(world, parameters);
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

	'badge.set': (parameters, { world }) => {
		const member = holderOf(world, parameters);
		const badge = parameters.object('guild_credit') ?? {};
		checkBadge(badge);
		put(member, world.botId, parameters.text('card_id'), 'badge', badge);
		return true;
	},

	'badge.setGameRecord': (parameters, { world }) => {
		const record = parameters.object('game_credit') ?? {};
		put(holderOf(world, parameters), world.botId, parameters.text('card_id'), 'game', record);
		return true;
	},

	'badge.delete': (parameters, { world }) => {
		const removed = holderOf(world, parameters).credits.delete(parameters.text('card_id'));
		if (!removed) throw fail('parameter', 'the badge does not exist');
		return true;
	},
};
