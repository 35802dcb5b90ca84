import { EVENTS, SUBSCRIBABLE_EVENTS } from '../../../nodes/Fanvue/webhookTopics';
import { SUBSCRIBABLE_TOPICS, TOPICS } from '../../../sandbox/fanvue/webhooks/topics';
import { FanvueHarness } from '../../support/fanvueHarness';

let harness: FanvueHarness;
beforeAll(async () => (harness = await FanvueHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const url = 'https://example.com/fanvue';

test.each([
	['a choice of the list', ['creator.message.received', 'payout.paid']],
	['text of an expression', 'creator.message.received, payout.paid'],
])('Webhook: Create takes the events from %s', async (_what, events) => {
	const { items, error } = await harness.run('webhook', 'create', { url, events });
	expect(error).toBeUndefined();
	const sent = { url, events: ['creator.message.received', 'payout.paid'] };
	expect(JSON.parse(harness.calls()[0]?.bodyText ?? '')).toEqual(sent);
	expect(items[0]?.json).toMatchObject(sent);
});

test('Webhook: Create sends a topic that the list does not have, and Fanvue decides', async () => {
	const { error } = await harness.run('webhook', 'create', { url, events: 'creator.moon.risen' });
	expect(error?.message).toContain('creator.moon.risen is not a topic');
});

test('Webhook: Create without an event is refused before a request is sent', async () => {
	const { error } = await harness.run('webhook', 'create', { url, events: '={{ [] }}' });
	expect(error?.message).toContain('"Events" is empty');
	expect(harness.calls()).toEqual([]);
});

test('every topic can be chosen in the trigger, and every subscribable one for a webhook', () => {
	const topics = EVENTS.map(({ value }) => value).filter((value) => value !== '*');
	expect([...topics].sort()).toEqual([...TOPICS].sort());
	expect(topics).toHaveLength(33);
	const subscribable = SUBSCRIBABLE_EVENTS.map(({ value }) => value);
	expect([...subscribable].sort()).toEqual([...SUBSCRIBABLE_TOPICS].sort());
});

test('topics are grouped by the beginnings of their names, each with a description of one line', () => {
	const groups = EVENTS.slice(1).map(({ name }) => name.split(': ')[0]);
	expect(groups.filter((group, index) => group !== groups[index - 1])).toEqual([
		'App',
		'Checkout',
		'Fan',
		'Legacy',
		'Message',
		'Payout',
		'Sale',
		'Subscriber',
	]);
	for (const { description = '' } of EVENTS) expect(description).toMatch(/^[A-Z][^\n]{5,90}$/);
});
