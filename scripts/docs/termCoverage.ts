import { nodeDescription, parametersOf } from './properties';
import { entriesOf, NODE_NAMES, SERVICE_NAMES, TRIGGERS } from './services';
import { terms } from './terms';

/** Names of one kind, with the Chinese terms that exist. */
interface TermList {
	kind: string;
	names: Set<string>;
	known: Record<string, string>;
}

/** Returns which resources, operations and fields have no Chinese term; the pages show their English text. */
export function missingTerms(): string[] {
	return termLists().flatMap(({ kind, names, known }) =>
		[...names]
			.filter((name) => known[name] === undefined)
			.map((name) => `${kind} "${name}" has no Chinese term in docs/text/zh/terms.yaml`),
	);
}

/** Returns which Chinese terms belong to nothing. */
export function unusedTerms(): string[] {
	return termLists().flatMap(({ kind, names, known }) =>
		Object.keys(known)
			.filter((name) => !names.has(name))
			.map((name) => `${kind} "${name}" does not exist: remove it from docs/text/zh/terms.yaml`),
	);
}

function termLists(): TermList[] {
	const resources = new Set<string>();
	const fields = new Set<string>();
	const lists: TermList[] = [];
	for (const service of SERVICE_NAMES) {
		const names = new Set<string>();
		for (const {
			name,
			key,
			resource: { name: resourceName },
		} of entriesOf(service)) {
			const [resource = '', operation = ''] = key.split('/');
			names.add(name);
			resources.add(resourceName);
			const description = nodeDescription(NODE_NAMES[service]);
			for (const { property } of parametersOf(description, { resource, operation })) {
				fields.add(property.displayName);
			}
		}
		lists.push({ kind: 'The operation', names, known: terms.operations[service] });
	}
	for (const { node } of TRIGGERS) {
		for (const { property } of parametersOf(nodeDescription(node)))
			fields.add(property.displayName);
	}
	return [
		...lists,
		{ kind: 'The resource', names: resources, known: terms.resources },
		{ kind: 'The field', names: fields, known: terms.fields },
	];
}
