/**
 * `npm run scan`: does what n8n's verification does with a published package. It lints the source (as on
 * the public repository) and the unpacked tarball with n8n's own scanner, which ignores comments that
 * switch rules off, and checks what the tarball contains.
 */
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError } from '../host/lib/errors.mjs';
import { packPackage, unpack } from '../host/lib/pack.mjs';
import { ROOT } from '../host/lib/paths.mjs';
import { createProgress } from '../host/lib/progress.mjs';
import { readTarball } from '../host/lib/tarball.mjs';

const MAX_BYTES = 400_000;
// npm includes the README files of all languages.
const ALLOWED = /^(dist\/.+|README(\.[\w-]+)?\.md|LICENSE|package\.json)$/;
const NOT_ALLOWED = /(\.map|\.tsbuildinfo|\.ts)$/;
const REQUIRED = ['README.md', 'LICENSE', 'package.json'];
// The tarball as the scanner reads it: declarations and codex files are covered by the source.
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

/**
 * @param {string} folder
 * @param {string[]} patterns of files to scan
 * @throws with the scanner's findings if there are any
 */
async function analyze(folder, patterns) {
	const { analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const result = await analyzePackage(folder, patterns);
	if (!result.passed) throw new Error([result.message, result.details].filter(Boolean).join('\n'));
}

/**
 * Checks that the scanner will find something to scan.
 *
 * @param {string} folder
 * @param {string[]} names
 */
function expectFiles(folder, names) {
	const missing = names.filter((name) => !existsSync(join(folder, name)));
	if (missing.length > 0) throw new Error(`Missing: ${missing.join(', ')}`);
}

/**
 * @param {string} tarball
 * @param {(note: string) => void} setNote
 * @throws if a file is missing or not allowed, or if the tarball is too large
 */
function checkContents(tarball, setNote) {
	const files = readTarball(tarball).map(({ path }) => path);
	const unexpected = files.filter((path) => !ALLOWED.test(path) || NOT_ALLOWED.test(path));
	const missing = REQUIRED.filter((path) => !files.includes(path));
	const { size } = statSync(tarball);
	if (unexpected.length > 0) throw new Error(`Not allowed: ${unexpected.join(', ')}`);
	if (missing.length > 0) throw new Error(`Missing: ${missing.join(', ')}`);
	if (size >= MAX_BYTES)
		throw new Error(`The tarball has ${size} bytes, which is over the limit of ${MAX_BYTES}.`);
	setNote(`${files.length} files, ${size} bytes`);
}

const temporary = mkdtempSync(join(tmpdir(), 'scan-'));
const progress = createProgress();
let failed = 0;

/** @param {unknown} error */
function fail(error) {
	failed += 1;
	progress.print(describeError(error));
}

/**
 * Runs a step. The next one runs even if it fails.
 *
 * @param {string} name
 * @param {(setNote: (note: string) => void) => void | Promise<void>} body
 */
const step = (name, body) => progress.step(name, body).catch(fail);

try {
	await step('Scan the source', async () => {
		const { SOURCE_FILE_PATTERNS } =
			await import('@n8n/scan-community-package/scanner/scanner.mjs');
		// A copy, because the scanner expects a checkout without node_modules.
		const source = join(temporary, 'source');
		const parts = ['package.json', 'README.md', 'LICENSE', 'nodes', 'credentials', 'icons'];
		for (const part of parts) {
			if (existsSync(join(ROOT, part)))
				cpSync(join(ROOT, part), join(source, part), { recursive: true });
		}
		expectFiles(source, ['package.json', 'nodes', 'credentials']);
		await analyze(source, SOURCE_FILE_PATTERNS);
	});
	const tarball = await packPackage(progress);
	await step('Scan the tarball', async () => {
		const folder = join(temporary, 'tarball');
		unpack(tarball, folder);
		expectFiles(folder, ['package.json', 'dist']);
		await analyze(folder, TARBALL_PATTERNS);
	});
	await step('Check the contents of the tarball', (setNote) => checkContents(tarball, setNote));
} catch (error) {
	fail(error);
} finally {
	rmSync(temporary, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
