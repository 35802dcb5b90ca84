import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	parameterName,
	optionValue,
	optionalFields,
	topFields,
	isWrite,
} from '../nodes/shared/definition/naming';
import type { Field, Operation, Resource, Service } from '../nodes/shared/definition/operation';
import { fanbook } from '../nodes/Fanbook/service';
import { fanfou } from '../nodes/Fanfou/service';
import { fanvue } from '../nodes/Fanvue/service';
import type { FanvueOperation } from '../nodes/Fanvue/operation';

/**
 * Writes one page per service: the hand-written part from docs/text, then every operation out of
 * the tables. With `--check` it only checks whether the pages are up to date.
 */
const services: Record<string, Service> = { fanbook, fanfou, fanvue };
const root = join(__dirname, '..');
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const [name, service] of Object.entries(services)) {
	const file = join(root, 'docs', `${name}.md`);
	const text = readFileSync(join(root, 'docs', 'text', `${name}.md`), 'utf8').trimEnd();
	const page = `${text}\n\n${operations(service)}`;
	if (existsSync(file) && readFileSync(file, 'utf8') === page) continue;
	stale.push(`docs/${name}.md`);
	if (!check) writeFileSync(file, page);
}
console.log(
	stale.length === 0
		? 'The pages are up to date'
		: `${check ? 'Run "npm run docs", out of date' : 'Written'}: ${stale.join(', ')}`,
);
process.exitCode = check && stale.length > 0 ? 1 : 0;

function operations(service: Service): string {
	const resources = [...service.resources].sort(byName);
	const count = resources.reduce((sum, resource) => sum + resource.operations.length, 0);
	return [
		'## Operations',
		'',
		`${count} operations in ${resources.length} resources. Parameters in **bold** must be filled in; those in brackets sit in the collection named before them. "Writes" run one item at a time unless you change Concurrency.`,
		'',
		...resources.flatMap((resource) => resourceSection(service, resource)),
	].join('\n');
}

function resourceSection(service: Service, resource: Resource): string[] {
	const needs = resource.operations.some((operation) => operation.scopes !== undefined);
	const head = ['Operation', 'Call', 'Parameters', ...(needs ? ['Needs'] : [])];
	return [
		`### ${resource.name} (\`${optionValue(resource)}\`)`,
		'',
		`| ${head.join(' | ')} |`,
		`| ${head.map(() => '---').join(' | ')} |`,
		...[...resource.operations].sort(byName).map((operation) => {
			const cells = [
				`**${operation.name}** (\`${optionValue(operation)}\`)<br>${operation.description}`,
				callOf(operation),
				parameters(service, operation),
				...(needs ? [needsOf(operation)] : []),
			];
			return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`;
		}),
		'',
	];
}

/** The call of an operation, and whether it changes something. */
function callOf(operation: Operation): string {
	if (operation.anyEndpoint === true) return 'any<br>writes unless the method is GET';
	const more = operation.execute === undefined ? '' : ' and more';
	return `\`${operation.endpoint}\`${more}${isWrite(operation) ? '<br>writes' : ''}`;
}

/** Scopes of a call, and of the same call for a managed creator. */
function needsOf(operation: Operation): string {
	const { creator }: FanvueOperation = operation;
	const words = (needs: string[]) => needs.map((need) => `\`${need}\``).join(' ');
	const own = words(operation.scopes ?? []);
	return creator === undefined ? own : `${own}<br>for a creator: ${words(creator)}`;
}

function parameters(service: Service, operation: Operation): string {
	const top = [...(service.leadingFields?.(operation) ?? []), ...topFields(operation)]
		.filter(isShown)
		.map((field) => (field.required === false ? field.displayName : `**${field.displayName}**`));
	if (operation.confirmation !== undefined) top.push('Confirm');
	if (operation.paging !== undefined) top.push('Return All', 'Limit');
	if (operation.simplify !== undefined) top.push('Simplify');
	const optional = unique(optionalFields(operation).fields).map((field) => field.displayName);
	const labels = {
		additionalFields: 'Additional Fields',
		updateFields: 'Update Fields',
		filters: 'Filters',
	};
	return [
		...new Set(top),
		...(optional.length === 0
			? []
			: [`${labels[optionalFields(operation).collection]} (${optional.join(', ')})`]),
	].join(', ');
}

/** Fields the node fills by itself are not seen in the editor. */
function isShown({ input: look }: Field): boolean {
	return look.type !== 'custom' || look.property.type !== 'hidden';
}

function unique(fields: Field[]): Field[] {
	const names = fields.map(parameterName);
	return fields.filter((field, index) => names.indexOf(parameterName(field)) === index);
}

function byName(a: { name: string }, b: { name: string }): number {
	return a.name.localeCompare(b.name, 'en');
}
