/** Nothing secret is left behind by the whole run. Runs after all other checks. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesBelow, findIn, findInFile, needles, rememberSecrets } from './support/secrets.mjs';

export const last = true;

/** Marks of a signed request, whoever's secret it carries. */
const MARKS = [
	/oauth_signature[="%]/,
	/\bBearer [\w.-]{16,}/,
	/\bBasic [\w+/]{16,}/,
	/X-Amz-Signature=/i,
];

/** What to look for in this run. */
async function wantedIn(host) {
	return needles(await rememberSecrets(host), host.sandbox.demo.fanvue);
}

/** The executions of the run, whole, as texts. */
async function executions({ n8n }) {
	const { results } = await n8n.call('GET', '/rest/executions?limit=200');
	assert.ok(results.length > 0, 'there was no execution to look at');
	const read = ({ id }) => n8n.call('GET', `/rest/executions/${id}`);
	const all = await Promise.all(results.map(read));
	return all.map((execution) => ({ id: execution.id, text: JSON.stringify(execution) }));
}

export const checks = {
	async 'The search finds a secret where there is one, in any of its forms'(host) {
		const wanted = await wantedIn(host);
		const { botToken } = host.sandbox.demo.fanbook;
		const tokens = [...host.secrets].filter((secret) => secret.startsWith('fvat_'));
		assert.ok(tokens.length >= 3, 'tokens issued during the run are known');
		const file = join(host.logs, 'planted');
		for (const secret of [botToken, Buffer.from(tokens[0]).toString('base64')]) {
			writeFileSync(file, `${'x'.repeat(70_000)}${secret}${'y'.repeat(70_000)}`);
			assert.equal((await findInFile(file, wanted)).length, 1);
		}
		rmSync(file);
	},

	async 'No execution holds a secret'(host) {
		const wanted = await wantedIn(host);
		for (const { id, text } of await executions(host)) {
			assert.deepEqual(findIn(text, wanted), [], `execution ${id}`);
			for (const mark of MARKS) assert.doesNotMatch(text, mark, `execution ${id}`);
		}
	},

	async 'No log, database or other file of n8n holds a secret'(host) {
		const wanted = await wantedIn(host);
		const files = [...filesBelow(host.userFolder), join(host.logs, 'n8n.log')];
		assert.ok(files.some((file) => file.endsWith('database.sqlite')));
		for (const file of files) {
			assert.deepEqual(await findInFile(file, wanted), [], relative(host.userFolder, file));
		}
	},
};
