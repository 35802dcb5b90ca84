import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isWrite, optionValue } from '../../nodes/shared/definition/naming';
import type { FanvueOperation } from '../../nodes/Fanvue/operation';
import { typeName, WORDS, type Language } from './language';
import { anchorOf, cell, code, codeBlock, joinBlocks, table } from './markdown';
import { choiceNames, innerProperties, nodeDescription, parametersOf } from './properties';
import type { Parameter } from './properties';
import { entriesOf, NODE_NAMES, type ServiceName, type TableEntry } from './services';
import { terms } from './terms';

/** The reference of a node: each operation with its fields, scopes, requests and output. */

const recordedExample = z.object({
	requests: z.array(z.string()),
	output: z.unknown(),
	files: z.record(z.string()).optional(),
	isShortened: z.literal(true).optional(),
});
type RecordedExample = z.infer<typeof recordedExample>;

const RECORDED = join(__dirname, '..', '..', 'docs', 'text', 'recorded');
const MAX_CHOICES = 20;

function recordedExamples(service: ServiceName): Record<string, RecordedExample> {
	const text = readFileSync(join(RECORDED, `${service}.json`), 'utf8');
	return z.record(recordedExample).parse(JSON.parse(text));
}

function defaultText({ property }: Parameter, language: Language): string {
	const { default: value } = property;
	if (value === true) return WORDS.on[language];
	const isShown =
		typeof value === 'number' || (typeof value === 'string' && !/^({}|\[\]|)$/.test(value));
	if (!isShown) return '';
	const options = property.options ?? [];
	const option = options.find((one) => 'value' in one && one.value === value);
	return option?.name ?? String(value);
}

function listText(names: string[]): string {
	const shown = names.slice(0, MAX_CHOICES).join(', ');
	return names.length > MAX_CHOICES ? `${shown}, …` : shown;
}

/** Returns the description of a parameter with its choices, rows, default and condition. */
function descriptionOf(parameter: Parameter, language: Language): string {
	const { path, property, shownWith } = parameter;
	const choices = choiceNames(property).filter((name) => name !== '(Not Set)');
	const rows = property.type === 'fixedCollection' ? innerProperties(property) : [];
	const conditions = shownWith.map(
		({ displayName, values }) => `_${displayName}_: ${values.join(WORDS.or[language])}`,
	);
	const fallback = defaultText(parameter, language);
	// A field of a collection has no effect until it is added.
	const isOptional = path.includes('.');
	const facts: Array<[label: string, text: string]> = [
		[WORDS.shownWith[language], conditions.join('; ')],
		[WORDS.choices[language], listText(choices)],
		[WORDS.rows[language], listText(rows.map(({ displayName }) => displayName))],
		[(isOptional ? WORDS.initialValue : WORDS.defaultValue)[language], fallback],
	];
	const description = (property.description ?? '').replace(/<[^>]+>/g, '').trim();
	const sentence =
		description === '' || /[.?!]$/.test(description) ? description : `${description}.`;
	return [
		sentence,
		...facts.filter(([, text]) => text !== '').map(([label, text]) => `${label}: ${text}.`),
	].join(' ');
}

/** Returns the table of a node's or operation's parameters. Required ones are bold. */
export function parameterTable(parameters: Parameter[], language: Language): string[] {
	const { field, parameter: name, type, description } = WORDS;
	return table(
		[field[language], name[language], type[language], description[language]],
		parameters.map((parameter) => {
			const { path, property } = parameter;
			const { displayName, required } = property;
			const title = required === true ? `**${displayName}**` : displayName;
			const term = language === 'zh' ? terms.fields[displayName] : undefined;
			return [
				term === undefined ? title : `${title}<br>${term}`,
				code(path),
				typeName(property.type, language),
				cell(descriptionOf(parameter, language)),
			];
		}),
	);
}

