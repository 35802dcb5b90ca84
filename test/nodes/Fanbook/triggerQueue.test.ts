import { virtualClock, virtualSleep } from '../../support/virtualClock';
import { demo, TriggerHarness } from '../../support/fanbookTriggerHarness';
import type { Reply } from '../../support/server';
import { TestServer } from '../../support/server';

jest.mock('@n8n/utils/sleep', () => ({ sleep: virtualSleep }));

/** How often the update queue is requested. */
const harness = TriggerHarness.forTests();
const bare = new TestServer();
beforeAll(async () => {
	virtualClock.install({ isStopped: true });
	await bare.start();
});
afterAll(async () => {
	virtualClock.uninstall();
	await bare.close();
});
beforeEach(() => {
	bare.reset();
	virtualClock.reset();
});

/** Long enough that no other wait of the trigger counts. */
const POLL_INTERVAL_MS = 3_600_000;
const REQUESTS = 4;

/** Returns a page of updates. */
const page = (from: number, count: number): Reply => ({
	body: JSON.stringify({
		ok: true,
		result: Array.from({ length: count }, (_, index) => ({
			update_id: from + index,
			channel_post: {
				message_id: from + index,
				chat: { id: 5, guild_id: 1 },
				from: { id: 7 },
				text: `${from + index}`,
			},
		})),
	}),
});

/** Returns the pauses between the first requests of a trigger, in percent of the poll interval. */
async function pauses(longPolling: boolean, pages: Reply[], heldMs?: number): Promise<number[]> {
	const sleptBefore: number[] = [];
	bare.reply = ({ url }) => {
		if (!url.toLowerCase().endsWith('getupdates')) return page(0, 0);
		sleptBefore.push(virtualClock.sleptMs);
		virtualClock.advance(heldMs ?? 0);
		return pages[sleptBefore.length - 1] ?? pages.at(-1) ?? {};
	};
	const n8n = harness.n8n(
		{
			connectionMode: 'updateQueue',
			options: { longPolling, pollInterval: POLL_INTERVAL_MS / 1000 },
		},
		{
			timing: { second: 1000, longPollTimeout: heldMs ?? 2 * POLL_INTERVAL_MS },
			credential: { host: bare.url, botId: demo.botId },
		},
	);
	const trigger = await harness.activate(n8n);
	// The clock stands still between sleeps.
	for (let tries = 0; sleptBefore.length < REQUESTS && tries < 2_000; tries += 1) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	await trigger.close();
	return sleptBefore
		.slice(1, REQUESTS)
		.map((slept, index) =>
			Math.floor((slept - (sleptBefore[index] ?? 0)) / (POLL_INTERVAL_MS / 100)),
		);
}

test.each([
	['full pages with new updates', false, [page(0, 100), page(100, 100), page(200, 100)], [0, 0, 0]],
	['a full page that is returned again and again', false, [page(0, 100)], [0, 100, 100]],
	['a page that is not full', false, [page(0, 3)], [100, 100, 100]],
	['a long poll with new updates', true, [page(0, 1), page(1, 1), page(2, 1)], [0, 0, 0]],
	['a long poll with the same updates', true, [page(0, 2)], [0, 100, 100]],
	['a long poll that returns nothing at once', true, [page(0, 0)], [100, 100, 100]],
])('Poll Interval passes where nothing is new: %s', async (_name, longPolling, pages, expected) => {
	expect(await pauses(longPolling, pages)).toEqual(expected);
});

test.each([
	['longer than Poll Interval', 2 * POLL_INTERVAL_MS],
	['shorter than Poll Interval', POLL_INTERVAL_MS / 2],
])(
	'a long poll that was held open is followed by the next one at once: %s',
	async (_name, heldMs) => {
		expect(await pauses(true, [page(0, 0)], heldMs)).toEqual([0, 0, 0]);
	},
);
