/** `npm run reset`: deletes what `npm start` has stored: n8n's database, credentials, workflows, logs. */
import { rmSync } from 'node:fs';
import { runningInstance } from './lib/instance.mjs';
import { STATE } from './lib/paths.mjs';

const running = await runningInstance();
if (running) {
	console.error(`n8n is running at ${running.n8nUrl}. Stop it with Ctrl-C before you reset it.`);
	process.exitCode = 1;
} else {
	rmSync(STATE, { recursive: true, force: true, maxRetries: 3 });
	console.log('Everything is deleted. The next npm start sets up a new n8n.');
}
