import { isObject, type JsonObject } from '../../../sandbox/core/json';
import type { Sandbox } from '../../../sandbox';
import { call, callList, callObject, IDS } from './client';
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

const { lobbyChannelId: lobby, serverId: guild, circleChannelId: circle } = IDS;

/** Returns the records of a response. */
function records(response: JsonObject): JsonObject[] {
	return Array.isArray(response.records) ? response.records.filter(isObject) : [];
}

/** Reads page by page until there is no cursor; returns the size of each page. */
async function sizes(
	page: (cursor: string | undefined) => Promise<{ size: number; cursor?: string | undefined }>,
): Promise<number[]> {
	const found: number[] = [];
	let cursor: string | undefined;
	do {
		const next = await page(cursor);
		found.push(next.size);
		cursor = next.cursor;
	} while (cursor !== undefined && found.length < 20);
	return found;
}

function idOf(item: JsonObject | undefined, key: string): string | undefined {
	return item === undefined ? undefined : String(item[key]);
}

describe('Pages', () => {
	it('of message/getList are newest first, with older messages before the cursor', async () => {
		const seen: string[] = [];
		const found = await sizes(async (cursor) => {
			const at = cursor === undefined ? '' : `&message_id=${cursor}&behavior=before`;
			const list = await callList(
				sandbox,
				'POST message/getList',
				`channel_id=${lobby}&size=100${at}`,
			);
			seen.push(...list.map((item) => String(item.message_id)));
			return {
				size: list.length,
				cursor: list.length < 100 ? undefined : idOf(list.at(-1), 'message_id'),
			};
		});
		expect(found).toEqual([100, 100, 30]);
		expect(new Set(seen).size).toBe(230);
		expect([...seen].sort().reverse()).toEqual(seen);
	});

	it.each([
		['next', ['3', '2', '1']],
		['newest', ['6', '5', '4']],
	] as const)(
		'of message/getList after a cursor are the %s page, newest first',
		async (side, texts) => {
			sandbox.fanbook.settings.afterPage = side;
			const start = sandbox.fanbook.say(lobby, IDS.userId, '0').id;
			for (const text of ['1', '2', '3', '4', '5', '6'])
				sandbox.fanbook.say(lobby, IDS.userId, text);
			const body = `channel_id=${lobby}&size=3&message_id=${start}&behavior=after`;
			const list = await callList(sandbox, 'POST message/getList', body);
			expect(list.map((item) => JSON.parse(String(item.content)).text)).toEqual(texts);
		},
	);

	it('of v2/quotes contain 100 replies to a root message', async () => {
		const root = sandbox.fanbook.say(lobby, IDS.userId, 'root').id;
		for (let n = 0; n < 130; n += 1) {
			sandbox.fanbook.say(lobby, IDS.userId, `answer ${n}`, { replyTo: root });
		}
		const found = await sizes(async (cursor) => {
			const at = cursor === undefined ? '' : `,"message_id":"${cursor}"`;
			const body = `{"channel_id":"${lobby}","quote_id":"${root}"${at}}`;
			const list = await callList(sandbox, 'POST v2/quotes', body);
			return { size: list.length, cursor: idOf(list.at(-1), 'message_id') };
		});
		expect(found).toEqual([100, 30, 0]);
	});

	it('of v2/guild/members are selected by row index, including group rows', async () => {
		const rows: unknown[] = [];
		const found = await sizes(async (cursor) => {
			const start = Number(cursor ?? 0);
			const range = `[{"start":${start},"end":${start + 99}}]`;
			const body = `{"guild_id":"${guild}","channel_id":"0","user_id":"${IDS.botId}","ranges":${range}}`;
			const { ops, item_count } = await callObject(sandbox, 'POST v2/guild/members', body);
			const items = Array.isArray(ops) && isObject(ops[0]) ? ops[0].items : [];
			rows.push(...(Array.isArray(items) ? items : []));
			const isLast = start + 99 >= Number(item_count) - 1;
			return {
				size: Array.isArray(items) ? items.length : 0,
				cursor: isLast ? undefined : String(start + 100),
			};
		});
		expect(found).toEqual([100, 100, 53]);
		const users = rows.flatMap((row) => (isObject(row) && isObject(row.User) ? [row.User] : []));
		expect(new Set(users.map((row) => row.user_id)).size).toBe(250);
	});

	it('of getRoleMembers follow the last user id', async () => {
		const found = await sizes(async (cursor) => {
			const at = cursor === undefined ? '' : `,"last_id":${cursor}`;
			const body = `{"guild_id":${guild},"role_id":${guild},"size":100${at}}`;
			const list = await callList(sandbox, 'POST getRoleMembers', body);
			const last = list.at(-1)?.user;
			return {
				size: list.length,
				cursor: list.length < 100 ? undefined : idOf(isObject(last) ? last : undefined, 'id'),
			};
		});
		expect(found).toEqual([100, 100, 50]);
	});

	it('of getGuildRoles follow the last role id until a page is empty', async () => {
		const found = await sizes(async (cursor) => {
			const at = cursor === undefined ? '' : `,"last_id":${cursor}`;
			const list = await callList(sandbox, 'POST getGuildRoles', `{"guild_id":${guild}${at}}`);
			return { size: list.length, cursor: idOf(list.at(-1), 'id') };
		});
		expect(found).toEqual([20, 4, 0]);
	});

	it('of invite/guildList follow list_id, with next as a string', async () => {
		const found = await sizes(async (cursor) => {
			const body = `{"guild_id":"${guild}","size":"50","list_id":"${cursor ?? '0'}"}`;
			const response = await callObject(sandbox, 'POST invite/guildList', body);
			return {
				size: records(response).length,
				cursor: response.next === '1' ? idOf(response, 'list_id') : undefined,
			};
		});
		expect(found).toEqual([50, 10]);
	});

	it.each([
		['circle/postList', `"guild_id":"${guild}","channel_id":"${circle}","size":"20"`, [20, 20, 5]],
		['v2/circle/reactionList', '"post_id":"POST","size":100', [100, 30]],
		['v2/circle/commentList', `"post_id":"POST","channel_id":"${circle}","size":"50"`, [50, 15]],
		['v2/circle/commentReplyList', '"post_id":"POST","comment_id":"COMMENT","size":"20"', [20, 5]],
	])('of %s follow list_id, with next as a boolean', async (path, body, expected) => {
		const busy = [...sandbox.fanbook.sandboxState.posts.values()].find(
			({ likes }) => likes.length > 100,
		);
		const written = body
			.replace('POST', busy?.id ?? '')
			.replace('COMMENT', busy?.comments[0]?.id ?? '');
		const found = await sizes(async (cursor) => {
			const at = cursor === undefined ? '' : `,"list_id":"${cursor}"`;
			const response = await callObject(sandbox, `POST ${path}`, `{${written}${at}}`);
			return {
				size: records(response).length,
				cursor: response.next === true ? idOf(response, 'list_id') : undefined,
			};
		});
		expect(found).toEqual(expected);
	});

	it('of v2/circle/commentList have the reverse direction with since_id', async () => {
		const busy = [...sandbox.fanbook.sandboxState.posts.values()].find(
			({ likes }) => likes.length > 100,
		);
		const tenth = busy?.comments[9]?.id ?? '';
		const at = `"post_id":"${busy?.id}","channel_id":"${circle}","size":"3","list_id":"${tenth}"`;
		const ids = async (rest: string): Promise<string[]> => {
			const response = await callObject(sandbox, 'POST v2/circle/commentList', `{${at}${rest}}`);
			return records(response).map(({ comment }) =>
				isObject(comment) ? String(comment.comment_id) : '',
			);
		};
		const expected = (...indexes: number[]): string[] =>
			indexes.map((index) => busy?.comments[index]?.id ?? '');
		expect(await ids('')).toEqual(expected(8, 7, 6));
		expect(await ids(',"since_id":0')).toEqual(expected(12, 11, 10));
	});

	it('of getCircleReactionList are plain lists of members and follow the last user', async () => {
		const busy = [...sandbox.fanbook.sandboxState.posts.values()].find(
			({ likes }) => likes.length > 100,
		);
		const found = await sizes(async (cursor) => {
			const at = cursor === undefined ? '' : `,"list_id":"${cursor}"`;
			const body = `{"guild_id":"${guild}","post_id":"${busy?.id}","size":100${at}}`;
			const list = await callList(sandbox, 'POST getCircleReactionList', body);
			const last = list.at(-1)?.user;
			return { size: list.length, cursor: isObject(last) ? String(last.id) : undefined };
		});
		expect(found).toEqual([100, 30, 0]);
	});

	it('of searchGuildMember have at most 50 members', async () => {
		const body = `{"guild_id":${guild},"query":"a"}`;
		const { result } = await call(sandbox, 'POST searchGuildMember', body);
		expect(result).toHaveLength(50);
	});
});
