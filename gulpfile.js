const { rm, stat } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');
const esbuild = require('esbuild');
const fastGlob = require('fast-glob');

/**
 * Everything n8n loads is one file per node and per credential. `n8n-workflow` is n8n's own and
 * stays outside; the small libraries used here are bundled, since n8n installs no dependencies of
 * community nodes.
 */
const entries = ['nodes/**/*.node.ts', 'credentials/*.credentials.ts'];
const assets = ['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json', 'icons/*.svg'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function bundle() {
	await esbuild.build({
		entryPoints: await fastGlob(entries),
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow'],
		minify: true,
		legalComments: 'none',
		logLevel: 'warning',
	});
}

function copy() {
	return src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
}

async function check() {
	await stat('dist/icons');
}

exports.clean = clean;
exports.build = series(clean, parallel(bundle, copy), check);
exports.watch = () =>
	watch(['nodes/**', 'credentials/**', 'icons/**'], { ignoreInitial: false }, exports.build);
exports.default = exports.build;
