/** Where things are. Every path of the host is derived here and nowhere else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The folder with n8n's own package.json and lock file. */
export const HOST = join(ROOT, 'host');

/** What `npm start` keeps between starts: database, credentials, logs. Ignored by git. */
export const STATE = join(ROOT, '.n8n-host');

/** What the commands and processes of the latest start have said. */
export const LOGS = join(STATE, 'logs');

/** The importable example workflows. */
export const EXAMPLES = join(ROOT, 'examples');

/** The manifest of the node package: name, version, and the nodes and credentials it lists. */
export const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
