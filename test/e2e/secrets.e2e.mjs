/** Nothing secret is left behind by the whole run. Runs after all other checks. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesBelow, findIn, findInFile, needles, rememberSecrets } from './support/secrets.mjs';

export const last = true;

/** Executions read at once. */
const LANES = 10;

/** Marks of a signed request, whoever's secret it carries. */
const MARKS = [
	/oauth_signature[="%]/,
	/\bBearer [\w.-]{16,}/,
	/\bBasic [\w+/]{16,}/,
	/X-Amz-Signature=/i,
];

let wanted;

/** What to look for in this run. No other check comes after these, so that it is collected once. */
async function wantedIn(host) {
	wanted ??= needles(await rememberSecrets(host), host.sandbox.demo.fanvue);
	return wanted;
}

export const checks = {
	async 'The search finds a secret where there is one, in any of its forms'(host) {
		const secrets = await wantedIn(host);
		const { botToken } = host.sandbox.demo.fanbook;
		const tokens = [...host.secrets].filter((secret) => secret.startsWith('fvat_'));
		assert.ok(tokens.length > 0, 'tokens issued during the run are known');
		const file = join(host.logs, 'planted');
		for (const secret of [botToken, Buffer.from(tokens[0]).toString('base64')]) {
			writeFileSync(file, `${'x'.repeat(70_000)}${secret}${'y'.repeat(70_000)}`);
			assert.equal((await findInFile(file, secrets)).length, 1);
		}
		rmSync(file);
	},

	async 'No execution holds a secret'(host) {
		const secrets = await wantedIn(host);
		const ids = await host.n8n.executionIds();
		assert.ok(ids.length > 0, 'there was no execution to look at');
		const look = async (id) => {
			const text = JSON.stringify(await host.n8n.call('GET', `/rest/executions/${id}`));
			assert.deepEqual(findIn(text, secrets), [], `execution ${id}`);
			for (const mark of MARKS) assert.doesNotMatch(text, mark, `execution ${id}`);
		};
		while (ids.length > 0) await Promise.all(ids.splice(0, LANES).map(look));
	},

	async 'No log, database or other file of n8n holds a secret'(host) {
		const secrets = await wantedIn(host);
		// What was installed is the tarball's and was there before the run.
		const installed = join(host.userFolder, '.n8n', 'nodes');
		const written = filesBelow(host.userFolder).filter((file) => !file.startsWith(installed));
		const files = [...written, join(host.logs, 'n8n.log')];
		assert.ok(files.some((file) => file.endsWith('database.sqlite')));
		for (const file of files) {
			assert.deepEqual(await findInFile(file, secrets), [], relative(host.userFolder, file));
		}
	},
};
