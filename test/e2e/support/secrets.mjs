/** Collects every secret of a run, and searches for them. */
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../host/lib/commands.mjs';
import { N8N_BIN, n8nEnvironment } from '../../../host/lib/n8n.mjs';

/** Names of fields with secret values. */
const SECRET_NAME = /secret|token|password|verifier|^code$/i;
/** Shorter values such as `demo` and `bearer` are not secrets. */
const MIN_LENGTH = 8;

/** @type {Set<string>} */
const known = new Set();

/**
 * @param {unknown} value
 * @param {string} [name] of the field that holds it
 * @returns {string[]} the secret texts inside a value
 */
function secretsIn(value, name = '') {
	if (typeof value === 'string')
		return SECRET_NAME.test(name) && value.length >= MIN_LENGTH ? [value] : [];
	if (value === null || typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, part]) =>
		secretsIn(part, Array.isArray(value) ? name : key),
	);
}

/**
 * Collects all secrets that exist now: those of the sandbox, with every code, token and signing secret
 * that it issued, and those in n8n's credentials. Called before and after anything that replaces tokens.
 *
 * @param {import('../../../host/lib/types.ts').DemoHost} host
 * @returns {Promise<Set<string>>} all that are known so far
 */
export async function collectSecrets(host) {
	const file = join(host.logs, 'credentials.json');
	await run(
		host.runtime.node,
		[N8N_BIN, 'export:credentials', '--all', '--decrypted', `--output=${file}`],
		{
			cwd: host.userFolder,
			env: n8nEnvironment({ ...host, port: 0, brokerPort: 0 }),
		},
	);
	/** @type {Array<{ data: object }>} */
	const stored = JSON.parse(readFileSync(file, 'utf8'));
	// The search must not find this file.
	rmSync(file);
	/** @type {string[][]} */
	const issued = [
		await host.sandbox.act('fanvue', 'secrets'),
		await host.sandbox.act('fanbook', 'secrets'),
	];
	for (const secret of issued.flat()) known.add(secret);
	for (const secret of secretsIn(host.sandbox.demo)) known.add(secret);
	for (const secret of secretsIn(stored.map(({ data }) => data))) known.add(secret);
	return known;
}

/**
 * @param {string} secret
 * @returns {string[]} a secret as it may appear in addresses and headers
 */
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
 * @param {{ clientId: string, clientSecret: string }} app whose Basic authorization is a secret, too
 * @returns {Map<string, string>} the texts to search for, each with a name that does not reveal it
 */
export function searchTexts(secrets, { clientId, clientSecret }) {
	const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	/** @type {Map<string, string>} */
	const texts = new Map();
	for (const [index, secret] of [...secrets, basic].entries())
		for (const form of formsOf(secret))
			texts.set(form, `secret ${index + 1} (${secret.slice(0, 3)}…)`);
	return texts;
}

/**
 * @param {string} text
 * @param {Map<string, string>} wanted texts to search for, with their names
 * @returns {string[]} the names of the texts that were found
 */
export function findIn(text, wanted) {
	return [...wanted].filter(([secret]) => text.includes(secret)).map(([, name]) => name);
}

/**
 * @param {string} folder
 * @returns {string[]} all files below it
 */
export function filesBelow(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		return entry.isDirectory() ? filesBelow(path) : [path];
	});
}

/**
 * Searches a file in chunks.
 *
 * @param {string} file
 * @param {Map<string, string>} wanted texts to search for, with their names
 * @returns {Promise<string[]>} the names of the texts that were found
 */
export async function findInFile(file, wanted) {
	if (!existsSync(file) || statSync(file).size === 0) return [];
	const longest = Math.max(...[...wanted.keys()].map((text) => text.length));
	/** @type {Set<string>} */
	const found = new Set();
	let rest = '';
	// One character per byte is enough, because the texts are ASCII.
	for await (const chunk of createReadStream(file, { encoding: 'latin1' })) {
		for (const name of findIn(rest + chunk, wanted)) found.add(name);
		rest = (rest + chunk).slice(-longest);
	}
	return [...found];
}
