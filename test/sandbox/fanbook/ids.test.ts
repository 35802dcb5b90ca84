import type { Sandbox } from '../../../sandbox';
import {
	createSnowflake,
	SnowflakeGenerator,
	getSnowflakeTime,
} from '../../../sandbox/fanbook/ids';
import { call, IDS, send } from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox(
	(started) => {
		sandbox = started;
	},
	{ keepsState: true },
);
beforeEach(() => {
	sandbox.reset();
});

describe('Ids', () => {
	it.each<[string, string, string | undefined, RegExp[]]>([
		['getMe', 'GET getMe', undefined, [/"id":512345678901234561,/, /"user_token":"[0-9a-f]{64}"/]],
		[
			'sendMessage',
			'POST sendMessage',
			`{"chat_id":${IDS.lobbyChannelId},"text":"t","desc":"d"}`,
			[/"message_id":\d{18},/, /"chat":\{"id":1152921504606846979,/],
		],
		[
			'getChatMember',
			'POST getChatMember',
			`{"guild_id":${IDS.serverId},"user_id":${IDS.userId}}`,
			[/"user":\{"id":601200000000000513,/],
		],
		[
			'getGuildRoles',
			'POST getGuildRoles',
			`{"guild_id":${IDS.serverId}}`,
			[/\[\{"id":523904175562981377,/],
		],
		[
			'guild/notification/send',
			'POST guild/notification/send',
			`{"users":["${IDS.userId}"],"guild_id":"${IDS.serverId}","text":"t"}`,
			[/"message_id":\d{18},/, /"chat":\{"id":523904175562981377,.*"channel_type":24/],
		],
		[
			'v2/checkUserGuilds',
			'POST v2/checkUserGuilds',
			`{"user_id":${IDS.userId},"guilds":[${IDS.secondServerId},5]}`,
			[/"result":\[731455902817263619\]/],
		],
	])('are numbers in the response of %s', async (_name, to, body, patterns) => {
		const { text } = await call(sandbox, to, body);
		for (const pattern of patterns) expect(text).toMatch(pattern);
	});

	it.each<[string, string, string, RegExp[]]>([
		[
			'message/getList',
			'POST message/getList',
			`channel_id=${IDS.lobbyChannelId}&size=1`,
			[/"channel_id":"1152921504606846979"/, /"message_id":"\d{18}"/, /"user_id":"\d+"/],
		],
		[
			'channel/list',
			'POST channel/list',
			`{"guild_id":"${IDS.serverId}"}`,
			[/"channel_id":"1152921504606846979"/],
		],
		[
			'v2/guild/members',
			'POST v2/guild/members',
			`{"guild_id":"${IDS.serverId}","channel_id":"0","user_id":"1152921504606850561","ranges":[{"start":0,"end":99}]}`,
			[/"user_id":"1152921504606850561"/, /"guild_id":"523904175562981377"/],
		],
		[
			'guild',
			'POST guild',
			`{"user_id":"1","guild_id":"${IDS.serverId}"}`,
			[/"guild_id":"523904175562981377"/],
		],
	])('are strings in the response of %s', async (_name, to, body, patterns) => {
		const { text } = await call(sandbox, to, body);
		for (const pattern of patterns) expect(text).toMatch(pattern);
	});

	it('cannot be represented by a double, so that rounding is noticed', async () => {
		const ids = [IDS.botId, IDS.serverId, IDS.lobbyChannelId, IDS.userId, await send(sandbox)];
		for (const id of ids) expect(BigInt(Number(id)).toString()).not.toBe(id);
	});

	it('increase with time and have 19 digits from 2027', () => {
		const made = new SnowflakeGenerator(sandbox.clock);
		const ids = Array.from({ length: 40_000 }, () => BigInt(made.next()));
		expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0n))).toBe(true);
		sandbox.clock.set(Date.UTC(2027, 5, 1));
		const later = made.next();
		expect(later).toHaveLength(19);
		sandbox.clock.set(Date.UTC(2020, 0, 1));
		expect(BigInt(made.next())).toBeGreaterThan(BigInt(later));
	});

	it('contain their time', () => {
		const time = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
		expect(getSnowflakeTime(createSnowflake(time, 12))).toBe(time);
		// A documented message id and its date; such pairs differ by at most 2 ms.
		expect(Math.abs(getSnowflakeTime('495447611042430976') - 1683346803445)).toBeLessThan(3);
	});
});
