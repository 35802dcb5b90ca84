import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core writes its settings file to these folders; tests must not touch those of a real n8n.
if (process.env.N8N_USER_FOLDER === undefined) {
	// A test file of jest has no exit of its own, so `jestTeardown.ts` removes all of them.
	const { JEST_FOLDER } = process.env;
	const folder = mkdtempSync(join(JEST_FOLDER ?? tmpdir(), 'n8n-nodes-fan-'));
	if (JEST_FOLDER === undefined) {
		process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	}
	process.env.N8N_USER_FOLDER = folder;
}
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-tests';
process.env.N8N_DIAGNOSTICS_ENABLED ??= 'false';
// n8n logs every failed execution. Jest looks up where each line comes from, which takes longer than a run.
process.env.N8N_LOG_LEVEL ??= 'silent';
