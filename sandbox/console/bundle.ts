import { build } from 'esbuild';
import { join } from 'node:path';

/** The files of the page, in memory. */
export interface Bundle {
	script: string;
	style: string;
}

async function createBundle(): Promise<Bundle> {
	const { outputFiles } = await build({
		entryPoints: [join(__dirname, 'app', 'main.tsx')],
		bundle: true,
		write: false,
		outdir: 'out',
		format: 'esm',
		target: 'es2022',
		jsx: 'automatic',
		jsxImportSource: 'preact',
		minify: true,
		legalComments: 'none',
		logLevel: 'silent',
	});
	const textOf = (ending: string): string =>
		outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
	return { script: textOf('.js'), style: textOf('.css') };
}

let bundle: Promise<Bundle> | undefined;

/** Returns the files of the page. They are built on the first call, which takes a fraction of a second. */
export function loadBundle(): Promise<Bundle> {
	bundle ??= createBundle();
	return bundle;
}
