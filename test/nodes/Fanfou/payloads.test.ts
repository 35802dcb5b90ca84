import type { INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import {
	expectedChineseStatus,
	expectedConversation,
	expectedMessage,
	expectedRaw,
	expectedRelationship,
	expectedStatus,
	expectedUser,
} from '../../fixtures/fanfou/oracle';
import type { Fields, Payload } from '../../fixtures/fanfou/payloads';
import { ALL_PAYLOADS, payloadsOf } from '../../fixtures/fanfou/payloads';
import { findSchemaErrors } from '../../sandbox/fanfou/responseContract';
import { FanfouHarness } from '../../support/fanfouHarness';
import { useSandbox } from '../../support/sandbox';

let sandbox: Sandbox;
useSandbox((started) => {
	sandbox = started;
});

const harness = new FanfouHarness(() => sandbox);

/** Returns the output of an operation when Fanfou responds with the given body. */
async function outputOf(
	body: unknown,
	[resource, operation]: [string, string],
	parameters: INodeParameters = {},
): Promise<Fields[]> {
	sandbox.faults.add({ kind: 'status', status: 200, body });
	const { items, error } = await harness.run(resource, operation, parameters);
	if (error !== undefined) throw error;
	return items.map(({ json }) => json);
}

const STATUS: INodeParameters = { id: { __rl: true, mode: 'id', value: 'UcIlC04F2pQ' } };
const USER: INodeParameters = { user: { __rl: true, mode: 'id', value: 'test' } };

describe.each(payloadsOf('status'))('status: $name', (fixture: Payload) => {
	test('is simplified as the reference describes it', async () => {
		expect(await outputOf(fixture.payload, ['status', 'get'], STATUS)).toEqual([
			expectedStatus(fixture),
		]);
	});

	test('is simplified in a timeline in the same way', async () => {
		const page = { limit: 1 };
		expect(await outputOf([fixture.payload], ['timeline', 'getPublic'], page)).toEqual([
			expectedStatus(fixture),
		]);
	});

	test('is unchanged without Simplify', async () => {
		expect(
			await outputOf(fixture.payload, ['status', 'get'], { ...STATUS, simplify: false }),
		).toEqual([expectedRaw(fixture)]);
	});

	test('has Chinese names with unchanged values', async () => {
		const options = { fieldNames: 'chinese' };
		expect(await outputOf(fixture.payload, ['status', 'get'], { ...STATUS, options })).toEqual([
			expectedChineseStatus(fixture),
		]);
	});
});

test.each(payloadsOf('user'))('user: $name is simplified', async (fixture: Payload) => {
	expect(await outputOf(fixture.payload, ['user', 'get'], USER)).toEqual([expectedUser(fixture)]);
});

test.each(payloadsOf('message'))('message: $name is simplified', async (fixture: Payload) => {
	const operation: [string, string] = ['directMessage', 'getManySent'];
	expect(await outputOf([fixture.payload], operation, { limit: 1 })).toEqual([
		expectedMessage(fixture),
	]);
});

test.each(payloadsOf('conversation'))('conversation: $name is simplified', async (fixture) => {
	const operation: [string, string] = ['directMessage', 'getManyConversations'];
	expect(await outputOf([fixture.payload], operation, { limit: 1 })).toEqual([
		expectedConversation(fixture),
	]);
});

test.each(payloadsOf('relationship'))('relationship: $name is simplified', async (fixture) => {
	const pair = { additionalFields: { sourceLoginName: 'test', targetLoginName: 'debug' } };
	expect(await outputOf(fixture.payload, ['friendship', 'getRelationship'], pair)).toEqual([
		expectedRelationship(fixture),
	]);
});

test.each(payloadsOf('savedSearch'))('saved search: $name has an ID as text', async (fixture) => {
	const { id, ...others } = fixture.payload;
	const expected = [{ id: String(id), ...others }];
	expect(await outputOf([fixture.payload], ['savedSearch', 'getAll'])).toEqual(expected);
});

test.each(payloadsOf('trends'))('trends: $name are returned one by one', async ({ payload }) => {
	expect(await outputOf(payload, ['trend', 'getAll'])).toEqual(payload['trends']);
});

test.each(payloadsOf('notification'))('counts: $name are unchanged', async ({ payload }) => {
	expect(await outputOf(payload, ['account', 'getNotificationCounts'])).toEqual([payload]);
});

test.each(payloadsOf('rateLimit'))('counts: $name is unchanged', async ({ payload }) => {
	expect(await outputOf(payload, ['account', 'getRateLimitStatus'])).toEqual([payload]);
});

const SCHEMAS: Record<Payload['kind'], string> = {
	status: 'Status',
	user: 'User',
	message: 'DirectMessage',
	conversation: 'ConversationEntry',
	relationship: 'Relationship',
	savedSearch: 'SavedSearch',
	trends: 'Trends',
	notification: 'NotificationCounts',
	rateLimit: 'RateLimit',
};

test.each(ALL_PAYLOADS)('$name conforms to the contract', ({ kind, payload, predatesContract }) => {
	const errors = findSchemaErrors(SCHEMAS[kind], payload);
	if (predatesContract === true) expect(errors).not.toEqual([]);
	else expect(errors).toEqual([]);
});
