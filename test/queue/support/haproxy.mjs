/** Starts HAProxy as docs/scaling.md describes. */
import { join } from 'node:path';
import { ROOT } from '../../../host/lib/paths.mjs';
import { freePort, LOOPBACK } from '../../../host/lib/ports.mjs';
import { find } from './databases.mjs';

const CONFIGURATION = join(ROOT, 'docs', 'haproxy.cfg');

/**
 * @param {import('../../../host/lib/types.ts').DemoHost} host
 * @returns {Promise<string>} its URL
 */
export async function startHaproxy({ processes, userFolder, logs, url: n8nUrl }) {
	const listen = `${LOOPBACK}:${await freePort(0)}`;
	const url = `http://${listen}`;
	const server = processes.start('HAProxy', find('haproxy'), ['-db', '-f', CONFIGURATION], {
		cwd: userFolder,
		env: { LISTEN: listen, N8N_ADDRESS: new URL(n8nUrl).host },
		log: join(logs, 'haproxy.log'),
	});
	await server.ready(async () => (await fetch(`${url}/healthz`)).ok);
	return url;
}
