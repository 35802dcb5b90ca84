import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import ts from 'typescript';

/**
 * Regular expressions on external text must be linear: otherwise a text of a service or a proxy
 * could block n8n.
 */
const ROOT = join(__dirname, '..', '..');
const LENGTH = 100_000;
/** A linear expression takes a few times as long as a plain scan; a quadratic one thousands of times. */
const MAX_RATIO = 200;

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

/**
 * Long repetitions of what expressions repeat, and of the literal beginnings of the expression
 * itself.
 */
function pathologicalTexts({ source }: Expression): string[] {
	const literals = source.match(/[A-Za-z0-9<>/:%_&=@#"'{[(-]{2,}/g) ?? [];
	const units = [
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
		...literals,
		...literals.map((literal) => `${literal} `),
	];
	return units.flatMap((unit) => {
		const run = unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
		return [`${run}!`, `a${run}a`];
	});
}

function cpuTime(run: () => void): number {
	const before = process.cpuUsage();
	run();
	const { user, system } = process.cpuUsage(before);
	return user + system;
}

/** CPU time of a scan that looks at every character once, in microseconds. */
const scan = (() => {
	const text = 'a'.repeat(LENGTH);
	const times = Array.from({ length: 20 }, () => cpuTime(() => /[^a]/.test(text)));
	return Math.max(Math.min(...times), 50);
})();

const files = fastGlob.sync(['nodes/**/*.ts', 'credentials/**/*.ts'], { cwd: ROOT });
const expressions = files.flatMap(expressionsOf);

test('the sources contain regular expressions to test', () => {
	expect(expressions.length).toBeGreaterThan(50);
});

test.each(expressions.map((expression) => [expression.place, expression] as const))(
	'the expression %s is linear on texts of 100 kB',
	(_place, expression) => {
		const slow = pathologicalTexts(expression).flatMap((text) => {
			const pattern = new RegExp(expression.source, expression.flags);
			const time = cpuTime(() => void text.replace(pattern, ''));
			return time > scan * MAX_RATIO ? [`${text.slice(0, 20)}: ${Math.round(time / 1000)} ms`] : [];
		});
		expect(slow).toEqual([]);
	},
);
