import { parseJson } from '../../../nodes/shared/json';
import { binaryFile } from '../../support/n8n';
import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';
import { HELPERS } from '../../samples/fanbook';

let harness: FanbookHarness;
beforeAll(async () => {
	harness = await FanbookHarness.start();
});
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const lobby = byId(demo.lobbyChannelId);
const LOBBY = demo.lobbyChannelId;

/** Sends a message and returns the request body, the items and the error. */
async function send(parameters: object, operation = 'send') {
	const result = await harness.run('message', operation, { chatId: lobby, ...parameters });
	const body = harness.calls().at(-1)?.bodyText ?? '';
	return { ...result, body };
}

/** Parses the JSON in `text` of a body. */
function documentIn(body: string) {
	const outer = parseJson(body);
	const text = typeof outer === 'object' && outer !== null && 'text' in outer ? outer.text : '';
	return parseJson(String(text));
}

/** Parses the JSON text inside a document. */
function inner(document: unknown, key: string): unknown {
	const text = typeof document === 'object' && document !== null ? Object(document)[key] : '';
	return parseJson(String(text));
}

describe('text', () => {
	test('a message with channel and text has a bare numeric ID and its text as preview', async () => {
		const { body, items, error } = await send({ text: '你好 "all" 🏮' });
		expect(error).toBeUndefined();
		expect(body).toBe(`{"chat_id":${LOBBY},"text":"你好 \\"all\\" 🏮","desc":"你好 \\"all\\" 🏮"}`);
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			json: {
				message_id: expect.stringMatching(/^\d{18,19}$/),
				text: '{"type":"text","text":"你好 \\"all\\" 🏮","contentType":0}',
				content: { type: 'text', text: '你好 "all" 🏮', contentType: 0 },
				chat: { id: LOBBY },
			},
			pairedItem: { item: 0 },
		});
	});

	test('a 19-digit channel ID is kept as text, and a rounded number is rejected', async () => {
		const { body } = await send({ chatId: ' 1152921504606846979 ', text: 'x' });
		expect(body).toContain('{"chat_id":1152921504606846979,');
		const { error } = await harness.run('message', 'send', {
			chatId: '={{ 1152921504606846979 }}',
			text: 'x',
		});
		expect(error?.message).toMatch(/^"Channel" is the number .* JavaScript cannot hold exactly/);
	});

	test('with Parse Mode a text is sent as a document', async () => {
		const text = '{"type":"richText","title":"T","document":"[{\\"insert\\":\\"a\\\\n\\"}]"}';
		const { body } = await send({ text, additionalFields: { parseMode: 'Fanbook' } });
		expect(body).toBe(
			`{"chat_id":${LOBBY},"text":${JSON.stringify(text)},"desc":"T","parse_mode":"Fanbook"}`,
		);
	});

	test('the preview of a message can be entered', async () => {
		const { body } = await send({ text: 'long', additionalFields: { desc: 'short' } });
		expect(body).toBe(`{"chat_id":${LOBBY},"text":"long","desc":"short"}`);
	});

	test('with Parse Content off JSON text in a result stays text', async () => {
		const { items } = await send({ text: 'x', options: { parseContent: false } });
		expect(items[0]?.json).not.toHaveProperty('content');
		expect(items[0]?.json.text).toBe('{"type":"text","text":"x","contentType":0}');
	});
});

