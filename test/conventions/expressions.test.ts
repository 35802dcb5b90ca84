import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import type * as Isbot from 'isbot';
import * as workflow from 'n8n-workflow';
import ts from 'typescript';
import { Fanbook } from '../../nodes/Fanbook/Fanbook.node';
import { FanbookTrigger } from '../../nodes/Fanbook/FanbookTrigger.node';
import { Fanfou } from '../../nodes/Fanfou/Fanfou.node';
import { FanfouTrigger } from '../../nodes/Fanfou/FanfouTrigger.node';
import { Fanvue } from '../../nodes/Fanvue/Fanvue.node';
import type * as Addresses from '../../nodes/shared/client/publicAddress';
import type * as Dates from '../../nodes/shared/execution/dates';
import type * as Secrets from '../../nodes/shared/secrets';
import { cpuTime, quadraticTime } from '../support/cpuTime';

/**
 * Regular expressions on external text must be linear: otherwise a text of a service or a proxy
 * could block n8n.
 */
const ROOT = join(__dirname, '..', '..');
const LENGTH = 100_000;
/** Enough for a quadratic expression to be found. */
const PLANTED_LENGTH = 30_000;
/**
 * Share of the time that a quadratic search takes in a text of the same length. The slowest linear
 * expression takes less than a hundredth of it, the fastest planted quadratic one about a seventh.
 */
const MAX_SHARE = 0.02;

interface Expression {
	source: string;
	flags: string;
	place: string;
}

function expressionsOf(file: string): Expression[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const found: Expression[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
			found.push({
				source: node.text.slice(1, end),
				flags: node.text.slice(end + 1),
				place: `${file}:${line + 1}`,
			});
		}
		ts.forEachChild(node, visit);
	};
	visit(parsed);
	return found;
}

/** What expressions repeat. */
const COMMON_UNITS = [
	' ',
	'\n',
	'\t ',
	'/',
	'a',
	'0',
	'-',
	'.',
	'"',
	'\\',
	'<',
	'<a ',
	'&',
	'%25',
	'http://',
	'{"a":',
	'[',
	'(',
	'@',
	'=',
	',',
	'：',
	'饭',
];

/** The long repetitions of a unit. Those of the common units are made once for all expressions. */
function textsOf(unit: string, length: number): string[] {
	const key = `${length} ${unit}`;
	const known = commonTexts.get(key);
	if (known !== undefined) return known;
	const run = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
	const texts = [`${run}!`, `a${run}a`];
	if (COMMON_UNITS.includes(unit)) commonTexts.set(key, texts);
	return texts;
}

const commonTexts = new Map<string, string[]>();

/**
 * Long repetitions of what expressions repeat, and of the literal beginnings of the expression
 * itself.
 */
