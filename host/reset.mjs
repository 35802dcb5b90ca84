/** `npm run reset`: forgets what `npm start` keeps: n8n's database, credentials, workflows, logs. */
import { rmSync } from 'node:fs';
import { STATE } from './lib/paths.mjs';
import { runningInstance } from './lib/instance.mjs';

const running = await runningInstance();
if (running) {
	console.error(`n8n is running at ${running.n8nUrl}. Stop it first with Ctrl-C, then reset.`);
	process.exitCode = 1;
} else {
	rmSync(STATE, { recursive: true, force: true, maxRetries: 3 });
	console.log('Cleared. The next npm start begins anew.');
}