describe('mentions', () => {
	const mention = {
		who: [
			{ type: 'user', userId: byId(demo.userId) },
			{ type: 'role', roleId: byId(HELPERS) },
			{ type: 'everyone' },
			{ type: 'channel', channelId: byId(demo.helpChannelId) },
		],
	};

	test('mentions are inserted into the text and into both lists', async () => {
		const { body, error } = await send({
			server: byId(demo.serverId),
			text: 'tea is ready',
			additionalFields: { mention, mentions: '601200000000001025' },
		});
		expect(error).toBeUndefined();
		const text = `\${@!${demo.userId}} \${@&${HELPERS}} \${@&${demo.serverId}} \${#${demo.helpChannelId}} tea is ready`;
		expect(body).toBe(
			`{"chat_id":${LOBBY},"text":"${text}","desc":"${text}","mentions":["601200000000001025","${demo.userId}"],"mention_roles":["${HELPERS}","${demo.serverId}"]}`,
		);
	});

	test('mentions are inserted at the beginning of a rich text', async () => {
		const { body } = await send({
			messageType: 'richText',
			blocks: { block: [{ type: 'paragraph', text: 'tea' }] },
			additionalFields: { mention: { who: [mention.who[0], mention.who[3]] } },
		});
		expect(inner(documentIn(body), 'document')).toEqual([
			{ insert: `\${@!${demo.userId}}`, attributes: { at: `\${@!${demo.userId}}` } },
			{ insert: ' ' },
			{
				insert: `\${#${demo.helpChannelId}}`,
				attributes: { channel: `\${#${demo.helpChannelId}}` },
			},
			{ insert: ' ' },
			{ insert: 'tea' },
			{ insert: '\n' },
		]);
		expect(body).toContain(`"mentions":["${demo.userId}"]`);
	});

	test('mentioning everyone requires a server, and a card cannot mention anyone', async () => {
		const everyone = { additionalFields: { mention: { who: [{ type: 'everyone' }] } } };
		expect((await send({ text: 'x', ...everyone })).error?.message).toBe(
			'"Mention" contains Everyone, but no server is selected',
		);
		const { error } = await send({
			messageType: 'messageCard',
			cardBlocks: { block: [{ type: 'title', text: 'x' }] },
			additionalFields: { mention },
			server: byId(demo.serverId),
		});
		expect(error?.message).toBe('"Mention" cannot be put into a message card');
		expect(harness.calls()).toEqual([]);
	});
});

describe('rich text', () => {
	test('a rich text is built from blocks, each ending with a line node of its type', async () => {
		const { body, error } = await send({
			messageType: 'richText',
			title: 'Sunday',
			blocks: {
				block: [
					{ type: 'heading', text: 'Plan', level: 2 },
					{ type: 'paragraph', text: 'Meet at ', newLine: false },
					{
						type: 'paragraph',
						text: 'the gate',
						styles: ['bold', 'underline'],
						link: 'https://map.example.com',
					},
					{ type: 'bulletedList', text: 'tea\ncake' },
					{ type: 'numberedList', text: 'one' },
					{ type: 'quote', text: 'well said', styles: ['italic', 'strike'] },
					{ type: 'code', text: 'a = 1\nb = 2' },
					{
						type: 'image',
						imageUrl: 'https://example.com/a.png',
						imageWidth: 300,
						imageHeight: 200,
					},
				],
			},
		});
		expect(error).toBeUndefined();
		expect(body).toContain(
			'"desc":"Sunday Plan Meet at the gate tea cake one well said a = 1 b = 2 [Image]"',
		);
		expect(body).toContain('"parse_mode":"Fanbook"');
		const document = documentIn(body);
		expect(document).toMatchObject({ type: 'richText', title: 'Sunday' });
		expect(inner(document, 'document')).toEqual([
			{ insert: 'Plan' },
			{ insert: '\n', attributes: { header: 2 } },
			{ insert: 'Meet at ' },
			{
				insert: 'the gate',
				attributes: { bold: true, underline: true, link: 'https://map.example.com' },
			},
			{ insert: '\n' },
			{ insert: 'tea' },
			{ insert: '\n', attributes: { list: 'bullet' } },
			{ insert: 'cake' },
			{ insert: '\n', attributes: { list: 'bullet' } },
			{ insert: 'one' },
			{ insert: '\n', attributes: { list: 'ordered' } },
			{ insert: 'well said', attributes: { italic: true, strike: true } },
			{ insert: '\n', attributes: { blockquote: true } },
			{ insert: 'a = 1' },
			{ insert: '\n', attributes: { 'code-block': true } },
			{ insert: 'b = 2' },
			{ insert: '\n', attributes: { 'code-block': true } },
			{
				insert: {
					source: 'https://example.com/a.png',
					width: 300,
					height: 200,
					_type: 'image',
					_inline: false,
				},
			},
			{ insert: '\n' },
		]);
	});

	test('a rich text without blocks or with an invalid picture address is rejected', async () => {
		expect(
			(
				await send({
					messageType: 'richText',
					blocks: { block: [{ type: 'image', imageUrl: 'a.png' }] },
				})
			).error?.message,
		).toBe('"Image URL" cannot be "a.png"');
		expect(
			(await send({ messageType: 'richText', blocks: '={{ { block: [] } }}' })).error?.message,
		).toBe('"Blocks" is empty');
	});
});