function pathologicalTexts({ source }: Expression, length: number): string[] {
	const literals = source.match(/[A-Za-z0-9<>/:%_&=@#"'{[(-]{2,}/g) ?? [];
	const units = new Set([
		...COMMON_UNITS,
		...(source.match(/[A-Za-z0-9](?=[+*])/g) ?? []),
		...literals,
		...literals.map((literal) => `${literal} `),
	]);
	return [...units].flatMap((unit) => textsOf(unit, length));
}

const sources = fastGlob
	.sync(['nodes/**/*.ts', 'credentials/**/*.ts'], { cwd: ROOT })
	.flatMap(expressionsOf);

/** Builds the package unless its files are newer than all sources. */
function builtFiles(): string[] {
	const newest = (files: string[], pick: (...times: number[]) => number) =>
		pick(...files.map((file) => statSync(join(ROOT, file)).mtimeMs));
	const find = () => fastGlob.sync('dist/**/*.js', { cwd: ROOT });
	const inputs = fastGlob.sync(['nodes/**/*.ts', 'credentials/**/*.ts', 'package-lock.json'], {
		cwd: ROOT,
	});
	const old = find();
	if (old.length > 0 && newest(old, Math.min) > newest(inputs, Math.max)) return old;
	const gulp = join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js');
	execFileSync(process.execPath, [gulp, 'build'], { cwd: ROOT, stdio: 'ignore' });
	return find();
}

/** Literals of the shipped files, with the libraries that are bundled. */
const shipped = builtFiles().flatMap(expressionsOf);

/**
 * Expressions that the package and its libraries build from texts, recorded while modules load and
 * while dates, texts, addresses and locators are read.
 */
function builtAtRunTime(): Expression[] {
	const found: Expression[] = [];
	const native = RegExp;
	const record = (made: RegExp) => {
		found.push({ source: made.source, flags: made.flags, place: 'built at run time' });
		return made;
	};
	// n8n's own module does not load with a replaced RegExp.
	jest.doMock('n8n-workflow', () => workflow);
	globalThis.RegExp = new Proxy(native, {
		construct: (target, [source, flags]) => record(new target(source, flags)),
		apply: (target, _self, [source, flags]) => record(target(source, flags)),
	});
	try {
		jest.isolateModules(() => {
			const { toIsoDate } = jest.requireActual<typeof Dates>(
				'../../nodes/shared/execution/dates.ts',
			);
			const { redact } = jest.requireActual<typeof Secrets>('../../nodes/shared/secrets.ts');
			const { isPublicHost } = jest.requireActual<typeof Addresses>(
				'../../nodes/shared/client/publicAddress.ts',
			);
			const { isbot } = jest.requireActual<typeof Isbot>('isbot');
			for (const date of ['2030-11-28 18:00', 'Nov 28, 2030 6:00 PM', 'x 1 2030 y', '2030年1月2日'])
				try {
					toIsoDate('Date', date, 'Asia/Shanghai');
				} catch {
					// What counts is that every format was tried.
				}
			redact('x', { values: ['secret text'], parameters: ['user_token'] });
			for (const host of ['127.0.0.1', '0x7f.1', '::ffff:1.2.3.4', '1::2%eth0']) isPublicHost(host);
			isbot('Mozilla/5.0');
		});
	} finally {
		globalThis.RegExp = native;
		jest.dontMock('n8n-workflow');
	}
	return [...found, ...NODES.flatMap((node) => expressionsInDescription(node.description))];
}

const NODES = [Fanvue, Fanfou, FanfouTrigger, Fanbook, FanbookTrigger].map((Node) => new Node());

/** Patterns of locators, which n8n and the node run. */
function expressionsInDescription(value: unknown): Expression[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
		name === 'regex' && typeof member === 'string'
			? [{ source: member, flags: '', place: 'a description' }]
			: expressionsInDescription(member),
	);
}

/** Expressions of libraries that never see external text, with the reason. */
const INTERNAL = new Map([
	[
		String.raw`(\d+)\/(\d+)\/(\d+) (AD|BC),? (\d+):(\d+):(\d+)`,
		'luxon reads with it what Intl.DateTimeFormat wrote, in JavaScript engines without formatToParts',
	],
]);

const dynamic = builtAtRunTime();
const unique = [
	...new Map(
		[...sources, ...shipped, ...dynamic]
			.filter(({ source }) => !INTERNAL.has(source))
			.map((each) => [`/${each.source}/${each.flags}`, each]),
	),
];

/** Returns the first text on which an expression takes more than linear time. */
function slowText(expression: Expression, length = LENGTH): string | undefined {
	const limit = quadraticTime(length) * MAX_SHARE;
	return pathologicalTexts(expression, length).find((text) => {
		const pattern = new RegExp(expression.source, expression.flags);
		const measure = () => cpuTime(() => void text.replace(pattern, ''));
		// Garbage collection counts as CPU time, so a slow run is measured again.
		let time = measure();
		for (let tries = 1; tries < 3 && time > limit; tries++) time = Math.min(time, measure());
		return time > limit;
	});
}

test('the sources, the shipped files and what they build contain expressions to test', () => {
	expect(sources.length).toBeGreaterThan(50);
	expect(shipped.length).toBeGreaterThan(150);
	expect(dynamic.length).toBeGreaterThan(30);
	expect(unique.length).toBeGreaterThan(250);
});

test.each([
	/\/+$/,
	/\s+$/,
	/<a[^>]*>[^<]*<\/a>/,
	/x+y/,
	/"error":.*"code":.*;/s,
	/[\w.]+@/,
	/%25.*%26/,
])('the planted expression %s is found to be slow', ({ source, flags }) => {
	expect(slowText({ source, flags, place: '' }, PLANTED_LENGTH)).toBeDefined();
});

test.each(
	unique.map(([name, expression]) => [name.slice(0, 200), expression.place, expression] as const),
)('the expression %s of %s is linear on texts of 100 kB', (_name, _place, expression) =>
	expect(slowText(expression)?.slice(0, 20)).toBeUndefined(),
);
