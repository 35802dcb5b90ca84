import type { FanvueContext, FanvueHandlers } from '../context';
import { requireMedia, mediaStatus } from '../mediaStatus';
import type { Media } from '../model';
import { iso, notFound, ok } from '../replies';
import { variantsOf } from '../mediaVariants';
import type { FanvueState } from '../state';

/** Returns the Media schema. Unfinished items only have a status. */
function mediaView(context: FanvueContext, media: Media): Record<string, unknown> {
	const { state, parameters } = context;
	const status = mediaStatus(state, media);
	if (status !== 'ready') return { uuid: media.uuid, status };
	const fan = context.optionalId('purchasedBy');
	const purchased = fan === undefined ? {} : { purchasedByFan: hasBought(state, media, fan) };
	// There are no URLs unless variants are requested.
	const requested = parameters.texts('variants');
	const variants =
		requested.length === 0
			? {}
			: { variants: variantsOf(state, media, requested, { withUuid: true }) };
	return {
		uuid: media.uuid,
		status,
		createdAt: iso(media.createdAt),
		caption: media.caption,
		description: media.description,
		name: media.name,
		mediaType: media.mediaType,
		recommendedPrice: media.recommendedPrice,
		tags: media.tags,
		...purchased,
		...variants,
	};
}

function hasBought(state: FanvueState, media: Media, fanUuid: string): boolean {
	return state.sales.some(({ fanUuid: buyer, source, messageUuid, postUuid }) => {
		if (buyer !== fanUuid) return false;
		if (source === 'post') {
			const post = state.posts.find(({ uuid }) => uuid === postUuid);
			return post?.mediaUuids.includes(media.uuid) ?? false;
		}
		if (source !== 'message') return false;
		const messages = state.conversation(media.ownerUuid, fanUuid)?.messages ?? [];
		const message = messages.find(({ uuid }) => uuid === messageUuid);
		return message?.mediaUuids.includes(media.uuid) ?? false;
	});
}

/** Returns the UUIDs of media with a usage. */
function usedIn(state: FanvueState, ownerUuid: string, usage: string): Set<string> {
	const posts = state.posts.filter((post) => post.creatorUuid === ownerUuid && !post.isDeleted);
	const broadcasts = state.massMessages.filter(({ creatorUuid }) => creatorUuid === ownerUuid);
	const paid = state
		.conversationsOf(ownerUuid)
		.flatMap(({ messages }) => messages)
		.filter(({ senderUuid, price }) => senderUuid === ownerUuid && price !== null);
	switch (usage) {
		case 'subscribers':
			return collect(posts.filter(({ audience }) => audience === 'subscribers'));
		case 'followers':
			return collect(posts.filter(({ audience }) => audience === 'followers-and-subscribers'));
		case 'ppv':
			return collect([...posts.filter(({ price }) => price !== null), ...paid]);
		default:
			return collect(broadcasts);
	}
}

function collect(holders: Array<{ mediaUuids: string[] }>): Set<string> {
	return new Set(holders.flatMap(({ mediaUuids }) => mediaUuids));
}

function filtered({ state, owner, parameters }: FanvueContext): Media[] {
	const type = parameters.optionalText('mediaType');
	const folder = parameters.optionalText('folderName');
	const usage = parameters.optionalText('usage');
	const used = usage === undefined ? undefined : usedIn(state, owner.uuid, usage);
	const statuses = parameters.texts('status');
	const name = parameters.optionalText('name')?.toLowerCase();
	return [...state.media.values()]
		.filter((media) => media.ownerUuid === owner.uuid)
		.filter((media) => type === undefined || media.mediaType === type)
		.filter((media) => folder === undefined || media.folderNames.has(folder))
		.filter((media) => used === undefined || used.has(media.uuid))
		.filter((media) => statuses.length === 0 || statuses.includes(mediaStatus(state, media)))
		.filter((media) => name === undefined || (media.name ?? '').toLowerCase().includes(name))
		.sort((a, b) => b.createdAt - a.createdAt || b.uuid.localeCompare(a.uuid));
}

export const mediaHandlers: FanvueHandlers = {
	getUserMedia(context) {
		return context.list(
			filtered(context),
			({ uuid }) => uuid,
			(media) => mediaView(context, media),
		);
	},

	getUserMediaByUuid(context) {
		return ok(
			mediaView(context, requireMedia(context.state, context.owner.uuid, context.id('uuid'))),
		);
	},

	getBulkMedia(context) {
		const { state, owner } = context;
		const results: Record<string, unknown> = {};
		const errors: unknown[] = [];
		for (const mediaUuid of context.ids('mediaUuids')) {
			const media = state.media.get(mediaUuid);
			const isOwn = media?.ownerUuid === owner.uuid;
			results[mediaUuid] = isOwn ? mediaView(context, media) : null;
			if (!isOwn) errors.push({ code: 'NOT_FOUND', mediaUuid, message: 'Media not found' });
		}
		return ok({ results, errors });
	},

	getEntitledMedia(context) {
		const { state, owner } = context;
		const media = requireMedia(state, owner.uuid, context.id('uuid'));
		const consumer = context.id('consumerId');
		const isGranted = state.grants.some(
			({ mediaUuid, consumerUuid }) => mediaUuid === media.uuid && consumerUuid === consumer,
		);
		if (!isGranted) throw notFound('Entitlement');
		return ok(mediaView(context, media));
	},

	grantMedia(context) {
		const { state, owner, parameters } = context;
		const media = requireMedia(state, owner.uuid, context.id('uuid'));
		const consumer = state.requireUser(context.id('consumerId'));
		const source = parameters.text('source');
		const sourceRef = parameters.text('sourceRef');
		const known = state.grants.find(
			(grant) =>
				grant.mediaUuid === media.uuid &&
				grant.consumerUuid === consumer.uuid &&
				grant.source === source &&
				grant.sourceRef === sourceRef,
		);
		const entitlementId = known?.entitlementId ?? state.ids.next('grant');
		if (!known) {
			const consumerUuid = consumer.uuid;
			state.grants.push({ entitlementId, mediaUuid: media.uuid, consumerUuid, source, sourceRef });
		}
		return ok({ entitlementId, status: 'granted' });
	},

	getMediaLinkPurchaseStatus(context) {
		const link = context.state.mediaLinks.find(({ uuid }) => uuid === context.id('uuid'));
		if (!link) throw notFound('Media link');
		return ok({ purchased: link.buyerUuids.has(context.owner.uuid) });
	},
};
