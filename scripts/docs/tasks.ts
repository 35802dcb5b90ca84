import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { parse } from 'yaml';
import { z } from 'zod';
import { localized, WORDS, type Language } from './language';
import { anchorOf, cell, code, joinBlocks, table } from './markdown';
import { allProperties, choiceNames, nodeDescription, parametersOf } from './properties';
import { entriesOf, NODE_NAMES, TRIGGERS, type ServiceName } from './services';

/**
 * The tasks at the beginning of a page, from docs/text/tasks. Each names the operation and fields to
 * use, and `taskProblems` compares these with the tables.
 */

const value = z.union([localized, z.string(), z.number(), z.boolean()]);
const step = z
	.object({
		/** An operation (`Message: Send`), or a trigger (`Fanvue Trigger`). */
		use: z.string(),
		set: z.record(value).optional(),
		text: localized.optional(),
	})
	.strict();
const task = z
	.object({ ask: localized, steps: z.array(step).min(1), note: localized.optional() })
	.strict();

type Step = z.infer<typeof step>;
export type Task = z.infer<typeof task>;

const FOLDER = join(__dirname, '..', '..', 'docs', 'text', 'tasks');

export function readTasks(page: string): Task[] {
	const file = join(FOLDER, `${page}.yaml`);
	return existsSync(file) ? z.array(task).parse(parse(readFileSync(file, 'utf8'))) : [];
}

/** Returns the properties that a step can set; undefined if there is no such operation or node. */
function propertiesOf(service: ServiceName, { use }: Step): INodeProperties[] | undefined {
	if (TRIGGERS.some(({ node }) => node === use)) {
		return allProperties(parametersOf(nodeDescription(use)));
	}
	const entry = entriesOf(service).find(({ name }) => name === use);
	if (entry === undefined) return undefined;
	const [resource = '', operation = ''] = entry.key.split('/');
	const description = nodeDescription(NODE_NAMES[service]);
	return allProperties(parametersOf(description, { resource, operation }));
}

/** Returns what a page's tasks name and the tables lack. */
export function taskProblems(page: string, service: ServiceName): string[] {
	return readTasks(page).flatMap(({ ask, steps }) =>
		steps.flatMap((one) => {
			const properties = propertiesOf(service, one);
			const where = `docs/text/tasks/${page}.yaml, "${ask.en}"`;
			if (properties === undefined) return [`${where}: there is no "${one.use}"`];
			return Object.entries(one.set ?? {}).flatMap(([name, given]) => {
				const found = properties.filter(({ displayName }) => displayName === name);
				if (found.length === 0) return [`${where}: "${one.use}" has no field "${name}"`];
				const choices = found.flatMap(choiceNames);
				if (typeof given !== 'string' || choices.length === 0 || given.startsWith('{{')) return [];
				return given
					.split(', ')
					.filter((choice) => !choices.includes(choice))
					.map((choice) => `${where}: "${name}" of "${one.use}" has no choice "${choice}"`);
			});
		}),
	);
}

function shownValue(given: z.infer<typeof value>, language: Language): string {
	if (typeof given === 'object') return cell(given[language]);
	if (typeof given === 'boolean') return WORDS[given ? 'on' : 'off'][language];
	return code(String(given));
}

function linkOf(use: string): string {
	const trigger = TRIGGERS.find(({ node }) => node === use);
	return `[${use}](${trigger === undefined ? `#${anchorOf(use)}` : `${trigger.page}.md`})`;
}

function stepBlocks({ use, set, text }: Step, language: Language, number: string): string[][] {
	const more = text === undefined ? '' : ` ${text[language]}`;
	const end = language === 'en' ? '.' : '。';
	const rows = Object.entries(set ?? {}).map(([name, given]) => [
		name,
		shownValue(given, language),
	]);
	return [
		[`${number}${WORDS.use[language]} ${linkOf(use)}${end}${more}`],
		table([WORDS.field[language], WORDS.value[language]], rows),
	];
}

/** Returns the section with the tasks of a page, or an empty text. */
export function tasksSection(page: string, language: Language): string {
	const tasks = readTasks(page);
	if (tasks.length === 0) return '';
	const list = tasks.map(({ ask }) => `- [${ask[language]}](#${anchorOf(ask[language])})`);
	const sections = tasks.flatMap(({ ask, steps, note }) => [
		[`### ${ask[language]}`],
		...steps.flatMap((one, index) =>
			stepBlocks(one, language, steps.length > 1 ? `**${index + 1}.** ` : ''),
		),
		note === undefined ? [] : [note[language]],
	]);
	return joinBlocks([[`## ${WORDS.tasks[language]}`], list, ...sections]);
}
