/** Every path of the host, in one place. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The folder with n8n's own package.json and lock file. `N8N_HOST_FOLDER` names another one. */
export const HOST = process.env.N8N_HOST_FOLDER
	? resolve(process.env.N8N_HOST_FOLDER)
	: join(ROOT, 'host');

/** Where `npm start` keeps database, credentials and logs. Ignored by git. */
export const STATE = join(ROOT, '.n8n-host');

/** The output of the commands and programs of the latest start. */
export const LOGS = join(STATE, 'logs');

/** The importable example workflows. */
export const EXAMPLES = join(ROOT, 'examples');

/**
 * The manifest of the node package.
 *
 * @type {{ name: string, version: string, engines: { node: string }, n8n: { nodes: string[], credentials: string[] } }}
 */
export const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
