import { membersOf } from './audience';
import type { FanvueCall, FanvueHandlers } from './call';
import { requireReady } from './media-state';
import { newMessage } from './messages';
import type { Audiences, MassMessage } from './model';
import { NO_CONTENT, created, invalid, iso, notFound, rejected } from './replies';
import type { World } from './world';

const NOBODY: Audiences = { customListUuids: [], smartListIds: [] };

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Reads included or excluded lists; `/v1` spells one key in two ways. */
function audiencesOf(call: FanvueCall, name: string): Audiences {
	const value = call.parameters.object(name);
	if (!value) return NOBODY;
	const customListUuids = texts(value['customListUuids']).map((uuid) => uuid.toLowerCase());
	for (const uuid of customListUuids) {
		if (call.world.customLists.get(uuid)?.creatorUuid !== call.owner.uuid) {
			throw rejected(`List ${uuid} does not exist`);
		}
	}
	const smartListIds = [...texts(value['smartListUuids']), ...texts(value['smartListIds'])];
	return { customListUuids, smartListIds };
}

function isEmpty({ customListUuids, smartListIds }: Audiences): boolean {
	return customListUuids.length + smartListIds.length === 0;
}

function recipientsOf(world: World, message: MassMessage): string[] {
	const left = membersOf(world, message.creatorUuid, message.excluded);
	return [...membersOf(world, message.creatorUuid, message.included)].filter(
		(uuid) => !left.has(uuid) && world.user(uuid)?.isContactable,
	);
}

/** Puts a mass message into the chats of its recipients. */
function publish(world: World, mass: MassMessage, at: number): void {
	mass.publishedAt = at;
	mass.recipientUuids = recipientsOf(world, mass);
	for (const fanUuid of mass.recipientUuids) {
		const conversation = world.openConversation(mass.creatorUuid, fanUuid, at);
		const message = newMessage(world, mass.creatorUuid, fanUuid, {
			text: mass.text,
			type: 'BROADCAST',
			mediaUuids: mass.mediaUuids,
			mediaPreviewUuid: mass.mediaPreviewUuid,
			price: mass.price,
			sentByUserId: mass.sentByUserId,
			massMessageUuid: mass.uuid,
		});
		world.addMessage(conversation, message);
	}
}

/** Sends the scheduled mass messages whose time has come. */
export function publishDue(world: World): void {
	for (const mass of world.massMessages) {
		const isOpen = mass.publishedAt === null && !mass.isUnsent;
		if (isOpen && mass.scheduledAt !== null && mass.scheduledAt <= world.now()) {
			publish(world, mass, mass.scheduledAt);
		}
	}
}

function statusOf({ isUnsent, publishedAt }: MassMessage): string {
	if (isUnsent) return 'UNSENT';
	return publishedAt === null ? 'SCHEDULED' : 'SENT';
}

function massView(world: World, mass: MassMessage): Record<string, unknown> {
	const messages = world
		.conversationsOf(mass.creatorUuid)
		.flatMap((conversation) => conversation.messages)
		.filter(({ massMessageUuid }) => massMessageUuid === mass.uuid);
	const bought = messages.filter(({ purchasedAt }) => purchasedAt !== null);
	return {
		uuid: mass.uuid,
		text: mass.text,
		status: statusOf(mass),
		price: mass.price,
		createdAt: iso(mass.createdAt),
		publishedAt: iso(mass.publishedAt),
		scheduledAt: iso(mass.scheduledAt),
		recipientCount: (mass.publishedAt === null ? recipientsOf(world, mass) : mass.recipientUuids)
			.length,
		viewCount: messages.filter(({ readAt }) => readAt !== null).length,
		purchaseCount: bought.length,
		totalRevenue: bought.length * (mass.price ?? 0),
		mediaUuids: mass.mediaUuids,
	};
}

function massOf({ world, owner }: FanvueCall, uuid: string): MassMessage {
	const mass = world.massMessages.find((item) => item.uuid === uuid);
	if (mass?.creatorUuid !== owner.uuid) throw notFound('Mass message');
	return mass;
}

