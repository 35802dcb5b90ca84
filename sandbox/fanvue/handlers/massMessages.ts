import type { FanvueContext, FanvueHandlers } from '../context';
import { requireReadyMedia } from '../mediaStatus';
import type { ListSelection, MassMessage } from '../model';
import { NO_CONTENT, created, validationError, iso, notFound, badRequest } from '../replies';
import type { FanvueState } from '../state';
import { findRecipients, publishMassMessage } from '../mutations';

const NO_LISTS: ListSelection = { customListUuids: [], smartListIds: [] };

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Reads included or excluded lists; `/v1` spells one key in two ways. */
function readLists(call: FanvueContext, name: string): ListSelection {
	const value = call.parameters.object(name);
	if (!value) return NO_LISTS;
	const customListUuids = texts(value['customListUuids']).map((uuid) => uuid.toLowerCase());
	for (const uuid of customListUuids) {
		if (call.state.customLists.get(uuid)?.creatorUuid !== call.owner.uuid) {
			throw badRequest(`List ${uuid} does not exist`);
		}
	}
	const smartListIds = [...texts(value['smartListUuids']), ...texts(value['smartListIds'])];
	return { customListUuids, smartListIds };
}

function isEmpty({ customListUuids, smartListIds }: ListSelection): boolean {
	return customListUuids.length + smartListIds.length === 0;
}

function statusOf({ isUnsent, publishedAt }: MassMessage): string {
	if (isUnsent) return 'UNSENT';
	return publishedAt === null ? 'SCHEDULED' : 'SENT';
}

function massMessageView(state: FanvueState, mass: MassMessage): Record<string, unknown> {
	const messages = state
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
		recipientCount: (mass.publishedAt === null ? findRecipients(state, mass) : mass.recipientUuids)
			.length,
		viewCount: messages.filter(({ readAt }) => readAt !== null).length,
		purchaseCount: bought.length,
		totalRevenue: bought.length * (mass.price ?? 0),
		mediaUuids: mass.mediaUuids,
	};
}

function requireMassMessage({ state, owner }: FanvueContext, uuid: string): MassMessage {
	const mass = state.massMessages.find((item) => item.uuid === uuid);
	if (mass?.creatorUuid !== owner.uuid) throw notFound('Mass message');
	return mass;
}

/** Rules that look at the whole message. */
function validateMassMessage({ text, mediaUuids, price, included }: MassMessage): void {
	if (text === null && mediaUuids.length === 0) throw badRequest('A message needs text or media');
	if (price !== null && mediaUuids.length === 0) throw validationError('price needs media');
	if (isEmpty(included)) throw validationError('includedLists needs at least one list');
}

function readSchedule(call: FanvueContext): number | null {
	const at = call.time('scheduledAt') ?? null;
	if (at !== null && at <= call.state.now())
		throw validationError('scheduledAt must be in the future');
	return at;
}

export const massMessageHandlers: FanvueHandlers = {
	listMassMessages(call) {
		const { state, owner, parameters } = call;
		const withDeleted = parameters.boolean('includeDeleted') ?? false;
		const messages = state.massMessages
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.filter(({ isUnsent }) => withDeleted || !isUnsent)
			.sort((a, b) => b.createdAt - a.createdAt);
		return call.list(
			messages,
			({ uuid }) => uuid,
			(mass) => massMessageView(state, mass),
		);
	},

	sendMassMessage(call) {
		const { state, owner, parameters } = call;
		const preview = call.optionalId('mediaPreviewUuid');
		if (preview !== undefined) requireReadyMedia(state, owner.uuid, [preview]);
		const price = parameters.optionalText('price');
		const mass: MassMessage = {
			uuid: state.ids.next('mass message'),
			creatorUuid: owner.uuid,
			text: parameters.optionalText('text') ?? null,
			mediaUuids: requireReadyMedia(state, owner.uuid, call.ids('mediaUuids')),
			mediaPreviewUuid: preview ?? null,
			price: price === undefined ? null : Number(price),
			createdAt: state.nextTimestamp(),
			scheduledAt: readSchedule(call),
			publishedAt: null,
			isUnsent: false,
			included: readLists(call, 'includedLists'),
			excluded: readLists(call, 'excludedLists'),
			recipientUuids: [],
			sentByUserId: call.sentByUserId(),
		};
		validateMassMessage(mass);
		state.massMessages.push(mass);
		if (mass.scheduledAt === null) publishMassMessage(state, mass, mass.createdAt);
		const recipientCount = findRecipients(state, mass).length;
		const { uuid } = mass;
		if (call.isV1) return created({ uuid, publishedAt: iso(mass.publishedAt), recipientCount });
		return created({ id: uuid, recipientCount, createdAt: iso(mass.createdAt) });
	},

	updateMassMessage(call) {
		const { state, owner, parameters } = call;
		const mass = requireMassMessage(call, call.id('messageUuid'));
		if (mass.isUnsent || mass.publishedAt !== null) {
			throw badRequest('Only a scheduled message can be changed');
		}
		const next = { ...mass };
		if (parameters.has('text')) next.text = parameters.text('text') || null;
		if (parameters.has('mediaUuids')) {
			next.mediaUuids = requireReadyMedia(state, owner.uuid, call.ids('mediaUuids'));
		}
		if (parameters.has('price')) {
			next.price = parameters.isNull('price') ? null : parameters.integer('price', 0);
		}
		if (parameters.has('includedLists')) next.included = readLists(call, 'includedLists');
		if (parameters.has('excludedLists')) next.excluded = readLists(call, 'excludedLists');
		if (parameters.has('scheduledAt')) next.scheduledAt = readSchedule(call);
		validateMassMessage(next);
		Object.assign(mass, next);
		return NO_CONTENT;
	},

	deleteMassMessage(call) {
		const { state, owner } = call;
		const mass = requireMassMessage(call, call.id('messageUuid'));
		mass.isUnsent = true;
		for (const conversation of state.conversationsOf(owner.uuid)) {
			// Who bought it keeps it.
			conversation.messages = conversation.messages.filter(
				({ massMessageUuid, purchasedAt }) => massMessageUuid !== mass.uuid || purchasedAt !== null,
			);
		}
		return NO_CONTENT;
	},
};
