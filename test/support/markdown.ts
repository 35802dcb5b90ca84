import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import glob from 'fast-glob';
import { anchorOf } from '../../scripts/docs/markdown';

/** Reads the Markdown files of the repository for the tests of the docs. */

export const ROOT = resolve(__dirname, '../..');

export interface CodeBlock {
	language: string;
	text: string;
	/** Number of the line on which it begins. */
	line: number;
}

export interface Page {
	/** Path in the repository. */
	path: string;
	text: string;
	/** The text without code. */
	prose: string;
	blocks: CodeBlock[];
	anchors: string[];
}

const FENCE = /^(\s*)```(\w*)\n([\s\S]*?)^\1```$/gm;

function readPage(path: string): Page {
	const text = readFileSync(join(ROOT, path), 'utf8');
	const blocks = [...text.matchAll(FENCE)].map(({ index, 2: language = '', 3: code = '' }) => ({
		language,
		text: code,
		line: text.slice(0, index).split('\n').length,
	}));
	const withoutBlocks = text.replace(FENCE, '');
	const seen = new Map<string, number>();
	const anchors = [...withoutBlocks.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
		const anchor = anchorOf(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
		const count = seen.get(anchor) ?? 0;
		seen.set(anchor, count + 1);
		return count === 0 ? anchor : `${anchor}-${count}`;
	});
	return { path, text, prose: withoutBlocks.replace(/`[^`\n]*`/g, '``'), blocks, anchors };
}

/** Returns the pages that people read; the texts that pages are made from are left out. */
export function readPages(): Page[] {
	const paths = glob.sync(
		['*.md', 'docs/**/*.md', 'sandbox/**/*.md', 'host/*.md', 'test/**/*.md', '.github/**/*.md'],
		{ cwd: ROOT, dot: true, ignore: ['docs/text/**', '**/node_modules/**'] },
	);
	return paths.sort().map(readPage);
}

/** Returns the links of a page that lead nowhere. */
export function brokenLinks(page: Page, pages: Page[]): string[] {
	const links = [...page.prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
	return [...new Set(links)].filter((link) => {
		if (/^(?:https?|mailto):/.test(link)) return false;
		const [target = '', anchor] = link.split('#');
		const file = target === '' ? join(ROOT, page.path) : join(ROOT, dirname(page.path), target);
		if (!existsSync(file)) return true;
		if (anchor === undefined) return false;
		const other = pages.find(({ path }) => path === relative(ROOT, file));
		return other !== undefined && !other.anchors.includes(decodeURIComponent(anchor));
	});
}
