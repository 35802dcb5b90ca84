import type { Sandbox } from '../../../sandbox/index';
import { FanvueClient, record, rows, type ClientResponse } from './client';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
let mira: FanvueClient;
let felix: string;
let picture: string;

useSandbox((started) => {
	sandbox = started;
});
beforeEach(() => {
	mira = new FanvueClient(sandbox);
	felix = idOf('felix');
	picture = [...sandbox.fanvue.sandboxState.media.keys()][0] ?? '';
});

function idOf(handle: string): string {
	return sandbox.fanvue.sandboxState.userByHandle(handle).uuid;
}

async function send(handle: string, body: unknown, client = mira): Promise<ClientResponse> {
	return await client.send('POST', `/chats/${idOf(handle)}/message`, { body });
}

async function unread(path: string, query: Record<string, string> = {}): Promise<unknown> {
	await mira.get(path, query);
	const { body } = await mira.get(`/v1/chats/${felix}`);
	return record(body)['unreadMessagesCount'];
}

describe('reading', () => {
	test('listing messages marks them as read by default without /v1', async () => {
		const path = `/chats/${felix}/messages`;

		expect(await unread(path, { markAsRead: 'false' })).toBe(2);
		expect(await unread(path)).toBe(0);
	});

	test('listing messages does not mark them as read by default under /v1', async () => {
		const path = `/v1/chats/${felix}/messages`;

		expect(await unread(path)).toBe(2);
		expect(await unread(path, { markAsRead: 'true' })).toBe(0);
	});

	test('a PATCH marks a chat as unread and as read', async () => {
		await mira.send('PATCH', `/chats/${felix}`, { body: { isRead: true } });
		expect((await mira.get(`/v1/chats/${felix}`)).body).toMatchObject({
			isRead: true,
			unreadMessagesCount: 0,
		});
		await mira.send('PATCH', `/chats/${felix}`, { body: { isRead: false, nickname: 'Lix' } });
		expect((await mira.get(`/v1/chats/${felix}`)).body).toMatchObject({
			isRead: false,
			user: { nickname: 'Lix' },
		});
	});

	test('messages of a missing chat return 404', async () => {
		const { status, body } = await mira.get(`/chats/${idOf('fan150')}/messages`);

		expect([status, body]).toEqual([404, { message: 'Chat not found' }]);
	});

	test('the message batch has an error for each missing chat', async () => {
		const stranger = idOf('fan150');
		const body = { chatUuids: [felix, stranger], limit: 3 };
		const { byChat } = record((await mira.send('POST', '/chats/messages/batch', { body })).body);
		const chat = record(record(byChat)[felix]);

		expect(record(byChat)[stranger]).toEqual({ error: 'not_found' });
		expect(chat['messages']).toHaveLength(3);
		expect(chat['hasMore']).toBe(true);
	});
});