/** Returns one line with the call of an operation, whether it writes, and what it needs. */
function callLine({ operation }: TableEntry, language: Language): string {
	const { creator }: FanvueOperation = operation;
	const { scopes = [] } = operation;
	const list = (names: string[]) => names.map(code).join(' ');
	if (operation.anyEndpoint === true) return WORDS.anyCall[language];
	return [
		code(operation.endpoint),
		...(operation.execute === undefined ? [] : [WORDS.severalCalls[language]]),
		...(isWrite(operation) ? [WORDS.writes[language]] : []),
		...(operation.confirmation === undefined ? [] : [WORDS.confirm[language]]),
		...(scopes.length > 0 ? [`${WORDS.scopes[language]} ${list(scopes)}`] : []),
		...(creator === undefined ? [] : [`${WORDS.creatorScopes[language]} ${list(creator)}`]),
	].join(' · ');
}

function exampleBlocks(example: RecordedExample | undefined, language: Language): string[][] {
	if (example === undefined) return [];
	const files = Object.entries(example.files ?? {}).map(
		([field, file]) => `${code(field)}: ${file}`,
	);
	return [
		['<details>', `<summary>${WORDS.example[language]}</summary>`],
		...example.requests.map((request) => codeBlock('http', request)),
		codeBlock('json', JSON.stringify(example.output, null, 2)),
		files.length > 0 ? [`${WORDS.files[language]}: ${files.join(', ')}`] : [],
		example.isShortened === true ? [WORDS.shortened[language]] : [],
		['</details>'],
	];
}

function operationBlocks(
	service: ServiceName,
	entry: TableEntry,
	{ language, example }: { language: Language; example?: RecordedExample | undefined },
): string[][] {
	const [resource = '', operation = ''] = entry.key.split('/');
	const description = nodeDescription(NODE_NAMES[service]);
	const parameters = parametersOf(description, { resource, operation });
	const chinese = language === 'zh' ? terms.operations[service][entry.name] : undefined;
	const text = chinese ?? entry.operation.description;
	const sentence = /[.。？！]$/.test(text) ? text : `${text}${language === 'en' ? '.' : '。'}`;
	return [
		[`#### ${entry.name}`],
		[sentence],
		[`${code(`${resource}`)} / ${code(operation)} · ${callLine(entry, language)}`],
		parameterTable(parameters, language),
		...exampleBlocks(example, language),
	];
}

function introduction(service: ServiceName, language: Language): string {
	const entries = entriesOf(service);
	const resources = new Set(entries.map(({ resource }) => resource.name)).size;
	return language === 'en'
		? `${entries.length} operations in ${resources} resources. Fields in **bold** are required. Operations that write run one item at a time unless you change _Concurrency_. The examples are made by the node against the sandbox, with the example responses of the [contract](../sandbox/contract/README.md).`
		: `共 ${resources} 类资源、${entries.length} 个操作。**粗体**字段必填。写入操作默认逐个数据项执行，可用 _Concurrency_ 调整。字段说明与面板一致，为英文。示例由节点在沙盒中运行得到，响应取自[契约](../../sandbox/contract/README.md)中的示例值。`;
}

/** Returns the section with the reference of a service's node. */
export function referenceSection(service: ServiceName, language: Language): string {
	const examples = recordedExamples(service);
	const entries = entriesOf(service);
	const resources = [...new Set(entries.map(({ resource }) => resource))];
	const title = ({ name }: { name: string }) =>
		language === 'zh' && terms.resources[name] !== undefined
			? `${name} ${terms.resources[name]}`
			: name;
	const index = resources.map((resource) => {
		const links = entries
			.filter((entry) => entry.resource === resource)
			.map(({ name, operation }) => `[${operation.name}](#${anchorOf(name)})`);
		return [`**${title(resource)}**`, links.join(', ')];
	});
	const sections = resources.flatMap((resource) => [
		[`### ${title(resource)} (${code(optionValue(resource))})`],
		...entries
			.filter((entry) => entry.resource === resource)
			.flatMap((entry) =>
				operationBlocks(service, entry, { language, example: examples[entry.key] }),
			),
	]);
	const head = language === 'en' ? ['Resource', 'Operations'] : ['资源', '操作'];
	return joinBlocks([
		[`## ${WORDS.reference[language]}`],
		[introduction(service, language)],
		table(head, index),
		...sections,
	]);
}
