import type { INodeParameters } from 'n8n-workflow';
import { isObject, parseJson } from '../../../nodes/shared/json';
import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';

/** Boundary cases of the message builders. */
let harness: FanbookHarness;
beforeAll(async () => {
	harness = await FanbookHarness.start();
});
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const CHANNEL = { chatId: byId(demo.lobbyChannelId) };

async function send(parameters: INodeParameters) {
	const { error } = await harness.run('message', 'send', { ...CHANNEL, ...parameters });
	const body = parseJson(harness.calls().at(-1)?.bodyText ?? '{}');
	return { error, body: isObject(body) ? body : {} };
}

/** Parses the JSON inside a text of a message. */
const inside = (text: unknown, key?: string): unknown => {
	const document = parseJson(String(text));
	return key === undefined ? document : parseJson(String(Object(document)[key]));
};

describe('a text', () => {
	test('an object as text is sent as JSON, with its title as the preview under Parse Mode', async () => {
		const text = '={{ { type: "task", title: "Water the lanterns" } }}';
		const { body } = await send({ text, additionalFields: { parseMode: 'Fanbook' } });
		expect(body).toMatchObject({
			text: '{"type":"task","title":"Water the lanterns"}',
			desc: 'Water the lanterns',
			parse_mode: 'Fanbook',
		});
	});

	test.each([
		['{"type":"team"}', '[Card]'],
		['{"type":"richText","v2":"[{\\"insert\\":\\"a\\\\nb\\"},{\\"insert\\":{}}]"}', 'a b'],
		['{"type":"richText","document":"odd"}', '[Card]'],
		['{"type":"messageCard","notification":" ","title":"T"}', 'T'],
	])('a text under Parse Mode has a readable preview: %s', async (text, desc) => {
		const { body } = await send({ text, additionalFields: { parseMode: 'Fanbook' } });
		expect(body).toMatchObject({ text, desc });
	});

	test('a text that is not JSON is explained under Parse Mode', async () => {
		const { error, body } = await send({
			text: 'no JSON  at all',
			additionalFields: { parseMode: 'Fanbook' },
		});
		expect(body).toMatchObject({ text: 'no JSON  at all', desc: 'no JSON at all' });
		expect(error?.message).toBe('The content of the message is not valid JSON (code 5103)');
		expect(error?.description).toContain('remove Parse Mode for plain text');
	});

	test.each(['={{ null }}', '={{ NaN }}', '={{ "" }}'])(
		'a text of %s counts as empty',
		async (text) => {
			const { error, body } = await send({ text });
			expect(error?.message).toBe('"Text" is empty');
			expect(body).toEqual({});
		},
	);
});

describe('a JSON document', () => {
	const content = async (contentJson: string) => await send({ messageType: 'json', contentJson });

	test.each([
		['\ufeff{"type":"task","id":5}', '{"type":"task","id":5}'],
		[' {"type":"task","a":1,"a":2}', '{"type":"task","a":1,"a":2}'],
		['{"type":"circleShareEntity","data":{"postId":"1"}}', undefined],
		['{"type":"messageCard","data":5}', undefined],
		[
			'{"type":"richText","document":[{"insert":"a"}],"n":1.0}',
			'{"type":"richText","document":"[{\\"insert\\":\\"a\\"}]","n":1.0}',
		],
	])('%j is sent, whether Fanbook accepts it or not', async (contentJson, text) => {
		const { body } = await content(contentJson);
		expect(body.text).toBe(text ?? contentJson);
	});

	test.each(['5', '[]', '{}', '"x"', ''])('%j is rejected', async (contentJson) => {
		const { error } = await content(contentJson);
		expect(error?.message).toBe('"Content (JSON)" is not a JSON object');
	});
});

describe('a keyboard', () => {
	test.each([
		[{ text: 'Buy', onClick: 'URL' }, '"Action" cannot be "URL"'],
		[{ text: 'Buy', callbackData: '={{ { order: 7 } }}' }, '"Callback Data" must be text'],
	])('a button %j is rejected', async (button, message) => {
		const { error, body } = await send({
			text: 'x',
			additionalFields: { inlineKeyboard: { rows: [{ buttons: { button: [button] } }] } },
		});
		expect(error?.message).toBe(message);
		expect(body).toEqual({});
	});
});

