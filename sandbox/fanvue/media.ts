import type { FanvueCall, FanvueHandlers } from './call';
import { mediaOf, statusOf } from './media-state';
import type { Media } from './model';
import { iso, notFound, ok } from './replies';
import { variantsOf } from './variants';
import type { World } from './world';

/** Media: unfinished items tell nothing but their state. */
function mediaView(call: FanvueCall, media: Media): Record<string, unknown> {
	const { world, parameters } = call;
	const status = statusOf(world, media);
	if (status !== 'ready') return { uuid: media.uuid, status };
	const fan = call.optionalId('purchasedBy');
	const purchased = fan === undefined ? {} : { purchasedByFan: hasBought(world, media, fan) };
	// No URL of any kind is given unless variants are asked for.
	const wanted = parameters.texts('variants');
	const variants =
		wanted.length === 0 ? {} : { variants: variantsOf(world, media, wanted, { withUuid: true }) };
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

function hasBought(world: World, media: Media, fanUuid: string): boolean {
	return world.sales.some(({ fanUuid: buyer, source, messageUuid, postUuid }) => {
		if (buyer !== fanUuid) return false;
		if (source === 'post') {
			const post = world.posts.find(({ uuid }) => uuid === postUuid);
			return post?.mediaUuids.includes(media.uuid) ?? false;
		}
		if (source !== 'message') return false;
		const messages = world.conversation(media.ownerUuid, fanUuid)?.messages ?? [];
		const message = messages.find(({ uuid }) => uuid === messageUuid);
		return message?.mediaUuids.includes(media.uuid) ?? false;
	});
}

/** The ids of media that are used in a way. */
function usedIn(world: World, ownerUuid: string, usage: string): Set<string> {
	const posts = world.posts.filter((post) => post.creatorUuid === ownerUuid && !post.isDeleted);
	const broadcasts = world.massMessages.filter(({ creatorUuid }) => creatorUuid === ownerUuid);
	const paid = world
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

function filtered({ world, owner, parameters }: FanvueCall): Media[] {
	const type = parameters.optionalText('mediaType');
	const folder = parameters.optionalText('folderName');
	const usage = parameters.optionalText('usage');
	const used = usage === undefined ? undefined : usedIn(world, owner.uuid, usage);
	const statuses = parameters.texts('status');
	const name = parameters.optionalText('name')?.toLowerCase();
	return [...world.media.values()]
		.filter((media) => media.ownerUuid === owner.uuid)
		.filter((media) => type === undefined || media.mediaType === type)
		.filter((media) => folder === undefined || media.folderNames.has(folder))
		.filter((media) => used === undefined || used.has(media.uuid))
		.filter((media) => statuses.length === 0 || statuses.includes(statusOf(world, media)))
		.filter((media) => name === undefined || (media.name ?? '').toLowerCase().includes(name))
		.sort((a, b) => b.createdAt - a.createdAt || b.uuid.localeCompare(a.uuid));
}

export const mediaHandlers: FanvueHandlers = {
	getUserMedia(call) {
		return call.list(
			filtered(call),
			({ uuid }) => uuid,
			(media) => mediaView(call, media),
		);
	},

	getUserMediaByUuid(call) {
		return ok(mediaView(call, mediaOf(call.world, call.owner.uuid, call.id('uuid'))));
	},

	getBulkMedia(call) {
		const { world, owner } = call;
		const results: Record<string, unknown> = {};
		const errors: unknown[] = [];
		for (const mediaUuid of call.ids('mediaUuids')) {
			const media = world.media.get(mediaUuid);
			const isOwn = media?.ownerUuid === owner.uuid;
			results[mediaUuid] = isOwn ? mediaView(call, media) : null;
			if (!isOwn) errors.push({ code: 'NOT_FOUND', mediaUuid, message: 'Media not found' });
		}
		return ok({ results, errors });
	},

	getEntitledMedia(call) {
		const { world, owner } = call;
		const media = mediaOf(world, owner.uuid, call.id('uuid'));
		const consumer = call.id('consumerId');
		const isGranted = world.grants.some(
			({ mediaUuid, consumerUuid }) => mediaUuid === media.uuid && consumerUuid === consumer,
		);
		if (!isGranted) throw notFound('Entitlement');
		return ok(mediaView(call, media));
	},

	grantMedia(call) {
		const { world, owner, parameters } = call;
		const media = mediaOf(world, owner.uuid, call.id('uuid'));
		const consumer = world.requireUser(call.id('consumerId'));
		const source = parameters.text('source');
		const sourceRef = parameters.text('sourceRef');
		const known = world.grants.find(
			(grant) =>
				grant.mediaUuid === media.uuid &&
				grant.consumerUuid === consumer.uuid &&
				grant.source === source &&
				grant.sourceRef === sourceRef,
		);
		const entitlementId = known?.entitlementId ?? world.ids.next('grant');
		if (!known) {
			const consumerUuid = consumer.uuid;
			world.grants.push({ entitlementId, mediaUuid: media.uuid, consumerUuid, source, sourceRef });
		}
		return ok({ entitlementId, status: 'granted' });
	},

	getMediaLinkPurchaseStatus(call) {
		const link = call.world.mediaLinks.find(({ uuid }) => uuid === call.id('uuid'));
		if (!link) throw notFound('Media link');
		return ok({ purchased: link.buyerUuids.has(call.owner.uuid) });
	},
};
