const { readFile, rm, stat, writeFile } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');
const { cyclonedxEsbuildPlugin } = require('@cyclonedx/cyclonedx-esbuild');
const esbuild = require('esbuild');
const fastGlob = require('fast-glob');

/**
 * n8n loads one file per node and per credential; what several of them use is in files of its own under
 * `dist/chunks`, so that it is downloaded and loaded once. `n8n-workflow` is n8n's own and stays outside;
 * the small libraries used here are bundled, since n8n installs no dependencies of community nodes.
 */
const entries = ['nodes/**/*.node.ts', 'credentials/*.credentials.ts'];
const SBOM = 'sbom.cdx.json';
const LICENSES = 'THIRD_PARTY_LICENSES.txt';
const assets = ['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'icons/*.svg'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function bundle() {
	/** @type {import('esbuild').CommonOptions} */
	const target = { platform: 'node', target: 'node20', minify: true, legalComments: 'none' };
	const { metafile } = await esbuild.build({
		...target,
		entryPoints: (await fastGlob(entries)).sort(),
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		// esbuild splits ECMAScript modules only; n8n loads CommonJS.
		splitting: true,
		format: 'esm',
		chunkNames: 'chunks/[hash]',
		external: ['n8n-workflow'],
		metafile: true,
		logLevel: 'warning',
		plugins: [
			cyclonedxEsbuildPlugin({
				outputFile: SBOM,
				gatherLicenseTexts: true,
				outputReproducible: true,
				validate: false,
			}),
		],
	});
	const scripts = Object.keys(metafile.outputs).filter((path) => path.endsWith('.js'));
	await Promise.all(
		scripts.map(async (path) => {
			const { code } = await esbuild.transform(await readFile(path), { ...target, format: 'cjs' });
			await writeFile(path, code);
		}),
	);
}

/**
 * @typedef {object} Library an entry of the CycloneDX list
 * @property {string} name
 * @property {string} version
 * @property {{ licenses?: Array<{ license: { text: { content: string, encoding: 'base64' } } }> }} [evidence]
 */

/** Writes the license texts of the bundled libraries, which their licenses ask for. */
async function licenses() {
	/** @type {{ components: Library[] }} */
	const { components } = JSON.parse(await readFile(`dist/${SBOM}`, 'utf8'));
	const texts = components.map(({ name, version, evidence }) => {
		const found = evidence?.licenses?.map(({ license }) =>
			Buffer.from(license.text.content, license.text.encoding).toString().trim(),
		);
		if (!found?.length) throw new Error(`No license file was found in ${name}.`);
		return `${name} ${version}\n\n${found.join('\n\n')}\n`;
	});
	await writeFile(`dist/${LICENSES}`, texts.join('\n---\n\n'));
}

function copy() {
	return src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
}

async function check() {
	await stat('dist/icons');
}

exports.clean = clean;
exports.build = series(clean, parallel(bundle, copy), licenses, check);
exports.watch = () =>
	watch(['nodes/**', 'credentials/**', 'icons/**'], { ignoreInitial: false }, exports.build);
exports.default = exports.build;
