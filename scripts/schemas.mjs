// Writes the `__schema__` files beside the nodes, which n8n's editor shows before the first run, and
// the requests, outputs and events that the docs show.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
	'npx',
	['jest', 'test/nodes/outputSchemas', 'test/nodes/triggerExamples'],
	{
		stdio: 'inherit',
		env: { ...process.env, UPDATE_SCHEMAS: '1' },
	},
);
process.exitCode = status ?? 1;
