import { EVENTS } from '../../../nodes/Fanfou/trigger/events';
import { isBeforeStart, parseStart, recentFilter } from '../../../nodes/Fanfou/trigger/start';

test('rows without a recognizable position have none', () => {
	const event = (name: string) => EVENTS.find(({ value }) => value === name);
	expect(event('directMessage')?.position({ id: 'm', created_at: 'soon' })).toBeNull();
	expect(event('mention')?.position({ id: 's' })).toBeNull();
	const { add, isRecent } = recentFilter();
	add([{ id: 't', rawid: 9, created_at: 'Sun Nov 22 01:59:27 +0000 2026' }, { id: 'u' }]);
	expect(isRecent({ id: 's' })).toBe(false);
	expect(isRecent({ id: 's', created_at: 'Sun Nov 22 01:00:27 +0000 2026' })).toBe(true);
	expect(isRecent({ id: 's', created_at: 'Sun Nov 22 00:59:26 +0000 2026' })).toBe(false);
});

test('a time before Fanfou existed stands for a missing one', () => {
	const created_at = 'Thu Jan 01 00:00:00 +0000 1970';
	const message = EVENTS.find(({ value }) => value === 'directMessage');
	expect(message?.position({ id: 'm', created_at })).toBeNull();
	expect(isBeforeStart({ id: 's', rawid: 9, created_at }, { rawId: 5, time: 1000 })).toBe(false);
});

test('a status from the year 2099 does not make other statuses old', () => {
	const { add, isRecent } = recentFilter();
	add([{ id: 'a', rawid: 9, created_at: 'Thu Jan 01 00:00:00 +0000 2099' }]);
	expect(isRecent({ id: 's', created_at: 'Sun Nov 22 01:00:27 +0000 2026' })).toBe(true);
});

test('statuses without a number or a time are not older than the start', () => {
	const start = { rawId: 5, time: 1000 };
	expect(isBeforeStart({ id: 's' }, start)).toBe(false);
	expect(isBeforeStart({ id: 's', rawid: 5 }, start)).toBe(true);
	expect(isBeforeStart({ id: 's', rawid: '6' }, start)).toBe(false);
});

test.each([undefined, null, 'x', {}, { rawId: 3 }, { time: '5' }])(
	'%j is not a valid start position',
	(stored) => {
		expect(parseStart(stored)).toBeUndefined();
	},
);

test('a start position without a number is valid', () => {
	expect(parseStart({ time: 5, rawId: null })).toEqual({ time: 5, rawId: null });
});
