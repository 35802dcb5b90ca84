import { uuidOf } from '../ids';
import { createMessage, recordSale } from '../mutations';
import type { Conversation, MassMessage, Message, User } from '../model';
import type { FanvueState } from '../state';
import { DAY, HOUR } from '../time';
import { SeededRandom } from './seededRandom';

const FROM_FANS = [
	'Hi! Just found you.',
	'What camera is that?',
	'Good night from Lisbon 🌙',
	'When is the next live?',
];
const FROM_CREATORS = [
	'Thank you, that means a lot.',
	'An old one, with a new lens.',
	'Soon!',
	'Have a look at this.',
];

interface MessageLine {
	isFromFan: boolean;
	at: number;
	/** UUIDs of the attached media, and the price in cents. */
	mediaUuids?: string[];
	price?: number;
}

function addLine(
	state: FanvueState,
	{
		creator,
		fan,
		line,
		random,
	}: { creator: User; fan: User; line: MessageLine; random: SeededRandom },
): Message {
	const conversation = state.ensureConversation(creator.uuid, fan.uuid, line.at - HOUR);
	const [from, to] = line.isFromFan ? [fan, creator] : [creator, fan];
	const message = createMessage(state, {
		senderUuid: from.uuid,
		recipientUuid: to.uuid,
		content: {
			text: random.pick(line.isFromFan ? FROM_FANS : FROM_CREATORS),
			sentAt: line.at,
			mediaUuids: line.mediaUuids ?? [],
			price: line.price ?? null,
			readAt: line.at + 60_000,
		},
	});
	state.addMessage(conversation, message);
	return message;
}

/** Adds the sale of a paid message. */
function sellMessage(state: FanvueState, message: Message): void {
	const gross = message.price ?? 0;
	message.purchasedAt = message.sentAt + 10 * 60_000;
	recordSale(state, {
		creatorUuid: message.senderUuid,
		fanUuid: message.recipientUuid,
		source: 'message',
		gross,
		at: message.purchasedAt,
		messageUuid: message.uuid,
	});
}

/** Marks the latest messages of a fan as unread. */
function markLatestUnread({ messages }: Conversation, fan: User, count: number): void {
	const received = messages.filter(({ senderUuid }) => senderUuid === fan.uuid);
	for (const message of received.slice(-count)) message.readAt = null;
}

/** Adds a chat with more messages than fit on a page. */
function seedLongChat(state: FanvueState, mira: User, random: SeededRandom): void {
	const felix = state.userByHandle('felix');
	const tara = state.userByHandle('tara');
	const media = [...state.media.values()].filter(
		({ ownerUuid, completedAt }) => ownerUuid === mira.uuid && completedAt !== null,
	);
	for (let index = 0; index < 75; index += 1) {
		const line: MessageLine = {
			isFromFan: index % 3 !== 1,
			at: state.now() - (80 - index) * 5 * HOUR,
		};
		const isPaid = !line.isFromFan && index % 4 === 0;
		if (!line.isFromFan && index % 2 === 0) {
			line.mediaUuids = media.slice(index % 30, (index % 30) + 2).map(({ uuid }) => uuid);
		}
		if (isPaid) line.price = 1000 + index * 10;
		const message = addLine(state, { creator: mira, fan: felix, line, random });
		if (!line.isFromFan && index % 5 === 0) message.sentByUserId = tara.uuid;
		if (isPaid && index % 8 === 0) sellMessage(state, message);
	}
	const conversation = state.ensureConversation(mira.uuid, felix.uuid, state.now());
	markLatestUnread(conversation, felix, 2);
}

function seedMass(state: FanvueState, mira: User): void {
	const [photographers = ''] = [...state.customLists.values()]
		.filter(({ name }) => name === 'Photographers')
		.map(({ uuid }) => uuid);
	const base: Omit<MassMessage, 'uuid' | 'text' | 'createdAt'> = {
		creatorUuid: mira.uuid,
		mediaUuids: [],
		mediaPreviewUuid: null,
		price: null,
		scheduledAt: null,
		publishedAt: null,
		isUnsent: false,
		included: { customListUuids: [photographers], smartListIds: [] },
		excluded: { customListUuids: [], smartListIds: [] },
		recipientUuids: [],
		sentByUserId: null,
	};
	const members = [...(state.customLists.get(photographers)?.memberUuids ?? [])];
	const sentAt = state.now() - 4 * DAY;
	state.massMessages.push(
		{
			...base,
			uuid: uuidOf('mass message sent'),
			text: 'A new series is out.',
			createdAt: sentAt,
			publishedAt: sentAt,
			recipientUuids: members,
		},
		{
			...base,
			uuid: uuidOf('mass message unsent'),
			text: 'Sent too early.',
			createdAt: sentAt - DAY,
			publishedAt: sentAt - DAY,
			isUnsent: true,
			recipientUuids: members,
		},
		{
			...base,
			uuid: uuidOf('mass message scheduled'),
			text: 'Tomorrow at eight.',
			createdAt: sentAt + DAY,
			scheduledAt: state.now() + 2 * DAY,
		},
	);
	for (const fanUuid of members) {
		const conversation = state.ensureConversation(mira.uuid, fanUuid, sentAt);
		const message = createMessage(state, {
			senderUuid: mira.uuid,
			recipientUuid: fanUuid,
			content: {
				text: 'A new series is out.',
				type: 'BROADCAST',
				sentAt,
				massMessageUuid: uuidOf('mass message sent'),
			},
		});
		state.addMessage(conversation, message);
		conversation.messages.sort((a, b) => a.sentAt - b.sentAt);
	}
}

/** Adds a long chat, many short ones and mass messages. */
export function seedChats(state: FanvueState): void {
	const random = new SeededRandom(3);
	for (const [handle, count] of [
		['mira', 46],
		['nolan', 9],
		['oriane', 5],
	] as const) {
		const creator = state.userByHandle(handle);
		if (handle === 'mira') seedLongChat(state, creator, random);
		const fans = state
			.relationshipsOf(creator.uuid)
			.flatMap(({ fanUuid }) => state.user(fanUuid) ?? []);
		const others = fans.filter(({ handle: name }) => name !== 'felix').slice(0, count);
		others.forEach((fan, index) => {
			const length = 1 + random.integer(6);
			for (let number = 0; number < length; number += 1) {
				const at = state.now() - (index + 1) * 7 * HOUR - (length - number) * 11 * 60_000;
				addLine(state, { creator, fan, line: { isFromFan: number % 2 === 0, at }, random });
			}
			const conversation = state.ensureConversation(creator.uuid, fan.uuid, state.now());
			if (index % 4 === 0) markLatestUnread(conversation, fan, 2);
			const side = conversation.sides.get(creator.uuid);
			if (!side) return;
			side.isMuted = index % 15 === 14;
			side.isArchived = index === 7;
			if (index === 3) side.nickname = 'The one from Lisbon';
		});
	}
	seedMass(state, state.userByHandle('mira'));
	// Creators also write to each other.
	const [mira, nolan] = [state.userByHandle('mira'), state.userByHandle('nolan')];
	addLine(state, {
		creator: mira,
		fan: nolan,
		line: { isFromFan: true, at: state.now() - 3 * DAY },
		random,
	});
}
