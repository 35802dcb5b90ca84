import { compareBySubscriptionStart, dayOf, subscriberHistory } from '../subscriberHistory';
import type { FanvueContext, FanvueHandlers } from '../context';
import { chatView, partnerOf } from '../chatViews';
import { subscribersOf } from '../fans';
import type { TeamMember, User } from '../model';
import { validationError, iso, notFound, ok, badRequest } from '../replies';
import { fanUser, fanUserOf } from '../userViews';
import type { FanvueState } from '../state';

const DAY = 86_400_000;

/** The managed creators a request is about: all, or those named. Strangers among them count as none. */
function creatorsOf(call: FanvueContext): string[] {
	const wanted = call.ids('creatorUuids');
	const { creatorUuids } = call.state.agency;
	return wanted.length === 0 ? creatorUuids : creatorUuids.filter((id) => wanted.includes(id));
}

/** The period of a request whose dates are both required. */
function periodOf(call: FanvueContext): { start: number; end: number } {
	const start = call.time('startDate') ?? 0;
	const end = call.time('endDate') ?? 0;
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

function byEmail(call: FanvueContext): User {
	const email = call.parameters.text('email').toLowerCase();
	if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw validationError('email must be an e-mail address');
	for (const user of call.state.users.values()) if (user.email === email) return user;
	throw notFound('User');
}

function listAgencyChats(call: FanvueContext): ReturnType<FanvueHandlers[string]> {
	const { state } = call;
	const rows = creatorsOf(call).flatMap((creatorUuid) =>
		state.conversationsOf(creatorUuid).map((conversation) => ({ creatorUuid, conversation })),
	);
	const lastAt = ({ conversation }: (typeof rows)[number]): number =>
		conversation.messages.at(-1)?.sentAt ?? conversation.createdAt;
	return call.list(
		rows.sort((a, b) => lastAt(b) - lastAt(a)),
		({ creatorUuid, conversation }) => `${creatorUuid} ${partnerOf(conversation, creatorUuid)}`,
		({ creatorUuid, conversation }) => ({
			...chatView(state, conversation, creatorUuid, false),
			creatorUuid,
		}),
	);
}

function listAgencyEarningsByDay(call: FanvueContext): ReturnType<FanvueHandlers[string]> {
	const { start, end } = periodOf(call);
	const creators = new Set(creatorsOf(call));
	const rows = new Map<string, { creatorUuid: string; date: string; gross: number; net: number }>();
	for (const { creatorUuid, at, gross, net } of call.state.sales) {
		if (!creators.has(creatorUuid) || at < start || at >= end) continue;
		const date = dayOf(at);
		const key = `${date} ${creatorUuid}`;
		const row = rows.get(key) ?? { creatorUuid, date, gross: 0, net: 0 };
		rows.set(key, { ...row, gross: row.gross + gross, net: row.net + net });
	}
	const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b));
	return call.list(
		sorted,
		([key]) => key,
		([, row]) => ({ ...row, currency: 'USD' }),
	);
}

function leaderboardRow(
	state: FanvueState,
	member: TeamMember,
	start: number,
	end: number,
): Record<string, unknown> {
	const user = state.requireUser(member.userUuid);
	const messages = [...state.conversations.values()]
		.flatMap((conversation) => conversation.messages)
		.filter(({ sentByUserId }) => sentByUserId === user.uuid)
		.filter(({ sentAt }) => sentAt >= start && sentAt < end);
	const paid = messages.filter(({ price }) => price !== null);
	const unlocked = paid.filter(({ purchasedAt }) => purchasedAt !== null);
	const revenue = unlocked.reduce((sum, { price }) => sum + (price ?? 0), 0);
	// An hour counts as active when something was written in it.
	const hours = new Set(messages.map(({ sentAt }) => Math.floor(sentAt / 3_600_000))).size;
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

	getChatterLeaderboard(call) {
		const { state } = call;
		const wanted = call.ids('chatterUuids');
		const start = call.time('startDate') ?? -Infinity;
		const end = call.time('endDate') ?? Infinity;
		const rows = state.agency.members
			.filter(({ userUuid }) => wanted.length === 0 || wanted.includes(userUuid))
			.map((member) => leaderboardRow(state, member, start, end));
		return ok({ data: rows });
	},

	listAgencySubscribers(call) {
		const { state } = call;
		const relationships = creatorsOf(call).flatMap((uuid) => subscribersOf(state, uuid));
		return call.list(
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

	listAgencySubscribersHistory(call) {
		const { start, end } = periodOf(call);
		const rows = creatorsOf(call).flatMap((creatorUuid) =>
			subscriberHistory(call.state, creatorUuid, start, end).map((day) => ({
				creatorUuid,
				...day,
			})),
		);
		rows.sort((a, b) => a.date.localeCompare(b.date));
		return call.list(
			rows,
			({ creatorUuid, date }) => `${date} ${creatorUuid}`,
			(row) => row,
		);
	},

	listTeamMembers({ state }) {
		return ok(state.agency.members.map((member) => memberView(state, member)));
	},

	updateTeamMember(call) {
		const { state, parameters } = call;
		const userId = call.id('userId');
		const member = state.agency.members.find(({ userUuid }) => userUuid === userId);
		if (!member) throw notFound('Team member');
		const uuids = call.ids('creatorUuids');
		const unknown = uuids.find((uuid) => !state.agency.creatorUuids.includes(uuid));
		if (unknown !== undefined) throw badRequest(`Creator ${unknown} is not managed by the agency`);
		const role = member.isAdmin ? 'ADMIN' : 'CHATTER';
		// Null leaves the access as it is; a list replaces it.
		if (!parameters.isNull('creatorUuids')) {
			member.creatorAccess = uuids.map((uuid) => ({ uuid, role }));
		}
		if (parameters.has('nickname')) member.nickname = parameters.optionalText('nickname') ?? null;
		return ok(memberView(state, member));
	},

	createAgencyInvite(call) {
		const user = byEmail(call);
		if (user.isCreator) throw badRequest('A creator cannot be invited to the team');
		const uuid = call.state.ids.next('invite');
		call.state.agency.invites.push({ uuid, email: user.email, kind: 'member' });
		return ok({ success: true, message: 'Invite sent', inviteUuid: uuid });
	},

	createCreatorInvite(call) {
		const user = byEmail(call);
		if (!user.isCreator) throw badRequest('Only a creator can be invited here');
		const uuid = call.state.ids.next('invite');
		call.state.agency.invites.push({ uuid, email: user.email, kind: 'creator' });
		return ok({ success: true, message: 'Invite sent' });
	},

	listCreators(call) {
		const { state, account } = call;
		const member = state.agency.members.find(({ userUuid }) => userUuid === account.user.uuid);
		return call.list(
			member?.creatorAccess ?? [],
			({ uuid }) => uuid,
			({ uuid, role }) => ({ ...fanUserOf(state, account.user.uuid, uuid), role }),
		);
	},
};
