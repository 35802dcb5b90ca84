import type { FanvueContext, FanvueHandlers } from '../context';
import { isActive } from '../fans';
import type { TrackingLink } from '../model';
import { NO_CONTENT, created, iso, notFound, ok } from '../replies';
import { fanUserOf, trackingLinkUrl } from '../userViews';

function requireLink({ state, owner }: FanvueContext, uuid: string): TrackingLink {
	const link = state.trackingLinks.find((item) => item.uuid === uuid);
	if (link?.creatorUuid !== owner.uuid || link.isDeleted) throw notFound('Tracking link');
	return link;
}

type VisitorStatus = 'subscriber' | 'follower' | 'expired' | 'deleted' | null;

function statusOf({ state, owner }: FanvueContext, userUuid: string): VisitorStatus {
	if (!state.user(userUuid)) return 'deleted';
	const relationship = state.relationship(owner.uuid, userUuid);
	if (!relationship) return null;
	if (isActive(relationship.subscription, state.now())) return 'subscriber';
	if (relationship.subscription) return 'expired';
	return relationship.followedAt === null ? null : 'follower';
}

function linkView(context: FanvueContext, link: TrackingLink): Record<string, unknown> {
	const { state, owner } = context;
	const visitors = new Set(link.visitors.map(({ userUuid }) => userUuid));
	const withStatus = (status: VisitorStatus): number =>
		[...visitors].filter((uuid) => statusOf(context, uuid) === status).length;
	const sales = state.sales.filter(
		({ creatorUuid, fanUuid, at }) =>
			creatorUuid === owner.uuid && visitors.has(fanUuid ?? '') && at >= link.createdAt,
	);
	const subscribers = withStatus('subscriber');
	const followers = withStatus('follower');
	return {
		uuid: link.uuid,
		name: link.name,
		linkUrl: trackingLinkUrl(owner, link),
		externalSocialPlatform: link.externalSocialPlatform,
		createdAt: iso(link.createdAt),
		clicks: link.clicks,
		engagement: {
			acquiredFollowers: followers,
			acquiredSubscribers: subscribers,
			totalFollowers: followers,
			totalSubscribers: subscribers + withStatus('expired'),
		},
		earnings: {
			totalGross: sales.reduce((sum, { gross }) => sum + gross, 0),
			totalNet: sales.reduce((sum, { net }) => sum + net, 0),
		},
	};
}

export const trackingLinkHandlers: FanvueHandlers = {
	listTrackingLinks(context) {
		const { state, owner } = context;
		const after = context.time('createdAfter') ?? -Infinity;
		const before = context.time('createdBefore') ?? Infinity;
		const links = state.trackingLinks
			.filter(({ creatorUuid, isDeleted }) => creatorUuid === owner.uuid && !isDeleted)
			.filter(({ createdAt }) => createdAt > after && createdAt < before)
			.sort((a, b) => b.createdAt - a.createdAt);
		return context.list(
			links,
			({ uuid }) => uuid,
			(link) => linkView(context, link),
		);
	},

	createTrackingLink(context) {
		const { state, owner, parameters } = context;
		const uuid = state.ids.next('tracking link');
		const link: TrackingLink = {
			uuid,
			creatorUuid: owner.uuid,
			name: parameters.text('name'),
			slug: uuid.slice(0, 8),
			externalSocialPlatform: parameters.text('externalSocialPlatform'),
			createdAt: state.nextTimestamp(),
			clicks: 0,
			isDeleted: false,
			visitors: [],
		};
		state.trackingLinks.push(link);
		return created(linkView(context, link));
	},

	deleteTrackingLink(context) {
		requireLink(context, context.id('uuid')).isDeleted = true;
		return NO_CONTENT;
	},

	listTrackingLinkUsers(context) {
		const { state, owner } = context;
		return context.list(
			requireLink(context, context.id('uuid')).visitors,
			({ userUuid }) => userUuid,
			({ userUuid }) => ({
				...fanUserOf(state, owner.uuid, userUuid),
				status: statusOf(context, userUuid),
			}),
		);
	},

	getUserTrackingMetadata(context) {
		const { visitors } = requireLink(context, context.id('uuid'));
		const visitor = visitors.find(({ userUuid }) => userUuid === context.id('userUuid'));
		if (!visitor) throw notFound('User');
		return ok({ metadata: visitor.metadata });
	},
};
