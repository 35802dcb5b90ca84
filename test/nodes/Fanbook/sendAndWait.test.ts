import { ExecuteContext } from 'n8n-core';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { confirmPage, textPage, thanksPage } from '../../../nodes/Fanbook/sendAndWait/pages';
import { parseJson } from '../../../nodes/shared/json';
import { byId, demo, FanbookHarness } from '../../support/fanbookHarness';

let harness: FanbookHarness;
beforeAll(async () => {
	harness = await FanbookHarness.start();
});
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const question = { chatId: byId(demo.lobbyChannelId), message: 'Delete **it**?' };
const double = { approvalOptions: { values: { approvalType: 'double', disapproveLabel: 'No' } } };
const LINK =
	/^http:\/\/127\.0\.0\.1:5678\/webhook-waiting\/execution-1\/node\?.*signature=[0-9a-f]{64}/;

async function ask(parameters: object, more: object = {}) {
	return await harness.run('message', 'sendAndWait', { ...question, ...parameters }, more);
}

/** Returns a value inside JSON by its path. */
function at(value: unknown, ...path: Array<string | number>): unknown {
	return path.reduce<unknown>((inner, key) => Object(inner)[key], value);
}

test('Send and Wait sends a card with a signed URL behind each button', async () => {
	const { run, error } = await ask(double);
	expect(error).toBeUndefined();
	expect(run.waitTill).toEqual(WAIT_INDEFINITELY);
	const body = parseJson(harness.calls()[0]?.bodyText ?? '');
	expect(body).toMatchObject({
		chat_id: demo.lobbyChannelId,
		desc: 'Delete **it**?',
		parse_mode: 'Fanbook',
	});
	const document = parseJson(String(at(body, 'text')));
	expect(document).toMatchObject({ type: 'messageCard', notification: 'Delete **it**?' });
	const tree = parseJson(String(at(document, 'data')));
	expect(at(tree, 'children', 0, 'child', 'data')).toBe('Delete **it**?');
	expect(at(tree, 'children', 1)).toEqual({
		tag: 'row',
		padding: '12,8,12,12',
		children: [
			{
				tag: 'button',
				label: 'Approve',
				size: 'medium',
				widthUnlimited: true,
				href: expect.stringMatching(LINK),
				flex: 'tight',
			},
			expect.objectContaining({
				label: 'No',
				category: 'outlined',
				href: expect.stringMatching(LINK),
			}),
		],
	});
	expect(at(tree, 'children', 1, 'children', 0, 'href')).toContain('approved=true');
	expect(at(tree, 'children', 1, 'children', 1, 'href')).toContain('approved=false');
});

test('only the settings of the first item are read', async () => {
	const items = ['keyboard', 'table'].map((form) => ({ json: { form } }));
	const sent = await ask({ showAs: '={{ $json.form }}' }, { items });
	expect(sent.error).toBeUndefined();
	expect(sent.items.map(({ json }) => json)).toEqual([{ form: 'keyboard' }, { form: 'table' }]);
	expect(harness.calls()).toHaveLength(1);
	const refused = await ask({ showAs: '={{ $json.form }}' }, { items: [...items].reverse() });
	expect(refused.error?.message).toBe('"Show As" cannot be "table"');
	expect(harness.calls()).toHaveLength(1);
});

test.each([
	[{ approvalType: 'Double' }, '"Type of Approval" cannot be "Double"'],
	[{ approveLabel: '={{ {} }}' }, '"Approve Button Label" must be text'],
])('the approval options %j are refused', async (values, message) => {
	const { error } = await ask({ approvalOptions: { values } });
	expect(error?.message).toBe(message);
	expect(harness.calls()).toEqual([]);
});

test('an unknown type of limit is refused, and a label can be a number', async () => {
	const limitWaitTime = { values: { limitType: 'specific', resumeAmount: 1 } };
	const { error } = await ask({ additionalFields: { limitWaitTime } });
	expect(error?.message).toBe('"Limit Type" cannot be "specific"');
	expect(harness.calls()).toEqual([]);
	await ask({ approvalOptions: { values: { approveLabel: '={{ 5 }}' } } });
	expect(harness.calls()[0]?.bodyText).toContain('\\\\\\"label\\\\\\":\\\\\\"5\\\\\\"');
});

test('an n8n that checks the signatures of links only on request is asked to', async () => {
	const asked: string[] = [];
	// Versions from 1.106 to 2.15 have this method, later ones always check.
	Object.assign(ExecuteContext.prototype, {
		setSignatureValidationRequired(this: ExecuteContext) {
			asked.push(this.getNode().name);
		},
	});
	try {
		expect((await ask({})).error).toBeUndefined();
		expect((await ask({ responseType: 'freeText' })).error).toBeUndefined();
		expect(asked).toEqual(['Node', 'Node']);
	} finally {
		Reflect.deleteProperty(ExecuteContext.prototype, 'setSignatureValidationRequired');
	}
});

test('Send and Wait can send a text with an inline keyboard', async () => {
	await ask({
		showAs: 'keyboard',
		responseType: 'freeText',
		additionalFields: { messageButtonLabel: 'Write' },
	});
	expect(parseJson(harness.calls()[0]?.bodyText ?? '')).toEqual({
		chat_id: demo.lobbyChannelId,
		text: 'Delete **it**?',
		desc: 'Delete **it**?',
		reply_markup: {
			inline_keyboard: [[{ text: 'Write', url: expect.stringMatching(LINK) }]],
		},
	});
});

