import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INode, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { shippedCredentials, shippedNodes } from '../../scripts/shipped';

const nodes = shippedNodes();

test("n8n's own lint finds nothing in the derived descriptions", () => {
	const run = spawnSync(
		process.execPath,
		[join(__dirname, '../../node_modules/tsx/dist/cli.mjs'), 'scripts/lintDescriptions.ts'],
		// In its own test mode, n8n's plugin expects other file names.
		{ cwd: join(__dirname, '../..'), encoding: 'utf8', env: { ...process.env, NODE_ENV: '' } },
	);
	expect(run.stderr).toBe('');
	expect(run.stdout).toBe(`${nodes.length} descriptions, 0 findings\n`);
}, 120_000);

/** Returns every combination of resource and operation. */
function situations(node: INodeType): INodeParameters[] {
	const { properties } = node.description;
	const values = (property: INodeProperties | undefined): string[] =>
		(property?.options ?? []).flatMap((option) =>
			'value' in option ? [String(option.value)] : [],
		);
	const resources = values(properties.find(({ name }) => name === 'resource'));
	if (resources.length === 0) return [{}];
	return resources.flatMap((resource) => {
		const operations = properties.find(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		);
		return values(operations).map((operation) => ({ resource, operation }));
	});
}

function visible(node: INodeType, chosen: INodeParameters): INodeProperties[] {
	const { description } = node;
	const instance: INode = {
		id: '1',
		name: 'Node',
		type: 'test',
		typeVersion: 1,
		position: [0, 0],
		parameters: chosen,
	};
	const parameters =
		NodeHelpers.getNodeParameters(
			description.properties,
			chosen,
			true,
			false,
			instance,
			description,
		) ?? {};
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, instance, description),
	);
}

describe.each(nodes)('$className', ({ node, file }) => {
	test('parameters that are shown together have different names', () => {
		for (const chosen of situations(node)) {
			const names = visible(node, chosen).map(({ name }) => name);
			expect({ chosen, names: names.filter((name, at) => names.indexOf(name) !== at) }).toEqual({
				chosen,
				names: [],
			});
		}
	});

	test('every parameter has a default of its type and within its limits', () => {
		const wrong: string[] = [];
		const check = (property: INodeProperties, path: string) => {
			const { type, default: value, options = [] } = property;
			const at = `${path}${property.name} (${type})`;
			const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
			const fits: Record<string, () => boolean> = {
				string: () => typeof value === 'string',
				json: () => typeof value === 'string' || typeof value === 'object',
				dateTime: () => typeof value === 'string',
				// The editor replaces others when the panel is opened, and the new value would be sent.
				number: () =>
					typeof value === 'number' &&
					value >= (property.typeOptions?.minValue ?? -Infinity) &&
					value <= (property.typeOptions?.maxValue ?? Infinity),
				boolean: () => typeof value === 'boolean',
				options: () =>
					property.typeOptions?.loadOptionsMethod !== undefined ||
					choices.some((choice) => choice === value),
				multiOptions: () =>
					Array.isArray(value) &&
					value.every((entry) => choices.some((choice) => choice === entry)),
				collection: () => typeof value === 'object',
				fixedCollection: () => typeof value === 'object',
				resourceLocator: () => typeof value === 'object' && value !== null && 'mode' in value,
			};
			if (fits[type]?.() === false) wrong.push(at);
			for (const option of options) {
				if ('type' in option) check(option, `${path}${property.name}.`);
				if ('values' in option) {
					for (const inner of option.values)
						check(inner, `${path}${property.name}.${option.name}.`);
				}
			}
		};
		for (const property of node.description.properties) check(property, '');
		expect(wrong).toEqual([]);
	});

	test('a collection is hidden where all its fields are', () => {
		const empty = node.description.properties.filter(({ type, options = [], displayOptions }) => {
			const hidden = options.map((option) =>
				'displayOptions' in option ? option.displayOptions?.hide?.['/actAs'] : undefined,
			);
			return (
				type === 'collection' &&
				hidden.length > 0 &&
				hidden.every((values) => values !== undefined) &&
				displayOptions?.hide?.actAs === undefined
			);
		});
		expect(empty.map(({ name, displayOptions }) => [name, displayOptions])).toEqual([]);
	});

	test('lists are reloaded when the parameters change on which they depend', () => {
		const { properties } = node.description;
		const wrong = [
			...JSON.stringify(properties).matchAll(/"loadOptionsDependsOn":(\[[^\]]*\])/g),
		].flatMap(([, list = '[]']) => {
			const paths: string[] = JSON.parse(list);
			// The editor compares texts, and that of a whole locator is always the same.
			return paths.filter((path) =>
				properties.some(({ name, type }) => type === 'resourceLocator' && name === path),
			);
		});
		expect(wrong).toEqual([]);
	});

	test('the node has a light and a dark icon', () => {
		const { icon } = node.description;
		expect(icon).toMatchObject({
			light: expect.stringMatching(/^file:.*\.svg$/),
			dark: expect.stringMatching(/^file:.*\.dark\.svg$/),
		});
		if (typeof icon !== 'object') return;
		for (const path of [icon.light, icon.dark]) {
			expect(existsSync(join(dirname(file), path.replace(/^file:/, '')))).toBe(true);
		}
	});
});

test.each(shippedCredentials())(
	'$className masks its secrets and has icons',
	({ credential, file }) => {
		for (const { name, type, typeOptions } of credential.properties) {
			if (type !== 'string' || !/token|secret|password/i.test(name)) continue;
			expect({ name, masked: typeOptions?.password }).toEqual({ name, masked: true });
		}
		const { icon } = credential;
		expect(icon).toMatchObject({ light: expect.any(String), dark: expect.any(String) });
		if (typeof icon !== 'object') return;
		for (const path of [icon.light, icon.dark]) {
			expect(existsSync(join(dirname(file), path.replace(/^file:/, '')))).toBe(true);
		}
	},
);

test('no resource locator pattern is checked by n8n, which fails under load', () => {
	const patterns = nodes.flatMap(({ node: { description } }) =>
		[...JSON.stringify(description).matchAll(/"validation":\[/g)].map(() => description.name),
	);
	expect(patterns).toEqual([]);
});

test('n8n responds to no webhook with a text of its own', () => {
	const webhooks = nodes.flatMap(({ node: { description } }) =>
		(description.webhooks ?? []).map(({ httpMethod, responseMode, responseData }) => ({
			webhook: `${description.name} ${String(httpMethod)}`,
			responseMode,
			responseData,
		})),
	);
	// Without `responseData`, the response to a request that starts a workflow is "firstEntryJson".
	const starting = webhooks.filter(({ responseMode }) => responseMode !== undefined);
	expect(starting).toEqual(
		['fanvueTrigger POST', 'fanbook GET', 'fanbook POST'].map((webhook) => ({
			webhook,
			responseMode: 'onReceived',
			responseData: '',
		})),
	);
});

test.each(
	nodes.filter(({ node }) => node.description.properties.some(({ name }) => name === 'operation')),
)(
	'the default operation of $className is a common one and does not delete anything',
	({ node }) => {
		const defaults = node.description.properties
			.filter(({ name }) => name === 'resource' || name === 'operation')
			.map((property) => ({ property, chosen: String(property.default) }));
		for (const { property, chosen } of defaults) {
			const values = property.options?.map((option) => ('value' in option ? option.value : ''));
			expect(values).toContain(chosen);
			expect(chosen).not.toMatch(/delete|remove|kick|mute|block|recall|unpin/i);
		}
	},
);
