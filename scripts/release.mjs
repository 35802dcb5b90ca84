/**
 * `npm run release:check`: makes the package as a release does, and checks what can be checked before it
 * is published. Two builds in different folders must give the same bytes. The tarball, the list of
 * bundled libraries and their checksums are left in `release/`. With `--strict`, which the release
 * workflow uses, what is still to be set by a maintainer is an error and not only a line of the report.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { npm, run } from '../host/lib/commands.mjs';
import { describeError } from '../host/lib/errors.mjs';
import { MANIFEST, ROOT } from '../host/lib/paths.mjs';
import { createProgress } from '../host/lib/progress.mjs';
import { readTarball } from '../host/lib/tarball.mjs';
import { filesWithStandIns, releaseNotes, standIns, unknownLicenses } from './release/checks.mjs';

const OUTPUT = join(ROOT, 'release');
const SBOM = 'sbom.cdx.json';

const isStrict = process.argv.includes('--strict');
const temporary = mkdtempSync(join(tmpdir(), 'release-'));
const progress = createProgress();
let failed = 0;
/** @type {string[]} */
const stillToDo = [];

/** @param {string} text @returns {never} */
function fail(text) {
	throw new Error(text);
}

/**
 * Runs a step. The next one runs even if it fails.
 *
 * @template T
 * @param {string} name
 * @param {(setNote: (note: string) => void) => T | Promise<T>} body
 */
async function step(name, body) {
	try {
		return await progress.step(name, body);
	} catch (error) {
		failed += 1;
		progress.print(describeError(error));
		return undefined;
	}
}

/** @param {string} path */
const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

/**
 * Builds and packs the committed source in a folder of its own.
 *
 * @param {string} name of the folder, so that the two builds have paths of different lengths
 * @returns {Promise<{ folder: string, tarball: string }>}
 */
async function buildClean(name) {
	const folder = join(temporary, name);
	await run('git', ['clone', '--quiet', '--shared', ROOT, folder], { cwd: temporary });
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
	await npm(['run', 'build'], { cwd: folder });
	await npm(['pack', '--silent'], { cwd: folder });
	const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
	return tarball ? { folder, tarball: join(folder, tarball) } : fail('npm pack made no tarball.');
}

/** @param {string[]} todo what a maintainer has to set before this version can be published */
function reportToDo(todo) {
	stillToDo.push(...todo);
	if (isStrict && todo.length > 0) fail(todo.join('\n'));
}

try {
	await step('The work tree is what is committed', async () => {
		const changes = await run('git', ['status', '--porcelain'], { cwd: ROOT });
		if (changes.trim()) fail(`Commit or remove these files first:\n${changes.trimEnd()}`);
	});
	await step('The package names its real authors and repository', () =>
		reportToDo(standIns(MANIFEST)),
	);
	await step('The changelog describes this version', () => {
		const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
		const notes = releaseNotes(changelog, MANIFEST.version);
		if (notes === undefined)
			reportToDo([`CHANGELOG.md has no section "## [${MANIFEST.version}] - <date>" with changes.`]);
		rmSync(OUTPUT, { recursive: true, force: true });
		mkdirSync(OUTPUT, { recursive: true });
		if (notes) writeFileSync(join(OUTPUT, 'notes.md'), notes);
	});
	const first = await step('Build and pack', () => buildClean('a'));
	if (first) {
		await step('A second build gives the same bytes', async (setNote) => {
			const second = await buildClean('another-folder');
			const [one, two] = [first.tarball, second.tarball].map(sha256);
			if (one !== two) fail(`The SHA-256 sums differ: ${one} and ${two}.`);
			setNote(`SHA-256 ${one}`);
		});
		await step('The links in the package lead to its real repository', () =>
			reportToDo(filesWithStandIns(readTarball(first.tarball))),
		);
		await step("n8n's verification scan", () => npm(['run', 'scan'], { cwd: first.folder }));
		await step('The bundled libraries may be distributed', (setNote) => {
			const sbom = readTarball(first.tarball).find(({ path }) => path === `dist/${SBOM}`);
			if (!sbom) return fail(`The tarball has no ${SBOM}.`);
			writeFileSync(join(OUTPUT, SBOM), sbom.content);
			const { components } = JSON.parse(sbom.content.toString('utf8'));
			const unknown = unknownLicenses(components);
			if (unknown.length > 0) fail(`Read these licenses first: ${unknown.join(', ')}`);
			setNote(`${components.length} libraries`);
		});
		await step('npm audit finds no vulnerability in what users install', () =>
			npm(['audit', '--omit=dev'], { cwd: ROOT }),
		);
		const kept = join(OUTPUT, basename(first.tarball));
		copyFileSync(first.tarball, kept);
		writeFileSync(join(OUTPUT, 'SHA256SUMS'), `${sha256(kept)}  ${basename(kept)}\n`);
	}
} finally {
	rmSync(temporary, { recursive: true, force: true });
}

progress.print('');
if (stillToDo.length > 0 && !isStrict) {
	progress.print('Before this version is published:');
	for (const line of stillToDo) progress.print(`  - ${line}`);
}
progress.print(
	failed === 0
		? `${MANIFEST.name} ${MANIFEST.version} is in release/.`
		: `${failed} of the checks failed.`,
);
process.exitCode = failed === 0 ? 0 : 1;
