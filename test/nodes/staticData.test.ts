import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { FanfouTrigger } from '../../nodes/Fanfou/FanfouTrigger.node';
import { FanvuePollingTrigger } from '../../nodes/Fanvue/FanvuePollingTrigger.node';
import { FanvueTrigger } from '../../nodes/Fanvue/FanvueTrigger.node';
import { TriggerHarness, chosen, demo } from '../support/fanbookTriggerHarness';
import { FanfouHarness } from '../support/fanfouHarness';
import { FanvueHarness } from '../support/fanvueHarness';
import { PollHost } from '../support/polling';
import { TestServer } from '../support/server';
import { WebhookHost } from '../support/webhooks';

const server = new TestServer();
const fanvue = FanvueHarness.forTests(server);
const fanfou = new FanfouHarness(() => fanvue.sandbox);
const fanbook = TriggerHarness.forTests();
beforeEach(() => fanvue.sandbox.reset());

const MESSAGE = 'The data that this node stored in the workflow are damaged';
/** What a workflow that was edited by hand can hold in place of the data of a node. */
const OTHERS = [null, 5, 'x', true, []];
/** Damaged members of the data. */
const DAMAGED = [
	{ seen: null, encryptedSecret: null, webhookId: null, createdFor: null, leftOut: null },
	{ seen: 5, encryptedSecret: 5, webhookId: 5, createdFor: 5, leftOut: 5 },
	{ seen: [1, {}, null], encryptedSecret: {}, webhookId: {}, createdFor: [], leftOut: {} },
	{ encryptedSecret: '', webhookId: '', createdFor: '' },
	{ encryptedSecret: 'AAAA', webhookId: 'gone', createdFor: 'x' },
	{ event: 'newSale', watched: 5, start: 5, checkpoint: 5 },
	{ event: 5, start: { time: 'x' }, checkpoint: { seen: 'x', floor: 'x' } },
	{ checkpoint: { seen: [[1, 2], ['a', 'b'], null, 5], floor: {} } },
];

const polled = {
	Fanvue: async (host: PollHost) =>
		await host.poll({
			node: new FanvuePollingTrigger(),
			parameters: { event: 'newSale' },
			credentials: fanvue.credential(),
			credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
		}),
	Fanfou: async (host: PollHost) =>
		await host.poll({
			node: new FanfouTrigger(),
			parameters: { event: 'homeStatus' },
			credentials: fanfou.credential(),
			credentialTypes: { fanfouOAuth1Api: new FanfouOAuth1Api() },
		}),
};
const webhook = async (data: unknown) => {
	const host = await new WebhookHost({
		node: new FanvueTrigger(),
		parameters: { registration: 'automatic', events: ['creator.message.received'] },
		credentials: fanvue.credential(),
		credentialTypes: { fanvueOAuth2Api: new FanvueOAuth2Api() },
	}).listen();
	host.disk = JSON.stringify({ 'node:Node': data });
	return host;
};

describe.each(Object.entries(polled))('The polling trigger of %s', (_service, poll) => {
	test.each(DAMAGED)('begins anew with the damaged members %j', async (data) => {
		const host = new PollHost();
		host.disk = JSON.stringify({ 'node:Node': data });
		await poll(host);
		expect(host.disk).toMatch(/"checkpoint":\{"seen":\[/);
		expect(host.reported).toEqual([]);
	});

	test.each(OTHERS)('reports what to do if its data are %j', async (data) => {
		const host = new PollHost();
		host.disk = JSON.stringify({ 'node:Node': data });
		await expect(poll(host)).rejects.toThrow(MESSAGE);
	});
});

describe('The Fanvue Trigger', () => {
	test.each(DAMAGED)('creates a new webhook with the damaged members %j', async (data) => {
		const host = await webhook(data);
		await host.activate();
		expect(fanvue.sandbox.fanvue.sandboxState.webhooks).toMatchObject([{ url: host.url }]);
		await host.deactivate();
		expect(fanvue.sandbox.fanvue.sandboxState.webhooks).toEqual([]);
		await host.close();
	});

	test.each(OTHERS)('reports what to do if its data are %j', async (data) => {
		const host = await webhook(data);
		await expect(host.activate()).rejects.toThrow(MESSAGE);
		expect(fanvue.sandbox.fanvue.sandboxState.webhooks).toEqual([]);
		const { status } = await fetch(host.url, { method: 'POST', body: '{"a":"long enough"}' });
		expect(status).toBe(500);
		expect(host.saved.map(({ message }) => message)).toEqual([MESSAGE]);
		await host.close();
	});
});

describe('The Fanbook Trigger', () => {
	const n8n = (data: unknown) => {
		const host = fanbook.n8n({ connectionMode: 'gateway', channels: chosen(demo.lobbyChannelId) });
		host.disk = JSON.stringify({ 'node:Fanbook Trigger': data });
		return host;
	};

	test.each([
		{ cursors: null, done: 5 },
		{ cursors: { 1: {} }, done: {} },
		{ cursors: 'x', done: [5, {}] },
	])('starts with the damaged members %j', async (data) => {
		const host = n8n(data);
		await fanbook.connect(host);
		expect(host.givenUp).toEqual([]);
	});

	test.each(OTHERS)('reports what to do if its data are %j', async (data) => {
		await expect(fanbook.activate(n8n(data))).rejects.toThrow(MESSAGE);
	});
});
