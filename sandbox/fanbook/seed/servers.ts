import { DEMO } from '../../demo';
import {
	CHANNEL_TYPE,
	type Channel,
	type Member,
	type Role,
	type Server,
	type User,
} from '../model';
import { EVERYONE_PERMISSIONS, PERMISSION } from '../permissions';
import type { FanbookState } from '../state';

const FIRST_NAMES = [
	'Ada', 'Bao', 'Chen', 'Dana', 'Emil', 'Fang', 'Gita', 'Hana', 'Ilse', 'Jun',
	'Kai', 'Lin', 'Mei', 'Nora', 'Otto', 'Ping', 'Qi', 'Rosa', 'Sven', '小雨',
	'阿杰', '晓晓', '大熊', '子涵', '若曦',
]; // prettier-ignore
const SECOND_NAMES = ['', 'Fox', 'Lu', 'Stone', 'River', 'Moon', 'Wei', 'Bell', 'Rain', 'Sky'];

const MEMBERS = 250;
const DAY = 24 * 60 * 60 * 1000;
/** The time of the newest sample data. */
export const SAMPLE_END = Date.UTC(2026, 5, 1, 8);

const { fanbook: IDS } = DEMO;

function createPictureUrl(name: string): string {
	return `https://cdn.example.com/${name}.png`;
}

function createUser(
	id: string,
	{ index, nickname, bot = false }: { index: number; nickname: string; bot?: boolean },
): User {
	return {
		id,
		username: String(1_000_000 + index * 37),
		nickname,
		avatar: createPictureUrl(`avatar/${index % 24}`),
		bot,
		verified: index % 3 === 0,
		closedPrivateMessages: index % 50 === 7,
		blocksBot: index % 50 === 8,
	};
}

function createMember(userId: string, roles: string[], index: number): Member {
	return {
		userId,
		nick: index % 10 === 3 ? `Lantern ${index}` : null,
		roles,
		joinedAt: SAMPLE_END - (MEMBERS - index) * DAY,
		mutedUntil: 0,
		credits: new Map(),
	};
}

function createRole(
	id: string,
	{ name, position, rest = {} }: { name: string; position: number; rest?: Partial<Role> },
): Role {
	const plain = { permissions: 0n, color: 0, mentionable: true, hoist: false, botId: null };
	return { id, name, position, ...plain, ...rest };
}

function createChannel(
	id: string,
	{
		serverId,
		name,
		type,
		rest = {},
	}: { serverId: string | null; name: string; type: number; rest?: Partial<Channel> },
): Channel {
	return {
		id,
		serverId,
		name,
		type,
		topic: '',
		parentId: null,
		icon: '',
		link: '',
		ownerId: null,
		overwrites: [],
		participants: [],
		...rest,
	};
}

/** Returns the id at an index of a range of sample ids. */
function createId(base: string, index: number): string {
	return String(BigInt(base) + BigInt(index));
}

const BOT_PERMISSIONS =
	EVERYONE_PERMISSIONS |
	PERMISSION.KICK_MEMBERS |
	PERMISSION.MANAGE_CHANNELS |
	PERMISSION.MANAGE_GUILD |
	PERMISSION.MANAGE_MESSAGES |
	PERMISSION.MUTE_MEMBERS |
	PERMISSION.MANAGE_ROLES |
	PERMISSION.MANAGE_CIRCLE;

// Member 5 has a 19-digit id; DEMO.userId is member 1.
const USER_IDS = Array.from({ length: MEMBERS }, (_, index) =>
	index === 5 ? '1152921504606850561' : createId('601200000000000001', index * 512),
);

/** Returns the id of a sample user. */
export function sampleUserId(index: number): string {
	const id = USER_IDS[index];
	if (id === undefined) throw new RangeError(`there is no sample user ${index}`);
	return id;
}

function addUsers(state: FanbookState): void {
	state.users.set(IDS.botId, {
		...createUser(IDS.botId, { index: 900, nickname: 'Lantern Bot', bot: true }),
		blocksBot: false,
	});
	for (let index = 0; index < MEMBERS - 1; index += 1) {
		const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? '';
		const second = SECOND_NAMES[Math.floor(index / FIRST_NAMES.length)] ?? '';
		const isBot = index === 9;
		const name = isBot ? 'Quiz Bot' : `${first} ${second}`.trim();
		state.users.set(
			sampleUserId(index),
			createUser(sampleUserId(index), { index, nickname: name, bot: isBot }),
		);
	}
	const stranger = createUser('601299999999999999', { index: 4000, nickname: 'Stranger' });
	state.users.set(stranger.id, stranger);
}

