/** Every secret of a run, and where one might have got to. */
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../host/lib/commands.mjs';
import { N8N_BIN, n8nEnvironment } from '../../../host/lib/n8n.mjs';

/** Field names whose values nobody may see. */
const SECRET = /secret|token|password|verifier|^code$/i;
/** `demo`, `bearer` and the like are no secrets. */
const SHORTEST = 8;

/** @returns {string[]} the secret texts inside a value */
function secretsIn(value, name = '') {
	if (typeof value === 'string')
		return SECRET.test(name) && value.length >= SHORTEST ? [value] : [];
	if (value === null || typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, part]) =>
		secretsIn(part, Array.isArray(value) ? name : key),
	);
}

/**
 * Adds all secrets that exist now: those of the sandbox, with every code, token and signing secret it gave
 * out, and what n8n keeps in its credentials. Call it before and after anything that replaces tokens.
 *
 * @returns {Promise<Set<string>>} all that are known so far
 */
export async function rememberSecrets(host) {
	const file = join(host.logs, 'credentials.json');
	await run(
		host.runtime.node,
		[N8N_BIN, 'export:credentials', '--all', '--decrypted', `--output=${file}`],
		{
			cwd: host.userFolder,
			env: n8nEnvironment({ ...host, port: 0, brokerPort: 0 }),
		},
	);
	const stored = JSON.parse(readFileSync(file, 'utf8'));
	// It is looked through later, and must not find itself.
	rmSync(file);
	host.secrets ??= new Set(secretsIn(host.sandbox.demo));
	for (const service of ['fanvue', 'fanbook'])
		for (const secret of await host.sandbox.act(service, 'secrets')) host.secrets.add(secret);
	for (const secret of secretsIn(stored.map(({ data }) => data))) host.secrets.add(secret);
	return host.secrets;
}

/** @returns {string[]} a secret as it may appear in addresses and headers */
function formsOf(secret) {
	const bytes = Buffer.from(secret);
	return [
		secret,
		encodeURIComponent(secret),
		bytes.toString('base64'),
		bytes.toString('base64url'),
	];
}

/**
 * @param {Set<string>} secrets
 * @param {{ clientId: string, clientSecret: string }} app whose Basic header is a secret, too
 * @returns {Map<string, string>} what to look for, each with a name that gives nothing away
 */
export function needles(secrets, { clientId, clientSecret }) {
	const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	const all = [...secrets, basic].flatMap((secret, index) =>
		formsOf(secret).map((form) => [form, `secret ${index + 1} (${secret.slice(0, 3)}…)`]),
	);
	return new Map(all);
}

/** @returns {string[]} the names of what is found in a text */
export function findIn(text, wanted) {
	return [...wanted].filter(([needle]) => text.includes(needle)).map(([, name]) => name);
}

/** @returns {string[]} all files below a folder */
export function filesBelow(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(path) : [path];
	});
}

/** @returns {Promise<string[]>} the names of what is found in a file, read piece by piece */
export async function findInFile(file, wanted) {
	if (!existsSync(file) || statSync(file).size === 0) return [];
	const longest = Math.max(...[...wanted.keys()].map((needle) => needle.length));
	const found = new Set();
	let rest = '';
	// Bytes as characters: what is looked for is plain ASCII.
	for await (const piece of createReadStream(file, { encoding: 'latin1' })) {
		for (const name of findIn(rest + piece, wanted)) found.add(name);
		rest = (rest + piece).slice(-longest);
	}
	return [...found];
}
