/*
 * A fresh node that posts or sends publishes nothing: neither untouched, nor with blanks, nor with
 * collections that were opened and left empty. The error comes before any request.
 */
import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import { byId, demo, FanbookHarness } from '../support/fanbookHarness';
import { FanfouHarness } from '../support/fanfouHarness';
import { FanvueHarness } from '../support/fanvueHarness';
import type { RunResult } from '../support/n8n';
import { startSandbox } from '../support/sandbox';

const NOTHING: Array<[case_: string, text: string]> = [
	['nothing', ''],
	['spaces', '   '],
	['line breaks', '\n\t\n'],
	['a space of full width', '　'],
	['a space without a width', '\u200b'],
	['invisible characters', '\u2060\u200e \ufeff'],
];

/** Returns the message of an error; n8n itself throws for a required field that was never touched. */
async function refusal(running: Promise<RunResult>): Promise<string | undefined> {
	try {
		return (await running).error?.message;
	} catch (thrown) {
		return thrown instanceof Error ? thrown.message : String(thrown);
	}
}

const REFUSED = /is empty|is required/;

describe('Fanvue', () => {
	let harness: FanvueHarness;
	beforeAll(async () => (harness = await FanvueHarness.start()));
	afterAll(async () => await harness.close());
	beforeEach(() => harness.sandbox.requestLog.clear());

	const untouched: INodeParameters = { mediaUuids: [], price: 0, additionalFields: {} };
	const writes = () =>
		harness.sandbox.requestLog.entries({ service: 'fanvue' }).map(({ method }) => method);

	test.each(NOTHING)('Post: Create with %s is refused', async (_case, text) => {
		const { error } = await harness.run('post', 'create', {
			audience: 'subscribers',
			...untouched,
			text,
		});
		expect(error?.message).toMatch(/is empty/);
		expect(error?.description).toMatch(/Fill in/);
		expect(writes()).toEqual([]);
	});

	test.each(NOTHING)('Message: Send with %s is refused', async (_case, text) => {
		const userUuid = byId(harness.uuid('felix'));
		for (const more of [{}, { mediaUuids: '[]' }, { mediaUuids: 'none' }]) {
			const parameters = { userUuid, ...untouched, text, ...more };
			const { error } = await harness.run('message', 'send', parameters);
			expect(error?.message).toMatch(/is empty/);
		}
		expect(writes()).toEqual([]);
	});

	test.each(NOTHING)('Mass Message: Send with %s is refused', async (_case, text) => {
		const includedLists = { smartListUuids: ['subscribers'] };
		const parameters = { includedLists, confirm: true, ...untouched, text };
		const { error } = await harness.run('massMessage', 'send', parameters);
		expect(error?.message).toMatch(/is empty/);
		expect(writes()).toEqual([]);
	});
});

describe('Fanfou', () => {
	let sandbox: Sandbox;
	beforeAll(async () => (sandbox = await startSandbox({ port: 0 })));
	afterAll(async () => await sandbox.close());
	beforeEach(() => sandbox.requestLog.clear());
	const run = async (resource: string, operation: string, parameters: INodeParameters) =>
		await new FanfouHarness(() => sandbox).run(resource, operation, parameters);

	test.each(NOTHING)(
		'Status: Create and Direct Message: Send with %s are refused',
		async (_case, text) => {
			const status = { status: text, confirm: true, additionalFields: {} };
			const message = { user: byId('moyu'), text, additionalFields: {} };
			expect(await refusal(run('status', 'create', status))).toMatch(REFUSED);
			expect(await refusal(run('directMessage', 'send', message))).toMatch(REFUSED);
			expect(sandbox.requestLog.entries({ service: 'fanfou' })).toEqual([]);
		},
	);
});

describe('Fanbook', () => {
	let harness: FanbookHarness;
	beforeAll(async () => (harness = await FanbookHarness.start()));
	afterAll(async () => await harness.close());
	beforeEach(() => harness.sandbox.requestLog.clear());

	const channel = { sendTo: 'channel', chatId: byId(demo.lobbyChannelId), additionalFields: {} };

	test.each(NOTHING)('Message: Send with %s as text is refused', async (_case, text) => {
		const sending = harness.run('message', 'send', { ...channel, messageType: 'text', text });
		expect(await refusal(sending)).toMatch(REFUSED);
		expect(harness.lines()).toEqual([]);
	});

	test.each([
		['richText', { title: '', blocks: {} }],
		['messageCard', { cardFrom: 'blocks', cardBlocks: {} }],
		['messageCard', { cardFrom: 'json', cardJson: '' }],
		['json', { contentJson: '' }],
		['json', { contentJson: '{}' }],
		['voice', { voiceUrl: ' ' }],
	])('Message: Send with an empty %s is refused: %j', async (messageType, content) => {
		const sending = harness.run('message', 'send', { ...channel, messageType, ...content });
		expect(await refusal(sending)).toEqual(expect.any(String));
		expect(harness.lines()).toEqual([]);
	});
});
