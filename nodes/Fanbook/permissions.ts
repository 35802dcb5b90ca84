import type { FieldOption } from '../shared/definition/operation';

/** Permissions and their bits. Fanbook does not use all of them yet. */
const BITS: Array<[name: string, bit: number, unused?: 'unused']> = [
	['CREATE_INSTANT_INVITE', 0],
	['KICK_MEMBERS', 1],
	['BAN_MEMBERS', 2, 'unused'],
	['ADMINISTRATOR', 3],
	['MANAGE_CHANNELS', 4],
	['MANAGE_GUILD', 5],
	['ADD_REACTIONS', 6],
	['VIEW_AUDIT_LOG', 7, 'unused'],
	['PRIORITY_SPEAKER', 8, 'unused'],
	['STREAM', 9, 'unused'],
	['VIEW_CHANNEL', 10],
	['SEND_MESSAGES', 11],
	['SEND_TTS_MESSAGES', 12, 'unused'],
	['MANAGE_MESSAGES', 13],
	['EMBED_LINKS', 14, 'unused'],
	['ATTACH_FILES', 15, 'unused'],
	['READ_MESSAGE_HISTORY', 16],
	['MENTION_EVERYONE', 17],
	['USE_EXTERNAL_EMOJIS', 18, 'unused'],
	['VIEW_GUILD_INSIGHTS', 19, 'unused'],
	['CONNECT', 20],
	['SPEAK', 21],
	['MUTE_MEMBERS', 22],
	['DEAFEN_MEMBERS', 23, 'unused'],
	['MOVE_MEMBERS', 24],
	['USE_VAD', 25, 'unused'],
	['CHANGE_NICKNAME', 26, 'unused'],
	['MANAGE_NICKNAMES', 27, 'unused'],
	['MANAGE_ROLES', 28],
	['MANAGE_WEBHOOKS', 29, 'unused'],
	['MANAGE_EMOJIS_AND_STICKERS', 30],
	['MANAGE_CIRCLE', 31],
	['REQUEST_TO_SPEAK', 32, 'unused'],
	['MANAGE_THREADS', 34, 'unused'],
	['USE_PUBLIC_THREADS', 35, 'unused'],
	['USE_PRIVATE_THREADS', 36, 'unused'],
	['USE_EXTERNAL_STICKERS', 37, 'unused'],
];

function words(name: string): string {
	return name
		.split('_')
		.map((word) =>
			word === 'TTS' || word === 'VAD' ? word : word[0] + word.slice(1).toLowerCase(),
		)
		.join(' ');
}

/** All permissions as options. */
export const permissionChoices: FieldOption[] = BITS.map(([name, , unused]) => ({
	name: words(name),
	value: name,
	...(unused === undefined ? {} : { description: 'Reserved by Fanbook' }),
}));

/** Returns a set of permissions as the digits of one number, which can exceed 32 bits. */
export function permissionSet(names: readonly string[]): string {
	return BITS.filter(([name]) => names.includes(name))
		.reduce((set, [, bit]) => set | (1n << BigInt(bit)), 0n)
		.toString();
}
