import type { INodeParameters } from 'n8n-workflow';
import { chosen, demo, TriggerHarness } from '../../support/fanbookTriggerHarness';
import { until } from '../../support/trigger';

/** Values of the trigger's parameters from expressions. */
const harness = TriggerHarness.forTests();

test('switches and lists can be given as text', async () => {
	const n8n = harness.n8n({
		events: '={{ "botMentioned, memberJoined" }}',
		messageTypes: '={{ "text, image" }}',
		channels: chosen(demo.lobbyChannelId),
		catchUp: '={{ "false" }}',
		filters: { ignoreBots: '={{ "false" }}', onlyMentions: '={{ "true" }}' },
		options: { waitForFinish: '={{ "true" }}', runsAtOnce: '={{ "2" }}' },
	});
	await harness.connect(n8n);
	harness.say('not for the bot');
	const robot = harness.fanbook.users.findOrCreate('Robot');
	robot.bot = true;
	const words = `\${@!${demo.botId}} hello`;
	harness.fanbook.join(demo.serverId, robot.id);
	await until('one has joined', () => n8n.started.length > 0);
	harness.fanbook.say(demo.lobbyChannelId, robot.id, words);
	await until('one has started', () => n8n.started.length > 1);
	expect(n8n.started).toMatchObject([
		{ event: 'memberJoined', user_id: robot.id },
		{ event: 'botMentioned', text: words },
	]);
	expect(harness.calls('message.getMany')).toBe(0);
});

test('null counts as not set', async () => {
	const n8n = harness.n8n({
		filters: { ignoreBots: '={{ null }}', userIds: '={{ null }}', contains: '={{ null }}' },
		options: { waitForFinish: '={{ null }}' },
	});
	await harness.connect(n8n);
	harness.say('hello');
	await until('it has started', () => n8n.started.length > 0);
	expect(n8n.texts()).toEqual(['hello']);
});

test.each<[INodeParameters, string]>([
	[{ connectionMode: '={{ "webhook" }}' }, '"Connection Mode" is not known'],
	[{ events: '={{ ["message", "mesage"] }}' }, '"Events" cannot contain "mesage"'],
	[{ events: '={{ null }}' }, '"Events" is empty'],
	[{ messageTypes: '={{ ["gif"] }}' }, '"Message Types" cannot contain "gif"'],
	[{ catchUp: '={{ "maybe" }}' }, '"Catch Up Missed Messages" cannot be "maybe"'],
	[{ filters: { ignoreBots: '={{ "no" }}' } }, '"Ignore Bots" cannot be "no"'],
	[{ filters: { onlyMentions: '={{ 2 }}' } }, '"Only Mentions" cannot be "2"'],
	[{ options: { catchUpMaxCount: '={{ 0 }}' } }, '"Catch Up: Max Messages" cannot be 0'],
	[{ options: { waitForFinish: '={{ "x" }}' } }, '"Wait for the Workflow to Finish" cannot be "x"'],
	[{ guildId: 'lobby' }, '"Server" cannot be "lobby"'],
	[
		{ filters: { pattern: '/a/z' } },
		'"Text Matches Pattern" is not a valid regular expression: /a/z',
	],
])('the setting %j is rejected with its display name', async (parameters, message) => {
	const n8n = harness.n8n(parameters);
	await expect(harness.activate(n8n)).rejects.toMatchObject({ message });
});
