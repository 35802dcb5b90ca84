/**
 * `npm run scan`: what n8n's verification does with a published package, done here beforehand. It lints
 * the source (as on the public repository) and the unpacked tarball with n8n's own scanner, which
 * ignores comments that switch rules off, and looks at what the tarball holds.
 */
import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage, unpack } from '../host/lib/pack.mjs';
import { ROOT } from '../host/lib/paths.mjs';
import { createSteps } from '../host/lib/steps.mjs';
import { readTarball } from '../host/lib/tarball.mjs';

const MAX_BYTES = 200_000;
// npm ships every README, whatever its language.
const ALLOWED = /^(dist\/.+|README(\.[\w-]+)?\.md|LICENSE|package\.json)$/;
const NOT_SHIPPED = /(\.map|\.tsbuildinfo|\.ts)$/;
const REQUIRED = ['README.md', 'LICENSE', 'package.json'];
// The tarball as the scanner reads it: declarations and codex files are covered by the source.
const TARBALL_PATTERNS = ['**/*.js', 'package.json'];

/** @throws with the scanner's findings when it has any */
async function analyze(folder, patterns) {
	const { analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const result = await analyzePackage(folder, patterns);
	if (!result.passed) throw new Error([result.message, result.details].filter(Boolean).join('\n'));
}

/** @throws when the scanner would look at nothing */
function expectFiles(folder, names) {
	const missing = names.filter((name) => !existsSync(join(folder, name)));
	if (missing.length > 0) throw new Error(`Missing: ${missing.join(', ')}`);
}

/** @throws when the tarball holds what it should not, lacks what it should hold, or is too big */
function checkContents(tarball, say) {
	const files = readTarball(tarball).map(({ path }) => path);
	const strange = files.filter((path) => !ALLOWED.test(path) || NOT_SHIPPED.test(path));
	const missing = REQUIRED.filter((path) => !files.includes(path));
	const { size } = statSync(tarball);
	if (strange.length > 0) throw new Error(`Not to be shipped: ${strange.join(', ')}`);
	if (missing.length > 0) throw new Error(`Not in the tarball: ${missing.join(', ')}`);
	if (size >= MAX_BYTES) throw new Error(`${size} bytes; at most ${MAX_BYTES} are wanted.`);
	say(`${files.length} files, ${size} bytes`);
}

const work = mkdtempSync(join(tmpdir(), 'scan-'));
const steps = createSteps();
let failed = 0;
const step = (name, body) =>
	steps.run(name, body).catch((reason) => {
		failed += 1;
		steps.say(reason.message);
	});

try {
	await step('Scan the source', async () => {
		const { SOURCE_FILE_PATTERNS } =
			await import('@n8n/scan-community-package/scanner/scanner.mjs');
		// A copy of its own: the scanner sees the package as a checkout has it, without node_modules.
		const source = join(work, 'source');
		const parts = ['package.json', 'README.md', 'LICENSE', 'nodes', 'credentials', 'icons'];
		for (const part of parts) {
			if (existsSync(join(ROOT, part)))
				cpSync(join(ROOT, part), join(source, part), { recursive: true });
		}
		expectFiles(source, ['package.json', 'nodes', 'credentials']);
		await analyze(source, SOURCE_FILE_PATTERNS);
	});
	const tarball = await packPackage(steps);
	await step('Scan the tarball', async () => {
		const folder = join(work, 'tarball');
		unpack(tarball, folder);
		expectFiles(folder, ['package.json', 'dist']);
		await analyze(folder, TARBALL_PATTERNS);
	});
	await step('Look into the tarball', (say) => checkContents(tarball, say));
} catch (reason) {
	failed += 1;
	steps.say(reason.message);
} finally {
	rmSync(work, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;
