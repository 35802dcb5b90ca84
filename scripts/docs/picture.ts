import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example, WorkflowNode } from './workflows';

/** Draws a workflow as SVG: its nodes with icons and names, and the connections between them. */

const ICONS = join(__dirname, '..', '..', 'icons');
const SIZE = 96;
const WIDE = 220;
const PADDING = 40;
const LABEL_HEIGHT = 64;
const LINE_LENGTH = 22;
/** Workflows have more space between nodes than a picture needs. */
const SCALE = { x: 0.62, y: 0.85 };
/** Space for the name of a node above a line that begins there. */
const NAME_HEIGHT = 28;

/** Simple pictures of n8n's own nodes, within 24 × 24. */
const SHAPES: Record<string, string> = {
	manualTrigger: 'M6 3l14 9-14 9z',
	scheduleTrigger: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 3v7l5 3',
	filter: 'M3 4h18l-7 9v7l-4-2v-5z',
	if: 'M4 12h6l6-6h4M10 12l6 6h4',
	set: 'M4 20l1-5L16 4l4 4L9 19z',
	code: 'M9 6l-6 6 6 6M15 6l6 6-6 6',
	convertToFile: 'M6 2h8l5 5v15H6zM14 2v5h5',
	readWriteFile: 'M6 2h8l5 5v15H6zM14 2v5h5',
	dataTable: 'M3 4h18v16H3zM3 9h18M3 14h18M9 4v16',
	aggregate: 'M4 5h6v6H4zM4 14h6v6H4zM14 9h7v7h-7z',
	summarize: 'M18 4H6l7 8-7 8h12',
	sort: 'M7 4v16l-4-4M17 20V4l4 4',
	noOp: 'M4 12h14M13 7l5 5-5 5',
	removeDuplicates: 'M4 4h11v11H4zM9 9h11v11H9z',
	html: 'M8 6l-5 6 5 6M16 6l5 6-5 6M14 4l-4 16',
};

/** Shown for nodes without a picture. */
const LABELS: Record<string, string> = {
	agent: 'AI Agent',
	lmChatOpenAi: 'OpenAI',
	mcpTrigger: 'MCP',
};

const escape = (text: string): string =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const kindOf = ({ type }: WorkflowNode): string => type.split('.').at(-1) ?? type;
const isAgent = (node: WorkflowNode): boolean => kindOf(node) === 'agent';
const isTrigger = (node: WorkflowNode): boolean => /trigger$/i.test(kindOf(node));
const widthOf = (node: WorkflowNode): number => (isAgent(node) ? WIDE : SIZE);

/** Returns an icon of this package as a nested SVG of 56 × 56. */
function ownIcon(kind: string, x: number, y: number): string | undefined {
	const service = /^(fanvue|fanfou|fanbook)/.exec(kind)?.[1];
	if (service === undefined) return undefined;
	const svg = readFileSync(join(ICONS, `${service}.svg`), 'utf8').trim();
	const attributes = `<svg x="${x}" y="${y}" width="56" height="56"`;
	return svg.replace('<svg', attributes).replace(' xmlns="http://www.w3.org/2000/svg"', '');
}

function iconOf(node: WorkflowNode, x: number, y: number): string {
	const kind = kindOf(node);
	const own = ownIcon(kind, x + (widthOf(node) - 56) / 2, y + 20);
	if (own !== undefined) return own;
	const center = x + widthOf(node) / 2;
	const shape = SHAPES[kind];
	if (shape !== undefined) {
		return `<path transform="translate(${center - 24} ${y + 24}) scale(2)" d="${shape}" fill="none" stroke="#5b6270" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"/>`;
	}
	const label = LABELS[kind] ?? kind.slice(0, 6);
	return `<text x="${center}" y="${y + 55}" class="kind">${escape(label)}</text>`;
}

/** Splits a name into at most two lines. */
function linesOf(name: string): string[] {
	const lines = [''];
	for (const word of name.split(' ')) {
		const current = lines.at(-1) ?? '';
		if (current !== '' && `${current} ${word}`.length > LINE_LENGTH) lines.push(word);
		else lines[lines.length - 1] = current === '' ? word : `${current} ${word}`;
	}
	return lines.length <= 2 ? lines : [lines[0] ?? '', `${lines[1] ?? ''} …`];
}

