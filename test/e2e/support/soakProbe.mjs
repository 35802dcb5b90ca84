/** Where the soak test reads what n8n holds. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const file = join(tmpdir(), `n8n-soak-${process.pid}.jsonl`);

export const soakProbe = {
	file,
	/** Settings with which n8n writes to the file. */
	settings: {
		SOAK_PROBE: file,
		NODE_OPTIONS: `--import ${new URL('probe.mjs', import.meta.url).href}`,
	},
};
