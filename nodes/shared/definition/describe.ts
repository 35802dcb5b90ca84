import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyMode,
	INodePropertyModeValidation,
	INodePropertyOptions,
} from 'n8n-workflow';
import { parameterName, optionValue } from './naming';
import type { FieldOption, Field, Operation, Locator, Place, Resource, Service } from './operation';
import { pathParameterNames, parseEndpoint } from '../client/request';

/** Everything the editor shows for a service: resources, operations, fields and the call options. */
export function describeService(service: Service): INodeProperties[] {
	const resources = sorted(service.resources);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map((resource) => ({ name: resource.name, value: optionValue(resource) })),
			default: firstValue(resources),
		},
		...resources.map(operationProperty),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => operationFields(service, resource, operation)),
		),
		optionsProperty(service.commonOptions ?? []),
	];
}

function operationProperty(resource: Resource): INodeProperties {
	const operations = sorted(resource.operations);
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [optionValue(resource)] } },
		options: operations.map((operation) => ({
			name: operation.name,
			value: optionValue(operation),
			description: operation.description,
			action: operation.action,
		})),
		default: firstValue(operations),
	};
}

function operationFields(
	service: Service,
	resource: Resource,
	operation: Operation,
): INodeProperties[] {
	const show = { resource: [optionValue(resource)], operation: [optionValue(operation)] };
	const properties: INodeProperties[] = [];
	if (operation.notice !== undefined) {
		properties.push({
			displayName: operation.notice,
			name: 'notice',
			type: 'notice',
			default: '',
			displayOptions: { show },
		});
	}
	for (const field of [
		...(service.leadingFields?.(operation) ?? []),
		...(operation.fields ?? []),
	]) {
		const property = fieldProperty(field);
		properties.push({
			...property,
			...(field.required !== false && field.input.type !== 'boolean' ? { required: true } : {}),
			displayOptions: {
				...(field.hide === undefined ? {} : { hide: field.hide }),
				show: { ...show, ...field.show },
			},
		});
	}
	if (operation.paging !== undefined) properties.push(...limitProperties(show));
	if (operation.simplify !== undefined) {
		properties.push({
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
			displayOptions: { show },
		});
	}
	if (operation.options !== undefined && operation.options.length > 0) {
		const name = collectionOf(operation);
		properties.push({
			displayName: COLLECTIONS[name].displayName,
			name,
			type: 'collection',
			placeholder: COLLECTIONS[name].placeholder,
			default: {},
			displayOptions: { show },
			options: byDisplayName(operation.options.map(optionalProperty)),
		});
	}
	return properties;
}

function optionalProperty(field: Field): INodeProperties {
	const displayOptions: IDisplayOptions = {
		...(field.show === undefined ? {} : { show: field.show }),
		...(field.hide === undefined ? {} : { hide: field.hide }),
	};
	return {
		...fieldProperty(field),
		...(Object.keys(displayOptions).length > 0 ? { displayOptions } : {}),
	};
}

const COLLECTIONS = {
	additionalFields: { displayName: 'Additional Fields', placeholder: 'Add Field' },
	updateFields: { displayName: 'Update Fields', placeholder: 'Add Field' },
	filters: { displayName: 'Filters', placeholder: 'Add Filter' },
} as const;

/** The collection an operation's optional fields sit in, by n8n's habit. */
export function collectionOf(operation: Operation): keyof typeof COLLECTIONS {
	if (operation.endpoint.startsWith('PATCH ') || /^(Update|Edit)\b/.test(operation.name)) {
		return 'updateFields';
	}
	return operation.paging !== undefined || /^(Get Many|Search)\b/.test(operation.name)
		? 'filters'
		: 'additionalFields';
}

/** Where a field's value goes when it does not say so itself. */
export function defaultPlace(operation: Operation, field: Field): Place {
	const { method, path } = parseEndpoint(operation.endpoint);
	if (pathParameterNames(path).includes(field.key)) return 'path';
	return method === 'GET' ? 'query' : 'body';
}

function limitProperties(show: IDisplayOptions['show']): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
			displayOptions: { show },
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { ...show, returnAll: [false] } },
		},
	];
}

