import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { shippedNodes } from '../shipped';

/** Reads the parameters of the nodes from their descriptions, as the editor shows them. */

/** A parameter with its path, such as `additionalFields.text`. */
export interface Parameter {
	path: string;
	property: INodeProperties;
	/** The parameters that it is shown with, besides resource and operation. */
	shownWith: Array<{ displayName: string; values: string[] }>;
}

const nodes = shippedNodes();

/** Returns the description of a node by its display name, such as `Fanvue Trigger`. */
export function nodeDescription(displayName: string): INodeTypeDescription {
	const found = nodes.find(({ node }) => node.description.displayName === displayName);
	if (found === undefined) throw new Error(`There is no node "${displayName}"`);
	return found.node.description;
}

export function isProperty(option: object): option is INodeProperties {
	return 'displayName' in option && 'type' in option;
}

/** Returns the properties within a collection or a row of a fixed collection. */
export function innerProperties({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((option) => {
		if ('values' in option) return option.values;
		return isProperty(option) ? [option] : [];
	});
}

/** Returns the names of the choices of a property. */
export function choiceNames({ options = [] }: INodeProperties): string[] {
	return options.flatMap((option) => ('value' in option ? [option.name] : []));
}

function isFor(property: INodeProperties, resource?: string, operation?: string): boolean {
	const show = property.displayOptions?.show ?? {};
	const has = (name: string, value?: string) =>
		show[name] === undefined || (value !== undefined && show[name].includes(value));
	return has('resource', resource) && has('operation', operation);
}

const HIDDEN_TYPES = ['notice', 'hidden', 'curlImport', 'callout'];

function shownWith(property: INodeProperties, all: INodeProperties[]): Parameter['shownWith'] {
	const show = Object.entries(property.displayOptions?.show ?? {});
	return show.flatMap(([key, values = []]) => {
		const name = key.replace(/^\//, '');
		const other = all.find((candidate) => candidate.name === name);
		const isPlain = values.every((value) => typeof value !== 'object');
		if (name === 'resource' || name === 'operation' || other === undefined || !isPlain) return [];
		const names = values.map((value) => {
			const options = other.options ?? [];
			const option = options.find((one) => 'value' in one && one.value === value);
			if (typeof value === 'boolean') return value ? 'On' : 'Off';
			return option?.name ?? String(value);
		});
		return [{ displayName: other.displayName, values: names.filter((one) => one !== '') }];
	});
}

/** Returns the parameters of an operation, or of a trigger, without the options of every operation. */
export function parametersOf(
	{ properties }: INodeTypeDescription,
	call?: { resource: string; operation: string },
): Parameter[] {
	const own = properties.filter(
		(property) =>
			!HIDDEN_TYPES.includes(property.type) &&
			isFor(property, call?.resource, call?.operation) &&
			!(call !== undefined && ['resource', 'operation', 'options'].includes(property.name)),
	);
	const parameters = own.flatMap((property): Parameter[] => {
		if (property.type !== 'collection') {
			return [{ path: property.name, property, shownWith: shownWith(property, own) }];
		}
		const inner = innerProperties(property).filter(({ type }) => !HIDDEN_TYPES.includes(type));
		return inner.map((one) => ({
			path: `${property.name}.${one.name}`,
			property: one,
			shownWith: shownWith(one, [...own, ...inner]),
		}));
	});
	const isFirst = ({ path, property }: Parameter, index: number) =>
		parameters.findIndex(
			(other) => other.path === path && other.property.displayName === property.displayName,
		) === index;
	return parameters.filter(isFirst);
}

/** Returns the display names of parameters, with those inside rows. */
export function allProperties(parameters: Parameter[]): INodeProperties[] {
	const within = (property: INodeProperties): INodeProperties[] => [
		property,
		...innerProperties(property).flatMap(within),
	];
	return parameters.flatMap(({ property }) => within(property));
}
