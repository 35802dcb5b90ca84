import { compareBySubscriptionStart, dayOf, subscriberHistory } from '../subscriberHistory';
import type { FanvueContext, FanvueHandlers } from '../context';
import { chatView, partnerOf } from '../chatViews';
import { subscribersOf } from '../fans';
import type { TeamMember, User } from '../model';
import { validationError, iso, notFound, ok, badRequest } from '../replies';
import { fanUser, fanUserOf } from '../userViews';
import type { FanvueState } from '../state';
import { DAY, HOUR } from '../time';

/** Returns the requested managed creators (default: all). Unknown UUIDs are ignored. */
function creatorsOf(context: FanvueContext): string[] {
	const requested = context.ids('creatorUuids');
	const { creatorUuids } = context.state.agency;
	return requested.length === 0
		? creatorUuids
		: creatorUuids.filter((id) => requested.includes(id));
}

/** Reads a period with two required dates. */
function periodOf(context: FanvueContext): { start: number; end: number } {
	const start = context.time('startDate') ?? 0;
	const end = context.time('endDate') ?? 0;
	if (end <= start) throw validationError('endDate must be after startDate');
	if (end - start > 365 * DAY) throw validationError('The range must not be longer than 365 days');
	return { start, end };
}

function memberView(state: FanvueState, member: TeamMember): Record<string, unknown> {
	const user = state.requireUser(member.userUuid);
	return {
		uuid: user.uuid,
		isAdmin: member.isAdmin,
		nickname: member.nickname,
		email: user.email,
		displayName: user.displayName,
		creatorAccess: member.creatorAccess,
	};
}

function byEmail(context: FanvueContext): User {
	const email = context.parameters.text('email').toLowerCase();
	if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw validationError('email must be an e-mail address');
	for (const user of context.state.users.values()) if (user.email === email) return user;
	throw notFound('User');
}

function listAgencyChats(context: FanvueContext): ReturnType<FanvueHandlers[string]> {
	const { state } = context;
	const rows = creatorsOf(context).flatMap((creatorUuid) =>
		state.conversationsOf(creatorUuid).map((conversation) => ({ creatorUuid, conversation })),
	);
	const lastAt = ({ conversation }: (typeof rows)[number]): number =>
		conversation.messages.at(-1)?.sentAt ?? conversation.createdAt;
	return context.list(
		rows.sort((a, b) => lastAt(b) - lastAt(a)),
		({ creatorUuid, conversation }) => `${creatorUuid} ${partnerOf(conversation, creatorUuid)}`,
		({ creatorUuid, conversation }) => ({
			...chatView(state, { conversation, viewerUuid: creatorUuid, isV1: false }),
			creatorUuid,
		}),
	);
}

function listAgencyEarningsByDay(context: FanvueContext): ReturnType<FanvueHandlers[string]> {
	const { start, end } = periodOf(context);
	const creators = new Set(creatorsOf(context));
	const rows = new Map<string, { creatorUuid: string; date: string; gross: number; net: number }>();
	for (const { creatorUuid, at, gross, net } of context.state.sales) {
		if (!creators.has(creatorUuid) || at < start || at >= end) continue;
		const date = dayOf(at);
		const key = `${date} ${creatorUuid}`;
		const row = rows.get(key) ?? { creatorUuid, date, gross: 0, net: 0 };
		rows.set(key, { ...row, gross: row.gross + gross, net: row.net + net });
	}
	const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b));
	return context.list(
		sorted,
		([key]) => key,
		([, row]) => ({ ...row, currency: 'USD' }),
	);
}

function leaderboardRow(
	state: FanvueState,
	{ member, start, end }: { member: TeamMember; start: number; end: number },
): Record<string, unknown> {
	const user = state.requireUser(member.userUuid);
	const messages = [...state.conversations.values()]
		.flatMap((conversation) => conversation.messages)
		.filter(({ sentByUserId }) => sentByUserId === user.uuid)
		.filter(({ sentAt }) => sentAt >= start && sentAt < end);
	const paid = messages.filter(({ price }) => price !== null);
	const unlocked = paid.filter(({ purchasedAt }) => purchasedAt !== null);
	const revenue = unlocked.reduce((sum, { price }) => sum + (price ?? 0), 0);
	// An hour is active if a message was sent in it.
	const hours = new Set(messages.map(({ sentAt }) => Math.floor(sentAt / HOUR))).size;
	const share = (part: number, whole: number): number =>
		whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000;
	return {
		chatterUuid: user.uuid,
		chatterName: member.nickname ?? user.displayName,
		avatarUrl: fanUser(state, user.uuid, user)['avatarUrl'],
		messages: messages.length,
		ppvsSent: paid.length,
		ppvsUnlocked: unlocked.length,
		revenue,
		goldenRatio: share(paid.length, messages.length),
		unlockRatio: share(unlocked.length, paid.length),
		activeHours: hours,
		eph: hours === 0 ? 0 : Math.round(revenue / hours),
		avgResponseMs: messages.length === 0 ? null : 180_000,
	};
}

