/* The clock of a machine can be set back by hours while a node waits, as when a virtual machine continues. */
const mockClock = { offsetMs: 0, slices: 0 };

jest.mock('@n8n/utils/sleep', () => ({
	sleep: async () => {
		mockClock.slices += 1;
		if (mockClock.slices > 100) throw new Error('The wait does not end');
		mockClock.offsetMs -= 7_200_000;
	},
}));

import { wait } from '../../../nodes/Fanbook/trigger/wait';
import { sleep } from '../../../nodes/shared/sleep';

const now = Date.now.bind(Date);
beforeAll(() => {
	Date.now = () => now() + mockClock.offsetMs;
});
afterAll(() => {
	Date.now = now;
});
beforeEach(() => {
	mockClock.slices = 0;
});

test('a wait is no longer if the clock is set back', async () => {
	await sleep(1_000);
	expect(mockClock.slices).toBe(5);
});

test('a wait for a condition is no longer if the clock is set back', async () => {
	await wait(500, { signal: new AbortController().signal, until: () => false });
	expect(mockClock.slices).toBe(10);
});

test('a cancelled wait ends with its slice although the clock is set back', async () => {
	const controller = new AbortController();
	const waiting = sleep(60_000, { signal: controller.signal });
	controller.abort();
	await expect(waiting).rejects.toThrow('The execution was cancelled');
	expect(mockClock.slices).toBe(1);
});
