import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { z } from 'zod';
import manifest from '../../package.json';
import { shippedNodes } from '../../scripts/shipped';

/** Rules for the workflows of examples/: their names, notes, tags and parameters. */

const EXAMPLES = join(__dirname, '../../examples');
const NOTE = 'n8n-nodes-base.stickyNote';
const CHINESE = /[\u4e00-\u9fff]/;

const workflowSchema = z.object({
	name: z.string(),
	nodes: z.array(
		z.object({
			name: z.string(),
			type: z.string(),
			typeVersion: z.number(),
			position: z.tuple([z.number(), z.number()]),
			parameters: z.record(z.string(), z.any()),
			disabled: z.boolean().optional(),
		}),
	),
	tags: z.array(z.object({ name: z.string() })),
	meta: z.object({ titleZh: z.string() }),
});
type Workflow = z.infer<typeof workflowSchema>;
type Node = Workflow['nodes'][number];

const files = readdirSync(EXAMPLES).sort();
const examples = files.map((file) => ({
	file,
	workflow: workflowSchema.parse(JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8'))),
}));

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

function boxOf({ type, position: [left, top], parameters }: Node): Box {
	const size = z.object({ width: z.number(), height: z.number() });
	const { width, height } = type === NOTE ? size.parse(parameters) : { width: 96, height: 130 };
	return { left, top, right: left + width, bottom: top + height };
}

function overlap(one: Box, other: Box): boolean {
	return (
		one.left < other.right &&
		other.left < one.right &&
		one.top < other.bottom &&
		other.top < one.bottom
	);
}

/** Height of a note that shows all of its text, by a careful estimate of the width of a letter. */
function neededHeight({ content, width }: { content: string; width: number }): number {
	const lines = content.split('\n').filter((line) => line.trim() !== '');
	const rows = lines.map((line) => {
		const letters = [...line].reduce((sum, letter) => sum + (CHINESE.test(letter) ? 2 : 1), 0);
		return Math.ceil((letters * 7) / (width - 40)) * 21;
	});
	return rows.reduce((sum, row) => sum + row, 20);
}

test('there are at least 24 examples, numbered in the order of difficulty', () => {
	expect(files.length).toBeGreaterThanOrEqual(24);
	const levels = ['Beginner', 'Intermediate', 'Advanced'];
	const order = examples.map(({ workflow }) =>
		levels.findIndex((level) => workflow.tags.some(({ name }) => name === level)),
	);
	expect(order).not.toContain(-1);
	expect(order).toEqual([...order].sort((one, other) => one - other));
	examples.forEach(({ file, workflow }, index) => {
		const number = String(index).padStart(2, '0');
		expect(file.slice(0, 3)).toBe(`${number}-`);
		expect(workflow.name.slice(0, 3)).toBe(`${number} `);
	});
});

describe.each(examples)('$workflow.name', ({ workflow }) => {
	const notes = workflow.nodes.filter(({ type }) => type === NOTE);

	test('the first note explains it in English and Chinese', () => {
		const content = z.string().parse(notes[0]?.parameters.content);
		expect(content).toContain(`## ${workflow.name.replace(/^\d+ /, '')}\n`);
		expect(content).toContain(`## ${workflow.meta.titleZh}\n`);
		expect(workflow.meta.titleZh).toMatch(CHINESE);
	});

	test('no note covers a node or another note, and each shows all of its text', () => {
		const boxes = workflow.nodes.map((node) => ({ name: node.name, node, box: boxOf(node) }));
		const covered = boxes.flatMap((one, index) =>
			boxes
				.slice(index + 1)
				.filter((other) => overlap(one.box, other.box))
				.map((other) => `${one.name} / ${other.name}`),
		);
		expect(covered).toEqual([]);
		const size = z.object({ content: z.string(), width: z.number(), height: z.number() });
		const cut = notes.filter(({ parameters }) => {
			const note = size.parse(parameters);
			return neededHeight(note) > note.height;
		});
		expect(cut.map(({ name }) => name)).toEqual([]);
	});

	test('a note about a node is beside it', () => {
		for (const note of notes.filter(({ name }) => name !== 'About')) {
			const node = workflow.nodes.find(({ name }) => `About ${name}` === note.name);
			if (!node) throw new Error(`"${note.name}" is about no node`);
			const [above, below] = [boxOf(note), boxOf(node)];
			const gap = Math.max(below.top - above.bottom, above.top - below.bottom);
			expect(gap).toBeLessThanOrEqual(60);
		}
	});

	test('the editor starts the manual trigger if there is one', () => {
		const triggers = workflow.nodes.filter(
			({ type, disabled }) => /trigger$/i.test(type) && !disabled,
		);
		if (!triggers.some(({ type }) => type === 'n8n-nodes-base.manualTrigger')) return;
		// n8n prefers the triggers of services, which wait for an event.
		expect(triggers.filter(({ type }) => !type.startsWith('n8n-nodes-base.'))).toEqual([]);
	});

	test('expressions do not change their input, and all parameters exist', () => {
		const text = JSON.stringify(workflow.nodes);
		expect(
			text.match(
				/(?<!\[\.\.\.[^\]]{0,60}\])\.(reverse|sort|splice|fill|copyWithin|push|pop|shift|unshift)\(/g,
			) ?? [],
		).toEqual([]);
		for (const node of workflow.nodes) {
			const shipped = shippedNodes().find(
				({ node: { description } }) =>
					`${manifest.name}.${description.name}` === node.type.replace(/Tool$/, ''),
			);
			if (!shipped) continue;
			const { description } = shipped.node;
			const isTool = node.type.endsWith('Tool');
			const known = parametersOf(description, node.parameters);
			const unknown = Object.keys(node.parameters).filter(
				(name) =>
					!known.includes(name) && !(isTool && /^(descriptionType|toolDescription)$/.test(name)),
			);
			expect([node.name, unknown]).toEqual([node.name, []]);
		}
	});
});

/** The names of the parameters that a panel shows for these values, without those of n8n's polling. */
function parametersOf(description: INodeTypeDescription, parameters: INodeParameters): string[] {
	const { properties } = description;
	const node = { typeVersion: 1 };
	const known = NodeHelpers.getNodeParameters(
		properties,
		parameters,
		true,
		false,
		node,
		description,
	);
	return ['pollTimes', ...Object.keys(known ?? {})];
}
