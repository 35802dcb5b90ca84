import { Clock } from '../../../sandbox/core/clock';

describe('the clock', () => {
	const clock = new Clock();
	afterEach(() => {
		clock.stop();
		clock.reset();
	});

	it('runs tasks when they are due, the earlier one first', () => {
		const ran: string[] = [];
		clock.after(3_600_000, () => ran.push('hour'));
		clock.after(60_000, () => ran.push('minute'));
		clock.advance(59_000);
		expect(ran).toEqual([]);
		clock.advance(3_600_000);
		expect(ran).toEqual(['minute', 'hour']);
		clock.advance(3_600_000);
		expect(ran).toHaveLength(2);
	});

	it('does not run a cancelled task', () => {
		const ran: string[] = [];
		const cancel = clock.after(1000, () => ran.push('never'));
		cancel();
		clock.advance(2000);
		expect(ran).toEqual([]);
	});

	it('follows the real time', async () => {
		const started = Date.now();
		await clock.wait(30);
		expect(Date.now() - started).toBeGreaterThanOrEqual(29);
	});

	it('can be set, and read as ISO text and as seconds', () => {
		clock.set(Date.UTC(2027, 5, 1, 12));
		expect(clock.iso().slice(0, 16)).toBe('2027-06-01T12:00');
		expect(clock.seconds()).toBe(Math.floor(clock.now() / 1000));
	});
});
