/*
 * Compares the events that the docs show, one of each trigger, with what the triggers return for these
 * events of the sandbox. `npm run schemas` writes them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { FanvuePollingTrigger } from '../../nodes/Fanvue/FanvuePollingTrigger.node';
import { FanvueTrigger } from '../../nodes/Fanvue/FanvueTrigger.node';
import { TRIGGERS } from '../../scripts/docs/services';
import { demo, TriggerHarness } from '../support/fanbookTriggerHarness';
import { FanfouTriggerHarness } from '../support/fanfouTriggerHarness';
import { FanvueHarness } from '../support/fanvueHarness';
import { PollHost } from '../support/polling';
import { stable } from '../support/recordExample';
import { until } from '../support/trigger';
import { WebhookHost } from '../support/webhooks';

const FILE = join(__dirname, '..', '..', 'docs', 'text', 'recorded', 'triggers.json');

const harness = TriggerHarness.forTests();
const fanvue = new FanvueHarness(() => harness.sandbox);
const credentialTypes = { fanvueOAuth2Api: new FanvueOAuth2Api() };

/** Times in the forms of the services that differ between two runs, and what the docs show instead. */
const TIMES: Array<[pattern: RegExp, replacement: string]> = [
	[/\b1[789]\d{11}\b/g, '1768478400000'],
	[
		/[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d \+0000 20\d\d/g,
		'Thu Jan 15 12:00:00 +0000 2026',
	],
];

/** Replaces what differs between two runs. Different UUIDs remain different. */
function sameInEveryRun(text: string): string {
	const uuids: string[] = [];
	const marked = text.replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (uuid) => {
		if (!uuids.includes(uuid)) uuids.push(uuid);
		return `UUID ${uuids.indexOf(uuid) + 1}`;
	});
	const timeless = TIMES.reduce(
		(result, [pattern, value]) => result.replace(pattern, value),
		stable(marked),
	);
	return timeless.replace(/UUID (\d)/g, '3f2504e0-4f89-41d3-9a0c-0305e82c330$1');
}

/** An event, by the name that the node has for it, and the item that a trigger returns for it. */
const EVENTS: Record<string, { event: string; run: () => Promise<IDataObject | undefined> }> = {
	fanvueTrigger: {
		event: 'Message: Received',
		run: async () => {
			const host = await new WebhookHost({
				node: new FanvueTrigger(),
				parameters: { registration: 'automatic', events: ['creator.message.received'] },
				credentials: fanvue.credential(),
				credentialTypes,
			}).listen();
			try {
				await host.activate();
				const text = 'Will there be a new set this week?';
				await harness.sandbox.fanvue.simulation.sendMessage({ text }).deliveries;
				return host.started[0];
			} finally {
				await host.close();
			}
		},
	},
	fanvuePollingTrigger: {
		event: 'New Message',
		run: async () => {
			const host = new PollHost();
			const poll = async () =>
				await host.poll({
					node: new FanvuePollingTrigger(),
					parameters: { event: 'newMessage' },
					credentials: fanvue.credential(),
					credentialTypes,
				});
			await poll();
			const text = 'Will there be a new set this week?';
			harness.sandbox.fanvue.simulation.sendMessage({ text });
			return (await poll())[0];
		},
	},
	fanfouTrigger: {
		event: 'Mention',
		run: async () => {
			const trigger = new FanfouTriggerHarness(() => harness.sandbox);
			const parameters = { event: 'mention', simplify: true };
			await trigger.poll(parameters);
			harness.sandbox.fanfou.mention('moyu', 'demo', '早上好');
			return (await trigger.poll(parameters))[0];
		},
	},
	fanbookTrigger: {
		event: 'Bot Mentioned',
		run: async () => {
			const n8n = harness.n8n({ events: ['botMentioned'] });
			await harness.connect(n8n);
			harness.say(`\${@!${demo.botId}} when is the next event?`);
			await until('the mention has arrived', () => n8n.started.length > 0);
			return n8n.started[0];
		},
	},
};

test.each(TRIGGERS)('the page of the $node shows an event as it returns it', async ({ page }) => {
	const { event, run } = EVENTS[page] ?? {};
	const item = await run?.();
	expect(item).toBeDefined();
	const output: unknown = JSON.parse(sameInEveryRun(JSON.stringify(item)));
	const recorded: Record<string, unknown> = JSON.parse(readFileSync(FILE, 'utf8'));
	if (process.env['UPDATE_SCHEMAS'] === '1') {
		const changed = { ...recorded, [page]: { event, output } };
		writeFileSync(FILE, `${JSON.stringify(changed, null, '\t')}\n`);
		return;
	}
	expect(recorded[page]).toEqual({ event, output });
});

test('no example is left over', () => {
	const recorded: object = JSON.parse(readFileSync(FILE, 'utf8'));
	expect(Object.keys(recorded).sort()).toEqual(TRIGGERS.map(({ page }) => page).sort());
});
