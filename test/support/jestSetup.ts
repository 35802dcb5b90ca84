import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates the folder in which each test file has one of its own. `jestTeardown.ts` removes it. */
export default function createJestFolder(): void {
	process.env.JEST_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-nodes-fan-jest-'));
}