describe('message card', () => {
	test('a message card is built from blocks and a frame', async () => {
		const { body, error } = await send({
			messageType: 'messageCard',
			cardBlocks: {
				block: [
					{ type: 'title', text: 'Report' },
					{ type: 'markdown', text: '**3** new posts' },
					{ type: 'text', text: 'plain' },
					{ type: 'image', imageUrl: 'https://example.com/a.png', imageHeight: 120 },
					{ type: 'divider' },
					{ type: 'columns', text: 'left\nright' },
					{ type: 'user', userId: byId(demo.userId) },
					{
						type: 'button',
						label: 'Open',
						link: 'https://example.com',
						style: 'outlined',
						color: '#198CFE80',
					},
				],
			},
			notification: 'New report',
			comeFromName: 'n8n',
			comeFromIcon: 'https://example.com/i.png',
		});
		expect(error).toBeUndefined();
		const document = documentIn(body);
		expect(document).toMatchObject({
			type: 'messageCard',
			notification: 'New report',
			come_from_name: 'n8n',
			come_from_icon: 'https://example.com/i.png',
		});
		expect(body).toContain('"desc":"New report","parse_mode":"Fanbook"');
		const style = { color: '#1F2329', fontSize: 15 };
		const box = { tag: 'container', padding: '12,8,12,8', width: 1024 };
		expect(inner(document, 'data')).toEqual({
			tag: 'column',
			crossAxisAlignment: 'stretch',
			children: [
				{
					...box,
					backgroundColor: 'e5f1ff',
					child: {
						tag: 'text',
						data: 'Report',
						style: { color: '#198CFE', fontSize: 16, fontWeight: 'medium' },
					},
				},
				{
					...box,
					child: {
						tag: 'markdown',
						data: '**3** new posts',
						style,
						textAlign: 'left',
						overflow: 'clip',
					},
				},
				{ ...box, child: { tag: 'text', data: 'plain', style } },
				{
					...box,
					child: {
						tag: 'image',
						src: `1::00::0::${Buffer.from('https://example.com/a.png').toString('base64')}`,
						height: 120,
					},
				},
				{ tag: 'divider' },
				{
					tag: 'row',
					padding: '12,8,12,8',
					children: ['left', 'right'].map((data) => ({
						tag: 'row',
						flex: 'tight',
						children: [{ tag: 'text', data, style }],
					})),
				},
				{
					tag: 'row',
					padding: '12,8,12,8',
					children: [
						{ tag: 'userAvatar', id: demo.userId, size: 24 },
						{ tag: 'userName', id: demo.userId, padding: '8,0,0,0', flex: 'tight' },
					],
				},
				{
					...box,
					child: {
						tag: 'button',
						label: 'Open',
						category: 'outlined',
						size: 'medium',
						color: '80198CFE',
						widthUnlimited: true,
						href: 'https://example.com',
					},
				},
			],
		});
	});

	test('numbers in a card given as JSON keep their digits', async () => {
		const { body } = await send({
			messageType: 'messageCard',
			cardFrom: 'json',
			cardJson: '{"user_id":123456,"id":12345678901234567890,"f":1.0}',
		});
		expect(documentIn(body)).toMatchObject({
			data: '{"user_id":123456,"id":12345678901234567890,"f":1.0}',
		});
		const rounded = await send({
			messageType: 'messageCard',
			cardFrom: 'json',
			cardJson: '={{ { id: 1152921504606846979 } }}',
		});
		expect(rounded.error?.message).toMatch(/^"Card \(JSON\)" has the number 115292150460684/);
	});

	test('a message card can be given as JSON, as widgets or as a whole message', async () => {
		const tree = { tag: 'column', children: [{ tag: 'text', data: 'hi' }] };
		const from = { messageType: 'messageCard', cardFrom: 'json', notification: 'Hi' };
		const bare = await send({ ...from, cardJson: JSON.stringify(tree) });
		expect(inner(documentIn(bare.body), 'data')).toEqual(tree);
		const whole = await send({
			...from,
			cardJson: JSON.stringify({ type: 'messageCard', data: tree, template: null }),
		});
		expect(documentIn(whole.body)).toEqual({
			type: 'messageCard',
			data: JSON.stringify(tree),
			template: null,
			notification: 'Hi',
		});
		expect((await send({ ...from, cardJson: '[]' })).error?.message).toBe(
			'"Card (JSON)" is not a JSON object',
		);
	});
});

