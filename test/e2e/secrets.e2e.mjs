/** No secret is left behind by the whole run. Runs after all other tests. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { collectSecrets, filesBelow, findIn, findInFile, searchTexts } from './support/secrets.mjs';
import { test } from './support/test.mjs';

/** Executions that are read at the same time. */
const CONCURRENCY = 10;

/** Parts of a signed request that contain any secret. */
const SIGNATURES = [
	/oauth_signature[="%]/,
	/\bBearer [\w.-]{16,}/,
	/\bBasic [\w+/]{16,}/,
	/X-Amz-Signature=/i,
];

/** @type {Map<string, string> | undefined} */
let texts;

/**
 * Returns what to search for. Nothing else runs after these tests, so it is collected once.
 *
 * @param {import('../../host/lib/types.ts').DemoHost} host
 */
async function secretTexts(host) {
	texts ??= searchTexts(await collectSecrets(host), host.sandbox.demo.fanvue);
	return texts;
}

test('The search finds a secret that is there in each of its forms', async (host) => {
	const wanted = await secretTexts(host);
	const { botToken } = host.sandbox.demo.fanbook;
	const [token] = [...(await collectSecrets(host))].filter((one) => one.startsWith('fvat_'));
	assert.ok(token, 'no token that was issued during the run is known');
	const file = join(host.logs, 'planted');
	for (const secret of [botToken, Buffer.from(token).toString('base64')]) {
		writeFileSync(file, `${'x'.repeat(70_000)}${secret}${'y'.repeat(70_000)}`);
		assert.equal((await findInFile(file, wanted)).length, 1);
	}
	rmSync(file);
});

test('No execution contains a secret', async (host) => {
	const wanted = await secretTexts(host);
	const ids = await host.n8n.executionIds();
	assert.ok(ids.length > 0, 'there was no execution to search');
	/** @param {string} id */
	const search = async (id) => {
		const text = JSON.stringify(await host.n8n.execution(id));
		assert.deepEqual(findIn(text, wanted), [], `execution ${id}`);
		for (const signature of SIGNATURES) assert.doesNotMatch(text, signature, `execution ${id}`);
	};
	while (ids.length > 0) await Promise.all(ids.splice(0, CONCURRENCY).map(search));
});

test('No log, database or other file of n8n contains a secret', async (host) => {
	const wanted = await secretTexts(host);
	// The installed package comes from the tarball and existed before the run.
	const installed = join(host.userFolder, '.n8n', 'nodes');
	const written = filesBelow(host.userFolder).filter((file) => !file.startsWith(installed));
	const files = [...written, join(host.logs, 'n8n.log')];
	assert.ok(files.some((file) => file.endsWith('database.sqlite')));
	for (const file of files) {
		assert.deepEqual(await findInFile(file, wanted), [], relative(host.userFolder, file));
	}
});
