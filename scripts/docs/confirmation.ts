import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf, NODE_NAMES, SERVICE_NAMES } from './services';

const ROOT = join(__dirname, '..', '..');
const BLOCK = /(<!-- confirm: written by npm run docs -->\n)[\s\S]*?(<!-- \/confirm -->)/;

/** Returns the operations that have Confirm, one line for each service. */
function confirmedOperations(): string {
	const lines = SERVICE_NAMES.map((service) => {
		const names = entriesOf(service)
			.filter(({ operation }) => operation.confirmation !== undefined)
			.map(({ name }) => `_${name}_`);
		return `- **${NODE_NAMES[service]}**: ${names.join(', ')}`;
	});
	return lines.join('\n');
}

/** Returns the page on security with its list of the operations that have Confirm. */
export function securityPage(folder: string): string {
	const page = readFileSync(join(ROOT, folder, 'security.md'), 'utf8');
	if (!BLOCK.test(page)) throw new Error(`${folder}/security.md has no place for the list`);
	return page.replace(
		BLOCK,
		(_block, begin: string, end: string) => `${begin}\n${confirmedOperations()}\n\n${end}`,
	);
}