function createLanternTown(): Server {
	const serverId = IDS.serverId;
	const levels = Array.from({ length: 20 }, (_, index) =>
		createRole(createId('523904175562982657', index * 2), {
			name: `Level ${index + 1}`,
			position: index + 1,
			rest: {
				color: 0x3366ff + index,
				mentionable: false,
			},
		}),
	);
	const roles = [
		createRole(serverId, {
			name: 'Everyone',
			position: 0,
			rest: { permissions: EVERYONE_PERMISSIONS },
		}),
		...levels,
		createRole('523904175562982801', {
			name: 'Helpers',
			position: 30,
			rest: { hoist: true, color: 0x22aa66 },
		}),
		createRole('523904175562982803', {
			name: 'Moderators',
			position: 40,
			rest: {
				hoist: true,
				color: 0xff8800,
				permissions: EVERYONE_PERMISSIONS | PERMISSION.MANAGE_MESSAGES | PERMISSION.MUTE_MEMBERS,
			},
		}),
		createRole('523904175562982805', {
			name: 'Lantern Bot',
			position: 50,
			rest: {
				permissions: BOT_PERMISSIONS,
				botId: IDS.botId,
				mentionable: false,
			},
		}),
	];
	const members = new Map<string, Member>();
	for (let index = 0; index < MEMBERS - 1; index += 1) {
		const held = [levels[index % levels.length]?.id ?? ''];
		if (index < 4) held.push('523904175562982803');
		else if (index < 30) held.push('523904175562982801');
		members.set(sampleUserId(index), createMember(sampleUserId(index), held, index));
	}
	members.set(IDS.botId, { ...createMember(IDS.botId, ['523904175562982805'], 0), nick: null });
	return {
		id: serverId,
		name: 'Lantern Town 灯笼镇',
		icon: createPictureUrl('icon/lantern'),
		description: 'A quiet town that is never dark',
		ownerId: sampleUserId(0),
		systemChannelId: IDS.lobbyChannelId,
		members,
		roles,
		emojis: ['lantern', 'moonrabbit', 'tea', '灯笼'].map((name, position) => ({
			name,
			avatar: createPictureUrl(`emoji/${position}`),
			position,
		})),
		invites: Array.from({ length: 60 }, (_, index) => ({
			code: `LT${String(index).padStart(4, '0')}`,
			id: createId('523904175562984001', index * 2),
			inviterId: sampleUserId(index % 7),
			channelId: IDS.lobbyChannelId,
			expiresIn: index % 2 === 0 ? -1 : 86_400,
			usesLeft: index === 59 ? 0 : index % 3 === 0 ? -1 : 20,
			used: index,
		})),
		topics: ['Daily life', 'Photos', 'Recipes 菜谱'].map((name, index) => ({
			id: createId('523904175562983001', index * 2),
			channelId: IDS.circleChannelId,
			name,
		})),
		joined: MEMBERS,
	};
}

function createSmallServer(serverId: string, name: string, people: string[]): Server {
	return {
		id: serverId,
		name,
		icon: createPictureUrl('icon/small'),
		description: '',
		ownerId: sampleUserId(2),
		systemChannelId: createId(serverId, 2),
		members: new Map(people.map((userId, index) => [userId, createMember(userId, [], index)])),
		roles: [
			createRole(serverId, {
				name: 'Everyone',
				position: 0,
				rest: { permissions: EVERYONE_PERMISSIONS },
			}),
		],
		emojis: [],
		invites: [],
		topics: [],
		joined: people.length,
	};
}

function createChannels(): Channel[] {
	const town = IDS.serverId;
	const category = '523904175562981389';
	const inTown = { parentId: category };
	return [
		createChannel(category, { serverId: town, name: 'Town square', type: CHANNEL_TYPE.category }),
		createChannel(IDS.lobbyChannelId, {
			serverId: town,
			name: 'lobby 大厅',
			type: CHANNEL_TYPE.text,
			rest: {
				...inTown,
				topic: 'Say hello',
			},
		}),
		createChannel(IDS.helpChannelId, {
			serverId: town,
			name: 'help',
			type: CHANNEL_TYPE.text,
			rest: inTown,
		}),
		createChannel(IDS.announcementsChannelId, {
			serverId: town,
			name: 'announcements',
			type: CHANNEL_TYPE.text,
			rest: {
				...inTown,
				overwrites: [
					{ id: town, kind: 'role', allow: 0n, deny: PERMISSION.SEND_MESSAGES },
					{ id: IDS.botId, kind: 'user', allow: 0n, deny: PERMISSION.SEND_MESSAGES },
				],
			},
		}),
		createChannel('523904175562981395', {
			serverId: town,
			name: 'moderators',
			type: CHANNEL_TYPE.text,
			rest: {
				overwrites: [
					{ id: town, kind: 'role', allow: 0n, deny: PERMISSION.VIEW_CHANNEL },
					{ id: '523904175562982803', kind: 'role', allow: PERMISSION.VIEW_CHANNEL, deny: 0n },
				],
			},
		}),
		createChannel(IDS.circleChannelId, {
			serverId: town,
			name: 'circle 圈子',
			type: CHANNEL_TYPE.circle,
		}),
		createChannel('523904175562981399', {
			serverId: town,
			name: 'evening talk',
			type: CHANNEL_TYPE.voice,
		}),
		createChannel('523904175562981401', {
			serverId: town,
			name: 'map',
			type: CHANNEL_TYPE.link,
			rest: {
				link: 'https://map.example.com',
			},
		}),
		createChannel(createId(IDS.secondServerId, 2), {
			serverId: IDS.secondServerId,
			name: 'table',
			type: CHANNEL_TYPE.text,
		}),
		createChannel(createId(IDS.foreignServerId, 2), {
			serverId: IDS.foreignServerId,
			name: 'harbour',
			type: CHANNEL_TYPE.text,
		}),
		createChannel('640404040404040449', {
			serverId: null,
			name: 'Sunday walk',
			type: CHANNEL_TYPE.group,
			rest: {
				participants: [IDS.botId, sampleUserId(1), sampleUserId(2), sampleUserId(3)],
				ownerId: sampleUserId(1),
			},
		}),
	];
}

/** Adds servers, channels and users to an empty state. */
export function seedServers(state: FanbookState): void {
	state.botId = IDS.botId;
	addUsers(state);
	const guests = Array.from({ length: 5 }, (_, index) => sampleUserId(index + 1));
	for (const server of [
		createLanternTown(),
		createSmallServer(IDS.secondServerId, 'Board Game Night', [...guests, IDS.botId]),
		createSmallServer(IDS.foreignServerId, 'Far Harbour', guests),
	]) {
		state.servers.set(server.id, server);
	}
	for (const channel of createChannels()) state.channels.set(channel.id, channel);
}