describe('a mention', () => {
	test('an unknown kind of mention is rejected', async () => {
		const who = [{ type: 'Everyone', userId: byId(demo.userId) }];
		const { error } = await send({ text: 'x', additionalFields: { mention: { who } } });
		expect(error?.message).toBe('"Mention" cannot be "Everyone"');
	});

	test.each([
		['user', 'User'],
		['role', 'Role'],
		['channel', 'Channel'],
	])('a mention without a chosen %s is rejected', async (type, label) => {
		const { error } = await send({ text: 'x', additionalFields: { mention: { who: [{ type }] } } });
		expect(error?.message).toBe(`"Mention: ${label}" is empty`);
		expect(error?.description).toBe(`Choose one under "Mention: ${label}"`);
	});

	test('a mention of a value that is not an ID is rejected', async () => {
		const who = [{ type: 'user', userId: byId('Ada') }];
		const { error } = await send({ text: 'x', additionalFields: { mention: { who } } });
		expect(error?.message).toBe('"Mention: User" cannot be "Ada"');
	});

	test('a mention can be sent with an empty text', async () => {
		const who = [{ type: 'user', userId: byId(demo.userId) }];
		const { body } = await send({
			text: '={{ "" }}',
			additionalFields: { mention: { who } },
		});
		expect(body).toMatchObject({ text: `\${@!${demo.userId}}`, mentions: [demo.userId] });
	});
});

describe('a rich text', () => {
	const richText = (...block: INodeParameters[]): INodeParameters => ({
		messageType: 'richText',
		blocks: { block },
	});

	test('a rich text always ends with a line break', async () => {
		const { body } = await send(richText({ text: 'open', newLine: false }));
		expect(inside(body.text, 'document')).toEqual([{ insert: 'open' }, { insert: '\n' }]);
	});

	test.each(['wide', '0x1F4', '1e3', '1,000', '５００', true, [500], 1.5])(
		'a rich text with the picture width %p is rejected',
		async (width) => {
			const imageWidth = `={{ ${JSON.stringify(width)} }}`;
			const { error } = await send(
				richText({ type: 'image', imageUrl: 'https://example.com/a.png', imageWidth }),
			);
			expect(error?.message).toMatch(/^"Image Width" cannot be /);
		},
	);

	test('a rich text uses the default picture size for empty sizes', async () => {
		const image = { type: 'image', imageUrl: 'https://example.com/a.png' };
		const { body } = await send(
			richText(
				{ ...image, imageWidth: '={{ "null" }}', imageHeight: '={{ "40" }}' },
				{ text: 'a\r\nb' },
			),
		);
		expect(inside(body.text, 'document')).toEqual([
			{
				insert: {
					source: 'https://example.com/a.png',
					width: 500,
					height: 40,
					_type: 'image',
					_inline: false,
				},
			},
			{ insert: '\n' },
			{ insert: 'a' },
			{ insert: '\n' },
			{ insert: 'b' },
			{ insert: '\n' },
		]);
	});

	test.each([
		[{ type: 'verse', text: 'x' }, '"Block" cannot be "verse"'],
		[{ type: 'Heading', text: 'x' }, '"Block" cannot be "Heading"'],
		[{ text: '={{ { a: 1 } }}' }, '"Content" must be text'],
		[{ text: '={{ ["a"] }}' }, '"Content" must be text'],
		[{ text: 'x', link: '={{ {} }}' }, '"Link" must be text'],
		[{ type: 'heading', text: 'x', level: 7 }, '"Heading Level" cannot be "7"'],
		[{ text: 'x', styles: ['Bold'] }, '"Styles" cannot contain "Bold"'],
		[{ text: 'x', newLine: 'maybe' }, '"Start New Line After" cannot be "maybe"'],
		[{ text: ' ' }, '"Blocks" has no content'],
	])('a rich text with the block %j is rejected', async (block, message) => {
		const { error, body } = await send(richText(block));
		expect(error?.message).toBe(message);
		expect(body).toEqual({});
	});

	test.each([0, -5])('a picture of %d pixels is rejected', async (imageHeight) => {
		const image = { type: 'image', imageUrl: 'https://example.com/a.png', imageHeight };
		const { error } = await send(richText(image));
		expect(error?.message).toMatch(/^"Image Height" cannot be /);
	});

	test('members that the type of a block does not use are ignored', async () => {
		const { error } = await send(richText({ text: 'a', level: 0, imageWidth: 0, imageHeight: 0 }));
		expect(error).toBeUndefined();
	});

	test('a switch and a level of a block can be given as text', async () => {
		const { body } = await send(
			richText(
				{ text: 'a', newLine: '={{ "false" }}' },
				{ type: 'heading', text: 'b', level: '={{ "2" }}' },
			),
		);
		expect(inside(body.text, 'document')).toEqual([
			{ insert: 'a' },
			{ insert: 'b' },
			{ insert: '\n', attributes: { header: 2 } },
		]);
	});

	test('the preview of a rich text is cut between characters', async () => {
		const { body } = await send(richText({ text: '🏮'.repeat(300) }));
		expect(body.desc).toBe(`${'🏮'.repeat(199)}…`);
	});
});