describe('sending', () => {
	test('a sent message is the newest of the chat', async () => {
		const { status, body } = await send('felix', { text: 'Hi', mediaUuids: [picture], price: 500 });
		const [message] = rows(await mira.get(`/chats/${felix}/messages`, { size: '1' }));

		expect(status).toBe(201);
		expect(message).toMatchObject({
			uuid: record(body)['messageUuid'],
			text: 'Hi',
			sender: { handle: 'mira' },
			recipient: { handle: 'felix' },
			hasMedia: true,
			mediaType: 'image',
			mediaUuids: [picture],
			pricing: { USD: { price: 500 } },
			type: 'SINGLE_RECIPIENT',
			sentByUserId: null,
			isRead: false,
		});
		const [chat] = rows(await mira.get('/chats', { size: '1' }));
		expect(record(chat?.['user'])['handle']).toBe('felix');
	});

	test('a message by an agency has sentByUserId', async () => {
		const agency = new FanvueClient(sandbox, 'agency');
		const path = `/creators/${idOf('mira')}/chats/${felix}/message`;
		await agency.send('POST', path, { body: { text: 'For her' } });
		const [message] = rows(await mira.get(`/chats/${felix}/messages`, { size: '1' }));

		expect(message).toMatchObject({ sender: { handle: 'mira' }, sentByUserId: idOf('agency') });
	});

	test('a message from a template has its text, media and price', async () => {
		const template = sandbox.fanvue.sandboxState.templates[2];
		await send('felix', { templateUuid: template?.uuid });
		const [message] = rows(await mira.get(`/chats/${felix}/messages`, { size: '1' }));

		expect(message).toMatchObject({
			text: template?.text,
			mediaUuids: template?.mediaUuids,
			pricing: { USD: { price: 700 } },
		});
	});

	test.each([
		['nothing', {}, 400, { message: 'A message needs text or media' }],
		['a price without media', { text: 'x', price: 500 }, 400, { errors: ['price needs media'] }],
		[
			'a price below 300',
			{ text: 'x', price: 299 },
			400,
			{ errors: ['price must be between 300 and 2147483647, not 299'] },
		],
		[
			'a price as text',
			{ price: '500' },
			400,
			{ errors: ['price must be a JSON number, not text'] },
		],
		[
			'ids under another name',
			{ mediaIds: [] },
			400,
			{ errors: [expect.stringContaining('mediaIds')] },
		],
		[
			'unknown media',
			{ mediaUuids: ['00000000-0000-4000-8000-000000000000'] },
			400,
			{ message: 'Media 00000000-0000-4000-8000-000000000000 does not exist' },
		],
	])('%s is refused', async (_name, body, status, answer) => {
		const refused = await send('felix', body);

		expect([refused.status, refused.body]).toEqual([status, answer]);
	});

	test('a message to a fan creates the chat, other users need an existing one', async () => {
		expect((await send('fan140', { text: 'Hello follower' })).status).toBe(201);
		const early = await send('fan175', { text: 'Hello' });
		expect([early.status, early.body]).toEqual([
			400,
			{ message: 'There is no chat with this user yet' },
		]);
		const body = { userUuid: idOf('fan175') };
		expect((await mira.send('POST', '/chats', { body })).status).toBe(201);
		expect((await send('fan175', { text: 'Hello' })).status).toBe(201);
	});

	test('a message to a user who cannot be contacted is rejected', async () => {
		const body = { userUuid: idOf('ghost') };
		const answer = await mira.send('POST', '/chats', { body });

		expect([answer.status, answer.body]).toEqual([
			400,
			{ message: 'This user cannot be contacted' },
		]);
		expect((await send('ghost', { text: 'Hello' })).status).toBe(400);
	});

	test('the recipient sees the message', async () => {
		await send('felix', { text: 'Look here' });
		const fan = new FanvueClient(sandbox, 'felix');
		const [message] = rows(await fan.get(`/chats/${idOf('mira')}/messages`, { size: '1' }));

		expect(message).toMatchObject({ text: 'Look here', sender: { handle: 'mira' } });
	});
});

describe('deleting', () => {
	async function remove(messageUuid: unknown): Promise<ClientResponse> {
		return await mira.send('DELETE', `/chats/${felix}/messages/${String(messageUuid)}`);
	}

	test('an own message is deleted', async () => {
		const uuid = record((await send('felix', { text: 'Oops' })).body)['messageUuid'];

		expect((await remove(uuid)).status).toBe(204);
		expect((await remove(uuid)).status).toBe(404);
	});

	test('a purchased message or a message of the fan cannot be deleted', async () => {
		const { messageUuid } = record(
			(await send('felix', { mediaUuids: [picture], price: 300 })).body,
		);
		sandbox.fanvue.simulation.unlockMessage({ messageUuid: String(messageUuid) });
		const { uuid } = sandbox.fanvue.simulation.sendMessage({});

		expect((await remove(messageUuid)).body).toEqual({
			message: 'A purchased message cannot be deleted',
		});
		expect((await remove(uuid)).body).toEqual({ message: 'Only own messages can be deleted' });
	});
});

describe('filters', () => {
	async function handles(query: Record<string, string | string[]>): Promise<unknown[]> {
		const answer = await mira.get('/chats', { size: '50', ...query });
		return rows(answer).map(({ user }) => record(user)['handle']);
	}

	test('repeated filters are combined', async () => {
		const unreadOnes = await handles({ filter: 'unread' });
		const both = await handles({ filter: ['unread', 'online'] });

		expect(unreadOnes.length).toBeGreaterThan(both.length);
		expect(both.every((handle) => unreadOnes.includes(handle))).toBe(true);
		const refused = await mira.get('/chats', { filter: 'unread,online' });
		expect(refused.body).toEqual({
			errors: expect.arrayContaining(['filter takes one value each time it is given, no commas']),
		});
	});

	test('chats are searched by name, handle and list', async () => {
		expect(await handles({ search: 'FELIX' })).toEqual(['felix']);
		const list = [...sandbox.fanvue.sandboxState.customLists.values()][1];
		const members = await handles({ customListId: list?.uuid ?? '' });
		expect(members).toHaveLength(list?.memberUuids.size ?? 0);
	});
});

