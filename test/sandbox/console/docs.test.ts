import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSandbox, type Sandbox } from '../../support/sandbox';
import { readOptions } from '../../../sandbox/options';

const PAGE = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'sandbox.md'), 'utf8');
const run = promisify(execFile);

function blocks(language: string): string[] {
	const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
	return [...PAGE.matchAll(pattern)].map(([, text = '']) => text);
}

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => {
	await sandbox.close();
});

describe('docs/sandbox.md', () => {
	it.each(blocks('bash').map((text) => [text.split('\n')[0], text]))(
		'has a command that works: %s',
		async (_first, text) => {
			sandbox.fanvue.settings.webhooks.retryDelaysMs = [];
			const commands = (text ?? '').replaceAll('127.0.0.1:5780', `127.0.0.1:${sandbox.port}`);
			const failOnErrors = commands.replaceAll('curl -s', 'curl -s --fail-with-body');
			const { stdout } = await run('bash', ['-e', '-o', 'pipefail', '-c', failOnErrors]);
			expect(stdout).not.toBe('');
			expect(stdout).not.toMatch(/"ok":false|"error"/);
		},
	);

	it('has a seed file that works', async () => {
		const [text = ''] = blocks('json');
		const actions: unknown = JSON.parse(text);
		if (!Array.isArray(actions)) throw new TypeError('not a list');
		expect(actions.length).toBeGreaterThan(2);
		for (const { service, action, input } of actions) {
			const response = await fetch(`${sandbox.url}/_admin/${service}/${action}`, {
				method: 'POST',
				body: JSON.stringify(input),
			});
			expect({ action, status: response.status }).toEqual({ action, status: 200 });
		}
	});

	it('lists the faults that --faults knows', () => {
		const names = [...PAGE.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name ?? '');
		expect(readOptions(['--faults', names.join(',')]).faults).toHaveLength(6);
		expect(names).toHaveLength(6);
	});
});