test('a voice message is sent as a JSON document with its address', async () => {
	const { body } = await send({
		messageType: 'voice',
		voiceUrl: 'https://example.com/a.aac',
		voiceSeconds: 7,
	});
	expect(body).toBe(
		`{"chat_id":${LOBBY},"text":"{\\"type\\":\\"voice\\",\\"url\\":\\"https://example.com/a.aac\\",\\"second\\":7,\\"isRead\\":false}","desc":"[Voice]","parse_mode":"Fanbook"}`,
	);
	const { error } = await send({ messageType: 'voice', voiceUrl: 'a.aac' });
	expect(error?.message).toBe('"Voice URL" cannot be "a.aac"');
});

describe('a JSON document', () => {
	const text = '{"type":"task","id":9007199254740993,"title":"Water"}';

	test('a JSON document is sent digit for digit, with its text as preview', async () => {
		const { body } = await send({ messageType: 'json', contentJson: text });
		expect(body).toBe(
			`{"chat_id":${LOBBY},"text":${JSON.stringify(text)},"desc":"Water","parse_mode":"Fanbook"}`,
		);
	});

	test('a JSON document must be an object and cannot mention anyone', async () => {
		const { error } = await send({ messageType: 'json', contentJson: '[1]' });
		expect(error?.message).toBe('"Content (JSON)" is not a JSON object');
		const mention = { who: [{ type: 'user', userId: byId(demo.userId) }] };
		for (const more of [
			{ messageType: 'json', contentJson: text, additionalFields: { mention } },
			{ text, additionalFields: { mention, parseMode: 'Fanbook' } },
		]) {
			expect((await send(more)).error?.message).toBe(
				'"Mention" cannot be put into a JSON document',
			);
		}
	});
});

describe('inline keyboard', () => {
	const rows = (...buttons: object[]) => ({ rows: [{ buttons: { button: buttons } }] });

	test('an inline keyboard is built from rows of buttons', async () => {
		const { body, error } = await send({
			text: 'Choose',
			additionalFields: {
				inlineKeyboard: {
					rows: [
						{ buttons: { button: [{ text: 'Yes', callbackData: 'y' }, { text: 'No' }] } },
						{ buttons: { button: [{ onClick: 'url', text: 'Read', url: 'https://example.com' }] } },
						{
							buttons: {
								button: [
									{ onClick: 'app', text: 'Play', appId: '12' },
									{ onClick: 'command', text: '/help' },
								],
							},
						},
						{ buttons: {} },
					],
				},
			},
		});
		expect(error).toBeUndefined();
		expect(body).toBe(
			`{"chat_id":${LOBBY},"text":"Choose","desc":"Choose","reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"y"},{"text":"No","callback_data":"No"}],[{"text":"Read","url":"https://example.com"}],[{"text":"Play","app_id":"12"},{"text":"/help","is_command":true}]]}}`,
		);
	});

	test('an inline keyboard can replace the buttons of a message', async () => {
		const { items } = await send({ text: 'x' });
		const messageId = String(items[0]?.json.message_id);
		const { body, error } = await send(
			{ messageId, inlineKeyboard: rows({ text: 'Go' }) },
			'editInlineKeyboard',
		);
		expect(error).toBeUndefined();
		expect(body).toBe(
			`{"chat_id":${LOBBY},"message_id":${messageId},"reply_markup":{"inline_keyboard":[[{"text":"Go","callback_data":"Go"}]]}}`,
		);
	});

	test.each([
		[{ text: '' }, '"Inline Keyboard" has a button without text'],
		[{ onClick: 'url', text: 'Read' }, '"Inline Keyboard" has no URL for the button "Read"'],
	])('the inline keyboard %j is rejected', async (button, message) => {
		const { error } = await send({ text: 'x', additionalFields: { inlineKeyboard: rows(button) } });
		expect(error?.message).toBe(message);
	});
});