test('a button without a label gets the default label', async () => {
	await ask({
		showAs: 'keyboard',
		responseType: 'freeText',
		additionalFields: { messageButtonLabel: '={{ "" }}' },
	});
	expect(harness.lines()[0]).toContain('"inline_keyboard":[[{"text":"Respond","url":"http');
});

test('one message is sent for many items, and all items are returned', async () => {
	const items = [1, 2, 3].map((n) => ({ json: { n } }));
	const result = await ask({ message: 'Item {{ $json.n }}' }, { items });
	expect(harness.calls()).toHaveLength(1);
	expect(result.items.map(({ json, pairedItem }) => [json.n, pairedItem])).toEqual(
		items.map(({ json }, item) => [json.n, { item }]),
	);
});

test('the message can be sent to a user privately', async () => {
	const { error } = await ask({ sendTo: 'user', userId: byId(demo.userId) });
	expect(error).toBeUndefined();
	expect(harness.lines()[0]).toBe(`POST getPrivateChat {"user_id":${demo.userId}}`);
});

test("the wait ends after an interval or at a time in the workflow's time zone", async () => {
	const wait = async (values: object) => {
		const more = { timezone: 'Asia/Shanghai' };
		return (await ask({ additionalFields: { limitWaitTime: { values } } }, more)).run.waitTill;
	};
	const before = Date.now();
	const soon = await wait({ limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'days' });
	expect(Number(soon) - before).toBeGreaterThanOrEqual(2 * 86_400_000);
	expect(Number(soon) - before).toBeLessThan(2 * 86_400_000 + 60_000);
	const date = { limitType: 'atSpecifiedTime', maxDateAndTime: '2030-01-01T08:00:00' };
	expect(await wait(date)).toEqual(new Date('2030-01-01T00:00:00Z'));
});

test('an execution does not wait if the message cannot be sent', async () => {
	const { run, error } = await ask({ chatId: '404' });
	expect(error?.message).toBe('The channel does not exist (code 1021)');
	expect(run.waitTill).toBeUndefined();
	const limit = {
		limitWaitTime: { values: { limitType: 'atSpecifiedTime', maxDateAndTime: 'soon' } },
	};
	expect((await ask({ additionalFields: limit })).error?.message).toBe(
		'"Max Date and Time" cannot be "soon"',
	);
	expect(harness.calls()).toHaveLength(1);
});

test('no item continues without approval if the message cannot be sent and the node continues on failures', async () => {
	const items = [1, 2, 3].map((n) => ({ json: { n } }));
	const { outputs, run } = await ask(
		{ chatId: '404', options: { concurrency: 3 } },
		{ items, settings: { onError: 'continueErrorOutput' } },
	);
	expect(run.waitTill).toBeUndefined();
	expect(outputs[0]).toEqual([]);
	expect(outputs[1]?.map(({ json }) => json.error)).toEqual(
		items.map(() => expect.stringContaining('The channel does not exist (code 1021)')),
	);
});

test.each([
	['card', 150_000],
	['keyboard', 150_001],
])(
	"a message over Fanbook's size limit is not sent: as %s with %d bytes",
	async (showAs, length) => {
		const { error, run } = await ask({ showAs, message: 'x'.repeat(length) });
		expect(error?.message).toMatch(/^"Message" has 15\d{4} bytes$/);
		expect(error?.description).toBe('Shorten it to at most 150000 bytes');
		expect(harness.calls()).toEqual([]);
		expect(run.waitTill).toBeUndefined();
	},
);

test.each([
	[{ message: '={{ " " }}' }, '"Message" is empty'],
	[
		{ additionalFields: { limitWaitTime: { values: { resumeAmount: '={{ -1 }}' } } } },
		'"Limit Wait Time" cannot be -1 hours',
	],
	[
		{ additionalFields: { limitWaitTime: { values: { resumeAmount: '={{ "soon" }}' } } } },
		'"Limit Wait Time" cannot be soon hours',
	],
	[
		{ additionalFields: { limitWaitTime: { values: { resumeUnit: '={{ "weeks" }}' } } } },
		'"Limit Wait Time" cannot be 1 weeks',
	],
])('Send and Wait with %j is rejected', async (parameters, message) => {
	expect((await ask(parameters)).error?.message).toBe(message);
	expect(harness.calls()).toEqual([]);
});

test.each([
	[{ limitType: 'afterTimeInterval', resumeUnit: 'minutes' }, 60_000],
	[{ limitType: 'afterTimeInterval', resumeAmount: '={{ 3 }}' }, 3 * 3_600_000],
	[{ resumeAmount: '={{ null }}', resumeUnit: '={{ null }}' }, 3_600_000],
])('a wait of %j uses the default amount and unit', async (values, milliseconds) => {
	const before = Date.now();
	const { run } = await ask({ additionalFields: { limitWaitTime: { values } } });
	const waits = Number(run.waitTill) - before;
	expect(waits).toBeGreaterThanOrEqual(milliseconds);
	expect(waits).toBeLessThan(milliseconds + 60_000);
});

test('the response pages escape HTML in all texts', () => {
	const evil = '<script>alert("1")</script>&';
	const shown = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;';
	const texts = { title: evil, description: evil, button: evil };
	for (const page of [textPage(texts), confirmPage(texts)]) {
		expect(page).toContain(shown);
		expect(page).not.toContain('<script');
	}
	expect(thanksPage()).toContain('recorded');
});