export const agencyHandlers: FanvueHandlers = {
	listAgencyChats,
	listAgencyEarningsByDay,

	getChatterLeaderboard(context) {
		const { state } = context;
		const requested = context.ids('chatterUuids');
		const start = context.time('startDate') ?? -Infinity;
		const end = context.time('endDate') ?? Infinity;
		const rows = state.agency.members
			.filter(({ userUuid }) => requested.length === 0 || requested.includes(userUuid))
			.map((member) => leaderboardRow(state, { member, start, end }));
		return ok({ data: rows });
	},

	listAgencySubscribers(context) {
		const { state } = context;
		const relationships = creatorsOf(context).flatMap((uuid) => subscribersOf(state, uuid));
		return context.list(
			relationships.sort(compareBySubscriptionStart).reverse(),
			({ creatorUuid, fanUuid }) => `${creatorUuid} ${fanUuid}`,
			({ creatorUuid, fanUuid, subscription }) => ({
				...fanUserOf(state, creatorUuid, fanUuid),
				creatorUuid,
				subscribedAt: iso(subscription?.firstSubscribedAt ?? null),
				expiresAt: subscription?.autoRenewal ? null : iso(subscription?.periodEnd ?? null),
			}),
		);
	},

	listAgencySubscribersHistory(context) {
		const { start, end } = periodOf(context);
		const rows = creatorsOf(context).flatMap((creatorUuid) =>
			subscriberHistory(context.state, { creatorUuid, start, end }).map((day) => ({
				creatorUuid,
				...day,
			})),
		);
		rows.sort((a, b) => a.date.localeCompare(b.date));
		return context.list(
			rows,
			({ creatorUuid, date }) => `${date} ${creatorUuid}`,
			(row) => row,
		);
	},

	listTeamMembers({ state }) {
		return ok(state.agency.members.map((member) => memberView(state, member)));
	},

	updateTeamMember(context) {
		const { state, parameters } = context;
		const userId = context.id('userId');
		const member = state.agency.members.find(({ userUuid }) => userUuid === userId);
		if (!member) throw notFound('Team member');
		const uuids = context.ids('creatorUuids');
		const unknown = uuids.find((uuid) => !state.agency.creatorUuids.includes(uuid));
		if (unknown !== undefined) throw badRequest(`Creator ${unknown} is not managed by the agency`);
		const role = member.isAdmin ? 'ADMIN' : 'CHATTER';
		// A list replaces the access. Null leaves it unchanged.
		if (!parameters.isNull('creatorUuids')) {
			member.creatorAccess = uuids.map((uuid) => ({ uuid, role }));
		}
		if (parameters.has('nickname')) member.nickname = parameters.optionalText('nickname') ?? null;
		return ok(memberView(state, member));
	},

	createAgencyInvite(context) {
		const user = byEmail(context);
		if (user.isCreator) throw badRequest('A creator cannot be invited to the team');
		const uuid = context.state.ids.next('invite');
		context.state.agency.invites.push({ uuid, email: user.email, kind: 'member' });
		return ok({ success: true, message: 'Invite sent', inviteUuid: uuid });
	},

	createCreatorInvite(context) {
		const user = byEmail(context);
		if (!user.isCreator) throw badRequest('Only a creator can be invited here');
		const uuid = context.state.ids.next('invite');
		context.state.agency.invites.push({ uuid, email: user.email, kind: 'creator' });
		return ok({ success: true, message: 'Invite sent' });
	},

	listCreators(context) {
		const { state, account } = context;
		const member = state.agency.members.find(({ userUuid }) => userUuid === account.user.uuid);
		return context.list(
			member?.creatorAccess ?? [],
			({ uuid }) => uuid,
			({ uuid, role }) => ({ ...fanUserOf(state, account.user.uuid, uuid), role }),
		);
	},
};