/** Rules that look at the whole message. */
function requireSense({ text, mediaUuids, price, included }: MassMessage): void {
	if (text === null && mediaUuids.length === 0) throw rejected('A message needs text or media');
	if (price !== null && mediaUuids.length === 0) throw invalid('price needs media');
	if (isEmpty(included)) throw invalid('includedLists needs at least one list');
}

function scheduleOf(call: FanvueCall): number | null {
	const at = call.time('scheduledAt') ?? null;
	if (at !== null && at <= call.world.now()) throw invalid('scheduledAt must be in the future');
	return at;
}

export const massMessageHandlers: FanvueHandlers = {
	listMassMessages(call) {
		const { world, owner, parameters } = call;
		const withDeleted = parameters.boolean('includeDeleted') ?? false;
		const messages = world.massMessages
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.filter(({ isUnsent }) => withDeleted || !isUnsent)
			.sort((a, b) => b.createdAt - a.createdAt);
		return call.list(
			messages,
			({ uuid }) => uuid,
			(mass) => massView(world, mass),
		);
	},

	sendMassMessage(call) {
		const { world, owner, parameters } = call;
		const preview = call.optionalId('mediaPreviewUuid');
		if (preview !== undefined) requireReady(world, owner.uuid, [preview]);
		const price = parameters.optionalText('price');
		const mass: MassMessage = {
			uuid: world.ids.next('mass message'),
			creatorUuid: owner.uuid,
			text: parameters.optionalText('text') ?? null,
			mediaUuids: requireReady(world, owner.uuid, call.ids('mediaUuids')),
			mediaPreviewUuid: preview ?? null,
			price: price === undefined ? null : Number(price),
			createdAt: world.stamp(),
			scheduledAt: scheduleOf(call),
			publishedAt: null,
			isUnsent: false,
			included: audiencesOf(call, 'includedLists'),
			excluded: audiencesOf(call, 'excludedLists'),
			recipientUuids: [],
			sentByUserId: call.sentByUserId(),
		};
		requireSense(mass);
		world.massMessages.push(mass);
		if (mass.scheduledAt === null) publish(world, mass, mass.createdAt);
		const recipientCount = recipientsOf(world, mass).length;
		const { uuid } = mass;
		if (call.isV1) return created({ uuid, publishedAt: iso(mass.publishedAt), recipientCount });
		return created({ id: uuid, recipientCount, createdAt: iso(mass.createdAt) });
	},

	updateMassMessage(call) {
		const { world, owner, parameters } = call;
		const mass = massOf(call, call.id('messageUuid'));
		if (mass.isUnsent || mass.publishedAt !== null) {
			throw rejected('Only a scheduled message can be changed');
		}
		const next = { ...mass };
		if (parameters.has('text')) next.text = parameters.text('text') || null;
		if (parameters.has('mediaUuids')) {
			next.mediaUuids = requireReady(world, owner.uuid, call.ids('mediaUuids'));
		}
		if (parameters.has('price')) {
			next.price = parameters.isNull('price') ? null : parameters.integer('price', 0);
		}
		if (parameters.has('includedLists')) next.included = audiencesOf(call, 'includedLists');
		if (parameters.has('excludedLists')) next.excluded = audiencesOf(call, 'excludedLists');
		if (parameters.has('scheduledAt')) next.scheduledAt = scheduleOf(call);
		requireSense(next);
		Object.assign(mass, next);
		return NO_CONTENT;
	},

	deleteMassMessage(call) {
		const { world, owner } = call;
		const mass = massOf(call, call.id('messageUuid'));
		mass.isUnsent = true;
		for (const conversation of world.conversationsOf(owner.uuid)) {
			// Who bought it keeps it.
			conversation.messages = conversation.messages.filter(
				({ massMessageUuid, purchasedAt }) => massMessageUuid !== mass.uuid || purchasedAt !== null,
			);
		}
		return NO_CONTENT;
	},
};
