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

/** Reads included or excluded lists. `/v1` has two spellings of one key. */
function readLists(context: FanvueContext, name: string): ListSelection {
	const value = context.parameters.object(name);
	if (!value) return NO_LISTS;
	const customListUuids = texts(value['customListUuids']).map((uuid) => uuid.toLowerCase());
	for (const uuid of customListUuids) {
		if (context.state.customLists.get(uuid)?.creatorUuid !== context.owner.uuid) {
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

function massMessageView(state: FanvueState, massMessage: MassMessage): Record<string, unknown> {
	const messages = state
		.conversationsOf(massMessage.creatorUuid)
		.flatMap((conversation) => conversation.messages)
		.filter(({ massMessageUuid }) => massMessageUuid === massMessage.uuid);
	const bought = messages.filter(({ purchasedAt }) => purchasedAt !== null);
	return {
		uuid: massMessage.uuid,
		text: massMessage.text,
		status: statusOf(massMessage),
		price: massMessage.price,
		createdAt: iso(massMessage.createdAt),
		publishedAt: iso(massMessage.publishedAt),
		scheduledAt: iso(massMessage.scheduledAt),
		recipientCount: (massMessage.publishedAt === null
			? findRecipients(state, massMessage)
			: massMessage.recipientUuids
		).length,
		viewCount: messages.filter(({ readAt }) => readAt !== null).length,
		purchaseCount: bought.length,
		totalRevenue: bought.length * (massMessage.price ?? 0),
		mediaUuids: massMessage.mediaUuids,
	};
}

function requireMassMessage({ state, owner }: FanvueContext, uuid: string): MassMessage {
	const massMessage = state.massMessages.find((item) => item.uuid === uuid);
	if (massMessage?.creatorUuid !== owner.uuid) throw notFound('Mass message');
	return massMessage;
}

/** Checks rules that concern several members. */
function validateMassMessage({ text, mediaUuids, price, included }: MassMessage): void {
	if (text === null && mediaUuids.length === 0) throw badRequest('A message needs text or media');
	if (price !== null && mediaUuids.length === 0) throw validationError('price needs media');
	if (isEmpty(included)) throw validationError('includedLists needs at least one list');
}

function readSchedule(context: FanvueContext): number | null {
	const at = context.time('scheduledAt') ?? null;
	if (at !== null && at <= context.state.now())
		throw validationError('scheduledAt must be in the future');
	return at;
}

export const massMessageHandlers: FanvueHandlers = {
	listMassMessages(context) {
		const { state, owner, parameters } = context;
		const withDeleted = parameters.boolean('includeDeleted') ?? false;
		const messages = state.massMessages
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.filter(({ isUnsent }) => withDeleted || !isUnsent)
			.sort((a, b) => b.createdAt - a.createdAt);
		return context.list(
			messages,
			({ uuid }) => uuid,
			(massMessage) => massMessageView(state, massMessage),
		);
	},

	sendMassMessage(context) {
		const { state, owner, parameters } = context;
		const preview = context.optionalId('mediaPreviewUuid');
		if (preview !== undefined) requireReadyMedia(state, owner.uuid, [preview]);
		const price = parameters.optionalText('price');
		const massMessage: MassMessage = {
			uuid: state.ids.next('mass message'),
			creatorUuid: owner.uuid,
			text: parameters.optionalText('text') ?? null,
			mediaUuids: requireReadyMedia(state, owner.uuid, context.ids('mediaUuids')),
			mediaPreviewUuid: preview ?? null,
			price: price === undefined ? null : Number(price),
			createdAt: state.nextTimestamp(),
			scheduledAt: readSchedule(context),
			publishedAt: null,
			isUnsent: false,
			included: readLists(context, 'includedLists'),
			excluded: readLists(context, 'excludedLists'),
			recipientUuids: [],
			sentByUserId: context.sentByUserId(),
		};
		validateMassMessage(massMessage);
		state.massMessages.push(massMessage);
		if (massMessage.scheduledAt === null)
			publishMassMessage(state, massMessage, massMessage.createdAt);
		const recipientCount = findRecipients(state, massMessage).length;
		const { uuid } = massMessage;
		if (context.isV1)
			return created({ uuid, publishedAt: iso(massMessage.publishedAt), recipientCount });
		return created({ id: uuid, recipientCount, createdAt: iso(massMessage.createdAt) });
	},

	updateMassMessage(context) {
		const { state, owner, parameters } = context;
		const massMessage = requireMassMessage(context, context.id('messageUuid'));
		if (massMessage.isUnsent || massMessage.publishedAt !== null) {
			throw badRequest('Only a scheduled message can be changed');
		}
		const next = { ...massMessage };
		if (parameters.has('text')) next.text = parameters.text('text') || null;
		if (parameters.has('mediaUuids')) {
			next.mediaUuids = requireReadyMedia(state, owner.uuid, context.ids('mediaUuids'));
		}
		if (parameters.has('price')) {
			next.price = parameters.isNull('price') ? null : parameters.integer('price', 0);
		}
		if (parameters.has('includedLists')) next.included = readLists(context, 'includedLists');
		if (parameters.has('excludedLists')) next.excluded = readLists(context, 'excludedLists');
		if (parameters.has('scheduledAt')) next.scheduledAt = readSchedule(context);
		validateMassMessage(next);
		Object.assign(massMessage, next);
		return NO_CONTENT;
	},

	deleteMassMessage(context) {
		const { state, owner } = context;
		const massMessage = requireMassMessage(context, context.id('messageUuid'));
		massMessage.isUnsent = true;
		for (const conversation of state.conversationsOf(owner.uuid)) {
			// Buyers keep the message.
			conversation.messages = conversation.messages.filter(
				({ massMessageUuid, purchasedAt }) =>
					massMessageUuid !== massMessage.uuid || purchasedAt !== null,
			);
		}
		return NO_CONTENT;
	},
};