describe('the target of a message', () => {
	test('a reply names the root message, and in a thread also the message it replies to', async () => {
		const { body } = await send({
			text: 'x',
			additionalFields: {
				replyToMessageId: '495447611042430976',
				replyToMessageIdLevel2: '495447611042430977',
			},
		});
		expect(body).toContain(
			'"reply_to_message_id":495447611042430976,"reply_to_message_id_level_2":495447611042430977',
		);
	});

	test.each(['', ' ', '[]', '={{ [] }}', undefined])(
		'an ephemeral message without users is rejected before a request is sent: %j',
		async (users) => {
			const { error, body } = await send({
				text: 'x',
				additionalFields: { ephemeral: true, ...(users === undefined ? {} : { users }) },
			});
			expect(error?.message).toBe('"User Names or IDs" is empty');
			expect(body).toBe('');
		},
	);

	test('an ephemeral message is sent to users or to everyone', async () => {
		const ephemeral = async (users: unknown) =>
			await send({ text: 'x', additionalFields: { ephemeral: true, entity: 1, users } });
		const all = await ephemeral('all');
		expect(all.error).toBeUndefined();
		expect(all.body).toContain('"ephemeral":true,"users":["all"],"entity":1');
		expect((await ephemeral(`${demo.userId}, 601200000000001025`)).body).toContain(
			`"users":["${demo.userId}","601200000000001025"]`,
		);
	});

	test('a private message opens the private chat first', async () => {
		const { error } = await harness.run('message', 'send', {
			sendTo: 'user',
			userId: byId(demo.userId),
			text: 'psst',
		});
		expect(error).toBeUndefined();
		const [open, sent] = harness.lines();
		expect(open).toBe(`POST getPrivateChat {"user_id":${demo.userId}}`);
		expect(sent).toMatch(/^POST sendMessage \{"chat_id":\d+,"text":"psst","desc":"psst"\}$/);
	});

	test('a community notification is sent as a message with a server', async () => {
		const { error, items } = await harness.run('message', 'send', {
			sendTo: 'user',
			userId: byId(demo.userId),
			text: 'x',
			additionalFields: { guildId: demo.serverId },
		});
		expect(error).toBeUndefined();
		expect(harness.lines().at(-1)).toContain(`"guild_id":${demo.serverId}}`);
		expect(items[0]?.json).toMatchObject({ chat: { id: demo.serverId, channel_type: 24 } });
	});
});

describe('editing', () => {
	test('editing a message sends only the changed parts', async () => {
		const { items } = await send({ text: 'x' });
		const messageId = String(items[0]?.json.message_id);
		const { body } = await send({ messageId, text: 'y' }, 'editText');
		expect(body).toBe(`{"chat_id":${LOBBY},"message_id":${messageId},"text":"y"}`);
	});

	test('editing can turn a text into a card', async () => {
		const { items } = await send({ text: 'x' });
		const messageId = String(items[0]?.json.message_id);
		const { body, error } = await send(
			{
				messageId,
				messageType: 'messageCard',
				cardBlocks: { block: [{ type: 'title', text: 'Done' }] },
			},
			'editText',
		);
		expect(error).toBeUndefined();
		expect(documentIn(body)).toMatchObject({ type: 'messageCard' });
		expect(body).toContain('"parse_mode":"Fanbook"');
	});

	test('deleting a message returns a result that states success', async () => {
		const { items } = await send({ text: 'x' });
		const messageId = String(items[0]?.json.message_id);
		const deleted = await send({ messageId }, 'delete');
		expect(deleted.items.map(({ json }) => json)).toEqual([{ deleted: true }]);
	});
});

describe('photo', () => {
	const picture = { data: binaryFile(Buffer.from('png'), 'a.png', 'image/png') };
	const why = '"Photo URL" cannot be a file of the item, because Fanbook has no call to upload one';

	test.each([
		['the name of a binary field', 'data', why],
		['nothing but a file', '={{ "" }}', why],
		['a data address', 'data:image/png;base64,AAAA', why],
		['no web address', 'a.png', '"Photo URL" cannot be "a.png"'],
	])('a photo given as %s is rejected with the reason', async (_what, photo, message) => {
		const { error } = await harness.run(
			'message',
			'sendPhoto',
			{ chatId: lobby, photo },
			{ items: [{ json: {}, binary: picture }] },
		);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/public web address/);
		expect(harness.calls()).toEqual([]);
	});

	test('a photo can be given as the object of the API', async () => {
		const { body } = await send({ photo: '{"Url":"https://example.com/a.png"}' }, 'sendPhoto');
		expect(body).toBe(`{"chat_id":${LOBBY},"photo":{"Url":"https://example.com/a.png"}}`);
	});
});

test('an edit that Fanbook confirms with true instead of the message is a success', async () => {
	harness.sandbox.faults.add({ kind: 'status', status: 200, body: { ok: true, result: true } });
	const parameters = { messageId: '123456789012345678', text: 'hi' };
	const { items, error } = await send(parameters, 'editText');
	expect(error).toBeUndefined();
	expect(items).toEqual([{ json: { success: true }, pairedItem: { item: 0 } }]);
});