function titleCase(value: unknown): string {
	const words = String(value)
		.replace('getAll', 'getMany')
		.replace(/([A-Z])/g, ' $1');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Returns the line below a node's name, as the editor shows it. */
function subtitleOf({ type, parameters }: WorkflowNode): string {
	const { resource, operation } = parameters;
	if (!/\.fan(vue|fou|book)(Tool)?$/.test(type) || resource === undefined) return '';
	return `${titleCase(resource)}: ${titleCase(operation)}`;
}

function nodeSvg(node: WorkflowNode, x: number, y: number): string[] {
	const width = widthOf(node);
	const center = x + width / 2;
	const left = isTrigger(node) ? 36 : 8;
	const outline = `M${x + left} ${y}H${x + width - 8}a8 8 0 0 1 8 8V${y + SIZE - 8}a8 8 0 0 1-8 8H${x + left}a${left} ${left} 0 0 1-${left}-${left}V${y + left}a${left} ${left} 0 0 1 ${left}-${left}z`;
	const lines = linesOf(node.name);
	const subtitle = subtitleOf(node);
	const opacity = node.disabled === true ? ' opacity="0.5"' : '';
	return [
		`<g${opacity}><path d="${outline}" class="node"/>`,
		iconOf(node, x, y),
		...lines.map(
			(line, index) =>
				`<text x="${center}" y="${y + SIZE + 18 + index * 16}" class="name">${escape(line)}</text>`,
		),
		...(subtitle === ''
			? []
			: [
					`<text x="${center}" y="${y + SIZE + 18 + lines.length * 16}" class="more">${escape(subtitle)}</text>`,
				]),
		'</g>',
	];
}

interface Point {
	x: number;
	y: number;
}

const curve = (from: Point, to: Point): string => {
	const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
	return `<path d="M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}" class="line"/>`;
};

function connectionSvg(
	{ workflow: { connections }, nodes }: Example,
	place: (node: WorkflowNode) => Point,
): string[] {
	return Object.entries(connections).flatMap(([name, kinds]) => {
		const source = nodes.find((node) => node.name === name);
		if (source === undefined) return [];
		const from = place(source);
		return Object.entries(kinds).flatMap(([kind, outputs]) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).flatMap((one) => {
					const target = nodes.find((node) => node.name === one.node);
					if (target === undefined) return [];
					const to = place(target);
					if (kind !== 'main') {
						const start = { x: from.x + widthOf(source) / 2, y: from.y };
						const end = { x: to.x + widthOf(target) / 2, y: to.y + SIZE + NAME_HEIGHT };
						return [
							`<path d="M${start.x} ${start.y}L${end.x} ${end.y}" class="line" stroke-dasharray="6 5"/>`,
						];
					}
					const y = from.y + (SIZE * (output + 1)) / (outputs.length + 1);
					return [curve({ x: from.x + widthOf(source), y }, { x: to.x, y: to.y + SIZE / 2 })];
				}),
			),
		);
	});
}

const STYLE =
	'.node{fill:#fff;stroke:#c3c8d2;stroke-width:2}.line{fill:none;stroke:#9aa1ad;stroke-width:2}text{font-family:Helvetica,Arial,sans-serif;text-anchor:middle}.name{font-size:13px;fill:#20242c}.more{font-size:11px;fill:#5b6270}.kind{font-size:20px;fill:#5b6270}';

/** Returns the picture of an example. */
export function pictureOf(example: Example): string {
	const { nodes, workflow } = example;
	const left = Math.min(...nodes.map(({ position }) => position[0]));
	const top = Math.min(...nodes.map(({ position }) => position[1]));
	const place = ({ position: [x, y] }: WorkflowNode): Point => ({
		x: Math.round((x - left) * SCALE.x) + PADDING + 30,
		y: Math.round((y - top) * SCALE.y) + PADDING,
	});
	const right = Math.max(...nodes.map((node) => place(node).x + widthOf(node)));
	const bottom = Math.max(...nodes.map((node) => place(node).y + SIZE));
	const width = right + PADDING + 30;
	const height = bottom + LABEL_HEIGHT + PADDING / 2;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(workflow.name)}">`,
		`<style>${STYLE}</style>`,
		`<rect width="${width}" height="${height}" rx="12" fill="#f4f5f8"/>`,
		...connectionSvg(example, place),
		...nodes.flatMap((node) => {
			const { x, y } = place(node);
			return nodeSvg(node, x, y);
		}),
		'</svg>',
		'',
	].join('\n');
}
