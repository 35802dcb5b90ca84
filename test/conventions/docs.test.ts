import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { fanbook } from '../../nodes/Fanbook/service';
import { fanfou } from '../../nodes/Fanfou/service';
import { MAX_STATUS_LENGTH } from '../../nodes/Fanfou/text';
import { fanvue } from '../../nodes/Fanvue/service';
import { allFields } from '../../nodes/shared/definition/naming';
import manifest from '../../package.json';
import { SERVICE_NAMES } from '../../scripts/docs/services';
import { readTasks, taskProblems } from '../../scripts/docs/tasks';
import { unusedTerms } from '../../scripts/docs/termCoverage';
import { unknownMessages } from '../../scripts/docs/troubleshooting';
import { readExamples } from '../../scripts/docs/workflows';
import { brokenLinks, readPages, ROOT, type CodeBlock } from '../support/markdown';

const pages = readPages();

test('the derived pages match the tables, the contract and the texts', () => {
	const run = spawnSync(
		process.execPath,
		[join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'scripts/docs.ts', '--check'],
		{ cwd: ROOT, encoding: 'utf8' },
	);
	expect(run.stdout).toBe('The pages are up to date\n');
	expect(run.status).toBe(0);
}, 60_000);

test.each(SERVICE_NAMES)(
	'the tasks of %s name operations, fields and choices that exist',
	(name) => {
		expect(readTasks(name).length).toBeGreaterThanOrEqual(8);
		expect(taskProblems(name, name)).toEqual([]);
	},
);

test('every Chinese term belongs to a resource, an operation or a field', () => {
	expect(unusedTerms()).toEqual([]);
});

test('each example has one small picture, and no picture is left over', () => {
	const folder = join(ROOT, 'docs/images/examples');
	const pictures = readdirSync(folder);
	expect(pictures.sort()).toEqual(readExamples().map(({ id }) => `${id}.svg`));
	const bytes = pictures.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
	expect(bytes).toBeLessThan(1_000_000);
});

test('the pages of Fanfou name the longest text as the node checks it', () => {
	const lines = pages
		.filter(({ path }) => /^docs\/(?:zh\/)?fanfou\.md$/.test(path))
		.map(({ text }) => /^- \*\*(?:Text|消息)\*\*.*$/m.exec(text)?.[0]);
	expect(lines).toEqual([
		expect.stringMatching(
			new RegExp(` ${MAX_STATUS_LENGTH} characters.*rejects longer texts before anything is sent`),
		),
		expect.stringMatching(new RegExp(` ${MAX_STATUS_LENGTH} 个字.*超长的文字在发送之前就会被拒绝`)),
	]);
});

test('every description that names the longest text of a field names the one that is checked', () => {
	const stated = [fanvue, fanfou, fanbook].flatMap(({ resources }) =>
		resources.flatMap(({ operations }) =>
			operations.flatMap(allFields).flatMap(({ description, displayName, length }) => {
				const number = /(?:up to|at most) (\d+) (?:characters|bytes)/.exec(description)?.[1];
				return number === undefined ? [] : [[displayName, Number(number), length?.max]];
			}),
		),
	);
	expect(stated.length).toBeGreaterThan(2);
	expect(stated.filter(([, number, max]) => number !== max)).toEqual([]);
});

test('every message of the troubleshooting page is in the source', () => {
	expect(unknownMessages()).toEqual([]);
});

test('every English page in docs/zh has its counterpart, and each links to the other', () => {
	const chinese = pages.filter(({ path }) => path.startsWith('docs/zh/'));
	expect(chinese.length).toBeGreaterThan(0);
	for (const { path, text } of chinese) {
		const name = path.replace('docs/zh/', '');
		expect(text).toContain(`](../${name})`);
		expect(pages.find((page) => page.path === `docs/${name}`)?.text).toContain(`](zh/${name})`);
	}
});

test.each(pages)('every link in $path leads to a file and a heading', (page) => {
	expect(brokenLinks(page, pages)).toEqual([]);
});

function syntaxProblem({ language, text }: CodeBlock): string | undefined {
	try {
		if (language === 'json') JSON.parse(text);
		const [error] =
			language === 'yaml' ? parseAllDocuments(text).flatMap(({ errors }) => errors) : [];
		return error?.message;
	} catch (error) {
		return String(error);
	}
}

test.each(pages)('the JSON and YAML in $path can be parsed', ({ blocks }) => {
	const problems = blocks.flatMap((block) => {
		const problem = syntaxProblem(block);
		return problem === undefined ? [] : [`line ${block.line}: ${problem}`];
	});
	expect(problems).toEqual([]);
});

/** npm's own commands that may follow `npm`; every other word is a script of package.json. */
const NPM_COMMANDS = [
	'ci',
	'install',
	'pack',
	'view',
	'version',
	'audit',
	'deprecate',
	'test',
	'start',
];

test.each(pages)('the npm scripts that $path names exist', ({ text }) => {
	const scripts = Object.keys(manifest.scripts);
	const run = [...text.matchAll(/npm run (?:--\S+ )?([\w:]+)/g)].map(([, name = '']) => name);
	const other = [...text.matchAll(/`npm ([a-z]+)/g)].map(([, name = '']) => name);
	expect(run.filter((name) => !scripts.includes(name))).toEqual([]);
	expect(other.filter((name) => name !== 'run' && !NPM_COMMANDS.includes(name))).toEqual([]);
});
