import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Language } from './language';

/** Reads the workflows of examples/. */

const FOLDER = join(__dirname, '..', '..', 'examples');
const NOTE = 'n8n-nodes-base.stickyNote';

const connection = z.object({ node: z.string(), type: z.string(), index: z.number() });

const workflow = z.object({
	name: z.string(),
	nodes: z.array(
		z.object({
			name: z.string(),
			type: z.string(),
			position: z.tuple([z.number(), z.number()]),
			parameters: z.record(z.unknown()),
			disabled: z.boolean().optional(),
		}),
	),
	connections: z.record(z.record(z.array(z.array(connection).nullable()))),
	tags: z.array(z.object({ name: z.string() })),
	meta: z.object({ titleZh: z.string() }),
});

export type Workflow = z.infer<typeof workflow>;
export type WorkflowNode = Workflow['nodes'][number];

export interface Example {
	/** Name of the file without its ending. */
	id: string;
	workflow: Workflow;
	/** The nodes that run, without notes. */
	nodes: WorkflowNode[];
}

export function readExamples(): Example[] {
	return readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const parsed = workflow.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
			const nodes = parsed.nodes.filter(({ type }) => type !== NOTE);
			return { id: file.replace(/\.json$/, ''), workflow: parsed, nodes };
		});
}

/** Returns the text of the first note in a language, without its heading. */
export function noteText({ workflow: { nodes, meta } }: Example, language: Language): string {
	const content = nodes.find(({ type }) => type === NOTE)?.parameters.content;
	if (typeof content !== 'string') return '';
	const [english = '', chinese = ''] = content.split(`## ${meta.titleZh}\n`);
	const text = language === 'en' ? english : chinese;
	return text.replace(/^## .*$/m, '').trim();
}
