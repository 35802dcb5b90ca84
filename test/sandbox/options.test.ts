import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HELP, readOptions } from '../../sandbox/options';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-options-'));
afterAll(() => {
	rmSync(folder, { recursive: true });
});

function seedFile(text: string): string {
	const file = join(folder, 'seed.json');
	writeFileSync(file, text);
	return file;
}

describe('the options of npm run sandbox', () => {
	it('have defaults', () => {
		expect(readOptions([])).toEqual({
			help: false,
			port: 5780,
			quiet: false,
			faults: [],
			seed: [],
		});
	});

	it('are all in the help', () => {
		for (const name of ['--port', '--seed', '--faults', '--quiet', '--help']) {
			expect(HELP).toContain(name);
		}
	});

	it('read faults for all services and for one', () => {
		expect(readOptions(['--faults', 'slow, fanvue:429']).faults).toEqual([
			{ name: 'all:slow', kind: 'delay', delayMs: 3000, times: 'always' },
			{ name: 'fanvue:429', service: 'fanvue', kind: 'rateLimit', retryAfter: 2, times: 'always' },
		]);
	});

	it('read a seed file; numbers keep their digits', () => {
		const file = seedFile(
			'[{"service":"fanbook","action":"say","input":{"userId":1152921504606846979}}]',
		);
		const { seed } = readOptions(['--seed', file]);
		expect(seed).toMatchObject([{ service: 'fanbook', action: 'say' }]);
		expect(String(seed[0]?.input.userId)).toBe('1152921504606846979');
	});

	it.each([
		['--port', 'many', '--port must be a number from 0 to 65535'],
		['--faults', 'broken', 'There is no fault "broken". Known faults: 429, 503, slow'],
		['--faults', 'telegram:slow', '--faults: there is no service "telegram"'],
		['--seed', '/nowhere.json', '--seed: "/nowhere.json" cannot be read as JSON'],
	])('state what is wrong with %s %s', (option, value, message) => {
		expect(() => readOptions([option, value])).toThrow(message);
	});

	it.each([
		['{}', 'must be a list of actions'],
		['[{"service":"fanbook"}]', 'entry 1 must have the form { "service", "action", "input" }'],
		['[{"service":"x","action":"say"}]', 'entry 1 must have the form'],
		['[', 'cannot be read as JSON'],
	])('state what is wrong with the seed file %s', (text, message) => {
		expect(() => readOptions(['--seed', seedFile(text)])).toThrow(message);
	});

	it('refuse unknown options', () => {
		expect(() => readOptions(['--host', '0.0.0.0'])).toThrow("Unknown option '--host'");
	});
});
