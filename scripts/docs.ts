import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pages } from './docs/pages';
import { missingTerms } from './docs/termCoverage';

/**
 * Writes the pages of docs/ that are derived from the tables, the contract and the texts in
 * docs/text, and lists the Chinese terms that are missing. With `--check` it only checks whether the
 * pages are up to date.
 */
const root = join(__dirname, '..');
const isCheck = process.argv.includes('--check');
const stale: string[] = [];

for (const { path, text } of pages()) {
	const file = join(root, path);
	if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
	stale.push(path);
	if (isCheck) continue;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}
console.log(
	stale.length === 0
		? 'The pages are up to date'
		: `${isCheck ? 'Run "npm run docs", out of date' : 'Written'}: ${stale.join(', ')}`,
);
if (!isCheck) for (const line of missingTerms()) console.log(line);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;