describe('a card', () => {
	const card = (...block: INodeParameters[]): INodeParameters => ({
		messageType: 'messageCard',
		cardBlocks: { block },
	});

	test('a card without blocks is rejected', async () => {
		const { error } = await send({ messageType: 'messageCard' });
		expect(error?.message).toBe('"Card Blocks" is empty');
	});

	test.each([
		[{ type: 'button', label: 'Go', link: 'example.com' }, 'Button Link', 'example.com'],
		[{ type: 'image', imageUrl: 'a.png' }, 'Image URL', 'a.png'],
	])('a card with an invalid address is rejected: %j', async (block, label, address) => {
		const { error } = await send(card(block));
		expect(error?.message).toBe(`"${label}" cannot be "${address}"`);
	});

	test('a card block for a user is rejected without a user', async () => {
		const { error } = await send(card({ type: 'user' }));
		expect(error?.message).toBe('"Card Blocks: User" is empty');
	});

	test('a card button has its color, and its label is the preview', async () => {
		const { body } = await send(
			card({ type: 'button', label: 'Open it', link: 'mini:1', color: '#198CFE' }),
		);
		expect(body.desc).toBe('Open it');
		expect(inside(body.text, 'data')).toMatchObject({
			children: [{ child: { label: 'Open it', color: '198CFE', href: 'mini:1' } }],
		});
	});

	test('a card picture without sizes gets none, and the card has a default preview', async () => {
		const { body } = await send(card({ type: 'image', imageUrl: 'https://example.com/a.png' }));
		expect(body.desc).toBe('[Card]');
		const source = Buffer.from('https://example.com/a.png').toString('base64');
		expect(inside(body.text, 'data')).toMatchObject({
			children: [{ child: { tag: 'image', src: `1::00::0::${source}` } }],
		});
		expect(String(body.text)).not.toContain('height');
	});

	const json = (cardJson: string): INodeParameters => ({
		messageType: 'messageCard',
		cardFrom: 'json',
		cardJson,
	});

	test('a card can be given as an object by an expression', async () => {
		const { body } = await send(json('={{ { tag: "text", data: "hi" } }}'));
		expect(body).toMatchObject({
			desc: '[Card]',
			text: '{"type":"messageCard","data":"{\\"tag\\":\\"text\\",\\"data\\":\\"hi\\"}"}',
		});
	});

	test('a card whose widgets are JSON text is sent unchanged', async () => {
		const whole = '{"type":"messageCard","data":"{}","notification":"News"}';
		expect((await send(json(whole))).body).toMatchObject({ desc: 'News', text: whole });
	});
});

describe('a document', () => {
	test('a document can be given as an object by an expression', async () => {
		const { body } = await send({
			messageType: 'json',
			contentJson: '={{ { type: "task", text: "Water" } }}',
		});
		expect(body).toMatchObject({ text: '{"type":"task","text":"Water"}', desc: 'Water' });
	});

	test.each(['{}', '={{ {} }}', '{"type":', '={{ null }}'])(
		'%s is rejected as a document',
		async (contentJson) => {
			const { error } = await send({ messageType: 'json', contentJson });
			expect(error?.message).toBe('"Content (JSON)" is not a JSON object');
		},
	);
});

test('a voice message without a duration has a duration of one second', async () => {
	const { body } = await send({
		messageType: 'voice',
		voiceUrl: 'https://example.com/a.aac',
		voiceSeconds: '={{ null }}',
	});
	expect(inside(body.text)).toMatchObject({ second: 1 });
});

describe('the target of a message', () => {
	test('a private message without a chosen user is rejected before a request is sent', async () => {
		const { error } = await send({ sendTo: 'user', userId: byId('={{ "" }}'), text: 'x' });
		expect(error?.message).toBe('"User" is empty');
		expect(harness.calls()).toEqual([]);
	});

	test.each(['={{ 7 }}', '={{ { url: "https://example.com/a.png" } }}', '={{ null }}'])(
		'a photo of %s counts as empty',
		async (photo) => {
			const { error } = await harness.run('message', 'sendPhoto', { ...CHANNEL, photo });
			expect(error?.message).toBe('"Photo URL" is empty');
			expect(harness.calls()).toEqual([]);
		},
	);

	test('an emoji can be given as a number', async () => {
		await harness.run('message', 'addReaction', {
			channelId: byId(demo.lobbyChannelId),
			messageId: '1',
			emoji: '={{ 666 }}',
		});
		expect(harness.lines().at(-1)).toContain('"emoji":"666"');
	});
});
