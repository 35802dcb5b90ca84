import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { WORDS, type Language } from './language';
import { cell, code, codeBlock, joinBlocks, table } from './markdown';
import { nodeDescription, parametersOf } from './properties';
import { parameterTable } from './reference';

function eventRows({ options = [] }: INodeProperties): string[][] {
	return options.flatMap((option) => {
		if (!('value' in option)) return [];
		return [[option.name, code(String(option.value)), cell(option.description ?? '')]];
	});
}

const recordedEvents = z.record(z.object({ event: z.string(), output: z.unknown() }));
const RECORDED = join(__dirname, '..', '..', 'docs', 'text', 'recorded', 'triggers.json');

/** Returns an event of the trigger as the node returns it, recorded by `npm run schemas`. */
function exampleBlocks(page: string, language: Language): string[][] {
	const example = recordedEvents.parse(JSON.parse(readFileSync(RECORDED, 'utf8')))[page];
	if (example === undefined) return [];
	const { event, output } = example;
	return [
		[`### ${WORDS.eventExample[language]}`],
		[
			language === 'en'
				? `The item for the event _${event}_, made by the node against the sandbox:`
				: `事件 _${event}_ 的输出，由节点在沙盒中运行得到：`,
		],
		codeBlock('json', JSON.stringify(output, null, 2)),
	];
}

/** Returns the section with the parameters and events of a trigger, and an example of an event. */
export function triggerSection(
	{ node, page }: { node: string; page: string },
	language: Language,
): string {
	const parameters = parametersOf(nodeDescription(node));
	const events = parameters.find(({ path }) => /^events?$/.test(path));
	const head = [WORDS.event[language], WORDS.parameter[language], WORDS.description[language]];
	return joinBlocks([
		[`## ${WORDS.reference[language]}`],
		parameterTable(parameters, language),
		[`### ${WORDS.events[language]}`],
		events === undefined ? [] : table(head, eventRows(events.property)),
		...exampleBlocks(page, language),
	]);
}
