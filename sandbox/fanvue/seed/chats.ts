import { uuidOf } from '../ids';
import { newMessage } from '../messages';
import type { Conversation, MassMessage, Message, User } from '../model';
import type { World } from '../world';
import { DAY, Dice, HOUR, netOf } from './dice';

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

interface Line {
	isFromFan: boolean;
	at: number;
	/** Ids of what is attached, and its price in cents. */
	mediaUuids?: string[];
	price?: number;
}

function say(world: World, creator: User, fan: User, line: Line, dice: Dice): Message {
	const conversation = world.openConversation(creator.uuid, fan.uuid, line.at - HOUR);
	const [from, to] = line.isFromFan ? [fan, creator] : [creator, fan];
	const message = newMessage(world, from.uuid, to.uuid, {
		text: dice.pick(line.isFromFan ? FROM_FANS : FROM_CREATORS),
		sentAt: line.at,
		mediaUuids: line.mediaUuids ?? [],
		price: line.price ?? null,
		readAt: line.at + 60_000,
	});
	world.addMessage(conversation, message);
	return message;
}

/** Books the sale of a paid message. */
function unlock(world: World, message: Message): void {
	const gross = message.price ?? 0;
	message.purchasedAt = message.sentAt + 10 * 60_000;
	world.book({
		orderId: world.ids.next('order'),
		creatorUuid: message.senderUuid,
		fanUuid: message.recipientUuid,
		source: 'message',
		gross,
		net: netOf(gross),
		at: message.purchasedAt,
		messageUuid: message.uuid,
		postUuid: null,
		reversedOrderId: null,
	});
}

/** The last messages of a fan are new to the creator. */
function leaveUnread({ messages }: Conversation, fan: User, count: number): void {
	const received = messages.filter(({ senderUuid }) => senderUuid === fan.uuid);
	for (const message of received.slice(-count)) message.readAt = null;
}

/** The long chat, with more messages than fit on a page. */
function seedLongChat(world: World, mira: User, dice: Dice): void {
	const felix = world.byHandle('felix');
	const tara = world.byHandle('tara');
	const media = [...world.media.values()].filter(
		({ ownerUuid, completedAt }) => ownerUuid === mira.uuid && completedAt !== null,
	);
	for (let index = 0; index < 75; index += 1) {
		const line: Line = { isFromFan: index % 3 !== 1, at: world.now() - (80 - index) * 5 * HOUR };
		const isPaid = !line.isFromFan && index % 4 === 0;
		if (!line.isFromFan && index % 2 === 0) {
			line.mediaUuids = media.slice(index % 30, (index % 30) + 2).map(({ uuid }) => uuid);
		}
		if (isPaid) line.price = 1000 + index * 10;
		const message = say(world, mira, felix, line, dice);
		if (!line.isFromFan && index % 5 === 0) message.sentByUserId = tara.uuid;
		if (isPaid && index % 8 === 0) unlock(world, message);
	}
	const conversation = world.openConversation(mira.uuid, felix.uuid, world.now());
	leaveUnread(conversation, felix, 2);
}

function seedMass(world: World, mira: User): void {
	const [photographers = ''] = [...world.customLists.values()]
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
	const members = [...(world.customLists.get(photographers)?.memberUuids ?? [])];
	const sentAt = world.now() - 4 * DAY;
	world.massMessages.push(
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
			scheduledAt: world.now() + 2 * DAY,
		},
	);
	for (const fanUuid of members) {
		const conversation = world.openConversation(mira.uuid, fanUuid, sentAt);
		const message = newMessage(world, mira.uuid, fanUuid, {
			text: 'A new series is out.',
			type: 'BROADCAST',
			sentAt,
			massMessageUuid: uuidOf('mass message sent'),
		});
		world.addMessage(conversation, message);
		conversation.messages.sort((a, b) => a.sentAt - b.sentAt);
	}
}

/** Chats: a long one, many short ones, a mass message in some of them. */
export function seedChats(world: World): void {
	const dice = new Dice(3);
	for (const [handle, count] of [
		['mira', 46],
		['nolan', 9],
		['oriane', 5],
	] as const) {
		const creator = world.byHandle(handle);
		if (handle === 'mira') seedLongChat(world, creator, dice);
		const fans = world.bondsOf(creator.uuid).flatMap(({ fanUuid }) => world.user(fanUuid) ?? []);
		const others = fans.filter(({ handle: name }) => name !== 'felix').slice(0, count);
		others.forEach((fan, index) => {
			const length = 1 + dice.roll(6);
			for (let number = 0; number < length; number += 1) {
				const at = world.now() - (index + 1) * 7 * HOUR - (length - number) * 11 * 60_000;
				say(world, creator, fan, { isFromFan: number % 2 === 0, at }, dice);
			}
			const conversation = world.openConversation(creator.uuid, fan.uuid, world.now());
			if (index % 4 === 0) leaveUnread(conversation, fan, 2);
			const side = conversation.sides.get(creator.uuid);
			if (!side) return;
			side.isMuted = index % 15 === 14;
			side.isArchived = index === 7;
			if (index === 3) side.nickname = 'The one from Lisbon';
		});
	}
	seedMass(world, world.byHandle('mira'));
	// Creators talk to each other, too.
	const [mira, nolan] = [world.byHandle('mira'), world.byHandle('nolan')];
	say(world, mira, nolan, { isFromFan: true, at: world.now() - 3 * DAY }, dice);
}