/** One field as n8n's editor wants it, without display conditions. */
export function fieldProperty(field: Field): INodeProperties {
	return {
		displayName: field.displayName,
		name: parameterName(field),
		...inputProperty(field),
		...(field.description === '' ? {} : { description: field.description }),
		...(field.placeholder === undefined ? {} : { placeholder: field.placeholder }),
		...(field.hint === undefined ? {} : { hint: field.hint }),
	};
}

function inputProperty(
	field: Field,
): Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties> {
	const { input: look } = field;
	switch (look.type) {
		case 'string':
			return {
				type: 'string',
				default: field.default ?? '',
				...(look.rows === undefined && look.password === undefined
					? {}
					: { typeOptions: { rows: look.rows, password: look.password } }),
			};
		case 'number':
			return {
				type: 'number',
				default: field.default ?? look.min ?? 0,
				typeOptions: {
					...(look.min === undefined ? {} : { minValue: look.min }),
					...(look.max === undefined ? {} : { maxValue: look.max }),
					...(look.decimals === undefined ? {} : { numberPrecision: look.decimals }),
				},
			};
		case 'boolean':
			return { type: 'boolean', default: field.default ?? false };
		case 'options': {
			const options = sortedOptions(look.choices);
			return { type: 'options', options, default: field.default ?? options[0]?.value ?? '' };
		}
		case 'multiOptions':
			return {
				type: 'multiOptions',
				options: sortedOptions(look.choices),
				default: field.default ?? [],
			};
		case 'stringList':
			return { type: 'string', default: field.default ?? '' };
		case 'json':
			return { type: 'json', default: field.default ?? '{}' };
		case 'dateTime':
			return { type: 'dateTime', default: field.default ?? '' };
		case 'resourceLocator':
			return {
				type: 'resourceLocator',
				default: { mode: look.picker.search === undefined ? 'id' : 'list', value: '' },
				modes: locatorModes(look.picker),
			};
		case 'custom':
			return { ...look.property, default: field.default ?? {} };
	}
}

function locatorModes(picker: Locator): INodePropertyMode[] {
	const { search, idPlaceholder, idPattern, url } = picker;
	const modes: INodePropertyMode[] = [];
	if (search !== undefined) {
		const typeOptions = { searchListMethod: search, searchable: true };
		modes.push(mode('From List', 'list', { type: 'list', typeOptions }));
	}
	modes.push(
		mode('By ID', 'id', {
			type: 'string',
			placeholder: idPlaceholder,
			...(idPattern === undefined ? {} : { validation: [patternValidation(idPattern)] }),
		}),
	);
	if (url !== undefined) {
		modes.push(
			mode('By URL', 'url', {
				type: 'string',
				placeholder: url.placeholder,
				extractValue: { type: 'regex', regex: url.regex },
			}),
		);
	}
	return modes;
}

function mode(
	displayName: string,
	name: string,
	rest: Omit<INodePropertyMode, 'displayName' | 'name'>,
): INodePropertyMode {
	return { displayName, name, ...rest };
}

function patternValidation({
	regex,
	message,
}: {
	regex: string;
	message: string;
}): INodePropertyModeValidation {
	return { type: 'regex', properties: { regex, errorMessage: message } };
}

/** What is about the call and not the API. */
function optionsProperty(callOptions: Field[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: byDisplayName([
			{
				displayName: 'Concurrency',
				name: 'concurrency',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 50 },
				default: 5,
				description:
					'How many items are worked on at once. Without this option 5 for reading and 1 for writing.',
			},
			{
				displayName: 'Max Wait',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 300,
				description: 'How many seconds one call may wait in all when the service asks to slow down',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60000,
				description: 'How many milliseconds one request may take',
			},
			{
				displayName: 'Max Tries',
				name: 'maxTries',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 20 },
				default: 5,
				description:
					'How often one call is tried in all when the service is busy. Writes with an unknown outcome are never sent again.',
			},
			...callOptions.map(optionalProperty),
		]),
	};
}

function sortedOptions(choices: FieldOption[]): INodePropertyOptions[] {
	// n8n's rule: alphabetical from five on.
	return choices.length < 5
		? [...choices]
		: [...choices].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function sorted<T extends { name: string }>(named: T[]): T[] {
	return [...named].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function byDisplayName(properties: INodeProperties[]): INodeProperties[] {
	return [...properties].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}

function firstValue(named: Array<{ name: string; value?: string }>): string {
	const first = named[0];
	return first === undefined ? '' : optionValue(first);
}
