import { readFileSync } from 'node:fs';
import type { INodeProperties, INodeType } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { z } from 'zod';
import { optionValue } from '../../nodes/shared/definition/naming';
import { fanbook } from '../../nodes/Fanbook/service';
import { fanfou } from '../../nodes/Fanfou/service';
import { fanvue } from '../../nodes/Fanvue/service';
import { shippedNodes } from '../../scripts/shipped';

/** Rules for what a panel shows, checked on the descriptions that n8n loads. */

const nodes = shippedNodes();

/** An empty value removes something, so the field must be left out to keep it. */
const CLEARED_WHEN_EMPTY = ['agency/updateTeamMember/updateFields'];

/** Collections of optional fields with their place, also those within other collections. */
function collections(properties: INodeProperties[], place = ''): Array<[string, INodeProperties]> {
	return properties.flatMap((property) => {
		const { resource, operation } = property.displayOptions?.show ?? {};
		const at = [place, resource?.join(), operation?.join(), property.name]
			.filter((part) => part !== undefined && part !== '')
			.join('/');
		const inner = (property.options ?? []).flatMap((option) =>
			'type' in option ? [option] : 'values' in option ? option.values : [],
		);
		return [
			...(property.type === 'collection' ? [[at, property] as [string, INodeProperties]] : []),
			...collections(inner, at),
		];
	});
}

test.each(nodes)('$className has no collection with a single member', ({ node }) => {
	const single = collections(node.description.properties)
		.filter(([, { options = [] }]) => options.length < 2)
		.map(([place]) => place);
	expect(single.filter((place) => !CLEARED_WHEN_EMPTY.includes(place))).toEqual([]);
});

const codex = z.object({
	alias: z.array(z.string()),
	resources: z.object({ primaryDocumentation: z.array(z.object({ url: z.string() })) }),
});

test.each(nodes)('$className is found by tasks in both languages', ({ file }) => {
	const { alias } = codex.parse(
		JSON.parse(readFileSync(file.replace(/\.(ts|js)$/, '.json'), 'utf8')),
	);
	expect(alias.map((word) => word.toLowerCase())).toEqual(
		expect.arrayContaining(['send message', 'post', 'community', '发消息', '发帖', '私信', '粉丝']),
	);
});

test.each(nodes)(
	'the docs link of $className leads to its page in this repository',
	({ file, node }) => {
		const { resources } = codex.parse(
			JSON.parse(readFileSync(file.replace(/\.(ts|js)$/, '.json'), 'utf8')),
		);
		const service = /^(fanvue|fanfou|fanbook)/.exec(node.description.name)?.[1];
		expect(resources.primaryDocumentation.map(({ url }) => url)).toEqual([
			expect.stringMatching(new RegExp(`/docs/${service}\\.md$`)),
		]);
	},
);

test.each(nodes.filter(({ node }) => node.description.group.includes('trigger')))(
	'$className says how to make an event while it listens',
	({ node: { description } }) => {
		expect(description.eventTriggerDescription).toMatch(/\bmake|example/);
		expect(description.activationMessage).toEqual(expect.any(String));
	},
);

function subtitle(node: INodeType, parameters: Record<string, string>): unknown {
	const instance = {
		id: '1',
		name: 'Node',
		type: 'test',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const nodeTypes = {
		getByName: () => node,
		getByNameAndVersion: () => node,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [instance], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		instance,
		node.description.subtitle,
		'internal',
		{},
	);
}

test.each([
	['Fanvue', fanvue],
	['Fanfou', fanfou],
	['Fanbook', fanbook],
] as const)(
	'the subtitles of %s show the names of resource and operation',
	(className, service) => {
		const node = nodes.find((shipped) => shipped.className === className)?.node;
		if (node === undefined) throw new Error(`${className} is not shipped`);
		const plain = (name: string) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
		for (const resource of service.resources) {
			for (const operation of resource.operations) {
				const parameters = { resource: optionValue(resource), operation: optionValue(operation) };
				const [shownResource, shownOperation] = String(subtitle(node, parameters)).split(': ');
				expect(plain(shownResource ?? '')).toBe(plain(resource.name));
				// Some values are shorter than the name.
				const name = operation.value === undefined ? operation.name : operation.value;
				expect(plain(shownOperation ?? '')).toBe(plain(name));
			}
		}
	},
);

test('the subtitle of a list is Get Many, as n8n names it', () => {
	const fanfouNode = nodes.find(({ className }) => className === 'Fanfou')?.node;
	const chosen = { resource: 'savedSearch', operation: 'getAll' };
	expect(fanfouNode && subtitle(fanfouNode, chosen)).toBe('Saved Search: Get Many');
});