describe('mass messages', () => {
	const content = { text: 'For all of you' };

	async function sendAll(body: unknown, family = ''): Promise<Record<string, unknown>> {
		const answer = await mira.send('POST', `${family}/chats/mass-messages`, { body });
		expect(answer.body).toEqual(expect.objectContaining({}));
		return { status: answer.status, ...record(answer.body) };
	}

	test('a mass message is sent to the included lists without the excluded', async () => {
		const list = [...sandbox.fanvue.sandboxState.customLists.values()][0];
		const answer = await sendAll({
			...content,
			includedLists: { smartListUuids: ['subscribers'] },
			excludedLists: { customListUuids: [list?.uuid] },
		});

		expect(answer).toMatchObject({ status: 201, recipientCount: 120 - 64 });
		const [mass] = rows(await mira.get('/chats/mass-messages', { size: '1' }));
		expect(mass).toMatchObject({ uuid: answer['id'], status: 'SENT', recipientCount: 56 });
	});

	test('mass messages accept the /v1 spelling', async () => {
		const answer = await sendAll(
			{ ...content, includedLists: { smartListIds: ['followers'] } },
			'/v1',
		);

		expect(answer).toMatchObject({ status: 201, recipientCount: 47 });
		expect(Object.keys(answer).sort()).toEqual(['publishedAt', 'recipientCount', 'status', 'uuid']);
	});

	test('scheduled mass messages are published by the clock', async () => {
		const scheduledAt = new Date(sandbox.clock.now() + 60_000).toISOString();
		const includedLists = { smartListUuids: ['subscribers'] };
		const { id } = await sendAll({ ...content, includedLists, scheduled_at: scheduledAt });
		const status = async (): Promise<unknown> => {
			const list = rows(await mira.get('/chats/mass-messages', { includeDeleted: 'true' }));
			return list.find(({ uuid }) => uuid === id)?.['status'];
		};
		const path = `/chats/mass-messages/${String(id)}`;

		expect(await status()).toBe('SCHEDULED');
		expect((await mira.send('PATCH', path, { body: { text: 'Changed' } })).status).toBe(204);
		sandbox.clock.advance(60_000);
		expect(await status()).toBe('SENT');
		const [message] = rows(await mira.get(`/chats/${felix}/messages`, { size: '1' }));
		expect(message).toMatchObject({ text: 'Changed', type: 'BROADCAST' });
		expect((await mira.send('PATCH', path, { body: { text: 'Late' } })).status).toBe(400);
		expect((await mira.send('DELETE', path)).status).toBe(204);
		expect(await status()).toBe('UNSENT');
		const [after] = rows(await mira.get(`/chats/${felix}/messages`, { size: '1' }));
		expect(after?.['type']).not.toBe('BROADCAST');
	});

	test.each([
		['no list', { includedLists: {} }, { errors: ['includedLists needs at least one list'] }],
		[
			'user ids',
			{ includedLists: { smartListUuids: ['subscribers'] }, recipientUuids: [] },
			{ errors: ['recipientUuids is not a body parameter of this call'] },
		],
		[
			'an unknown list',
			{ includedLists: { customListUuids: ['00000000-0000-4000-8000-000000000000'] } },
			{ message: 'List 00000000-0000-4000-8000-000000000000 does not exist' },
		],
	])('with %s are refused', async (_name, body, answer) => {
		const refused = await mira.send('POST', '/chats/mass-messages', {
			body: { ...content, ...body },
		});

		expect([refused.status, refused.body]).toEqual([400, answer]);
	});
});

describe('custom lists', () => {
	test('custom list names are unique per owner', async () => {
		const body = { name: 'Photographers' };
		const answer = await mira.send('POST', '/chats/lists/custom', { body });

		expect([answer.status, answer.body]).toEqual([
			409,
			{ message: 'A list named Photographers already exists' },
		]);
	});

	test('adding members returns the numbers of added and skipped users', async () => {
		const { body } = await mira.send('POST', '/chats/lists/custom', { body: { name: 'Mine' } });
		const path = `/chats/lists/custom/${String(record(body)['uuid'])}`;
		const add = async (...handles: string[]): Promise<unknown> => {
			const userUuids = handles.map(idOf);
			return (await mira.send('POST', `${path}/members`, { body: { userUuids } })).body;
		};

		expect(await add('fan001', 'fan002')).toEqual({ added: 2, skipped: 0 });
		expect(await add('fan002', 'fan003')).toEqual({ added: 1, skipped: 1 });
		expect(rows(await mira.get(path)).map(({ handle }) => handle)).toEqual([
			'fan001',
			'fan002',
			'fan003',
		]);
		expect((await mira.send('DELETE', `${path}/members/${idOf('fan001')}`)).status).toBe(204);
		expect((await mira.send('DELETE', path)).status).toBe(204);
		expect((await mira.get(path)).status).toBe(404);
	});
});
