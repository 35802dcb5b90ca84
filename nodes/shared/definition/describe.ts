import type {
	IDisplayOptions,
	INodeProperties,
	INodePropertyMode,
	INodePropertyOptions,
} from 'n8n-workflow';
import { confirmFields } from './confirmation';
import { fromTop, optionValue, optionalFields, parameterName, topFields } from './naming';
import type {
	CollectionName,
	Field,
	FieldOption,
	Locator,
	Operation,
	Resource,
	Service,
} from './operation';

/** Line below the node on the canvas, with the names of resource and operation: "Message: Send". */
export const SUBTITLE =
	'={{ [$parameter["resource"], $parameter["operation"]].map((value) => value.replace("getAll", "getMany").replace(/([A-Z])/g, " $1").replace(/^./, (first) => first.toUpperCase()).replace(/\\b(Api|Id|Url)(?=s?\\b)/g, (word) => word.toUpperCase())).join(": ") }}';

/** Returns all properties of a node: resources, operations, fields and the common options. */
export function describeService(service: Service): INodeProperties[] {
	const resources = sorted(service.resources);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map((resource) => ({ name: resource.name, value: optionValue(resource) })),
			default: defaultValue(resources, service.preferredResource),
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
		default: defaultValue(operations, resource.preferred),
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
		...topFields(operation),
		...confirmFields(operation),
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
	const { collection, fields } = optionalFields(operation);
	if (fields.length > 0) {
		properties.push({
			...COLLECTIONS[collection],
			name: collection,
			type: 'collection',
			default: {},
			displayOptions: { ...hiddenTogether(fields), show },
			options: sortedProperties(fields.map(optionalProperty)),
		});
	}
	return properties;
}

/** Returns the condition that hides a collection whose fields it hides all: it would be empty. */
function hiddenTogether(fields: readonly Field[]): Pick<IDisplayOptions, 'hide'> {
	const [first, ...others] = fields.map(({ hide }) => JSON.stringify(hide));
	const hide = fields[0]?.hide;
	if (hide === undefined || others.some((other) => other !== first)) return {};
	return { hide: fromTop(hide) };
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

const COLLECTIONS: Record<CollectionName, { displayName: string; placeholder: string }> = {
	additionalFields: { displayName: 'Additional Fields', placeholder: 'Add Field' },
	updateFields: { displayName: 'Update Fields', placeholder: 'Add Field' },
	filters: { displayName: 'Filters', placeholder: 'Add Filter' },
};

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

/** Returns a field as an n8n property, without display conditions. */
export function fieldProperty(field: Field): INodeProperties {
	return {
		displayName: field.displayName,
		name: parameterName(field),
		...inputProperty(field),
		...(field.description === '' ? {} : { description: descriptionOf(field) }),
		...(field.placeholder === undefined ? {} : { placeholder: field.placeholder }),
		...(field.hint === undefined ? {} : { hint: field.hint }),
	};
}

/** n8n requires this sentence at the end of the description of a loaded list. */
const LOADED_LIST =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

function descriptionOf({ description, input }: Field): string {
	if (input.type !== 'loadedMultiOptions') return description;
	return `${description}${description.endsWith('.') ? '' : '.'} ${LOADED_LIST}.`;
}

function inputProperty(
	field: Field,
): Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties> {
	const { input } = field;
	switch (input.type) {
		case 'string':
			return {
				type: 'string',
				default: field.default ?? '',
				...(input.rows === undefined && input.password === undefined
					? {}
					: { typeOptions: { rows: input.rows, password: input.password } }),
			};
		case 'number':
			return {
				type: 'number',
				default: field.default ?? input.min ?? 0,
				typeOptions: {
					...(input.min === undefined ? {} : { minValue: input.min }),
					...(input.max === undefined ? {} : { maxValue: input.max }),
					...(input.decimals === undefined ? {} : { numberPrecision: input.decimals }),
				},
			};
		case 'boolean':
			return { type: 'boolean', default: field.default ?? false };
		case 'options': {
			const options = sortedOptions([
				...(input.isOptional === true ? [{ name: '(Not Set)', value: '' }] : []),
				...input.choices,
			]);
			return { type: 'options', options, default: field.default ?? options[0]?.value ?? '' };
		}
		case 'multiOptions':
			return {
				type: 'multiOptions',
				options: sortedOptions(input.choices),
				default: field.default ?? [],
			};
		case 'loadedMultiOptions':
			return {
				type: 'multiOptions',
				default: field.default ?? [],
				typeOptions: {
					loadOptionsMethod: input.source.method,
					...(input.source.dependsOn === undefined
						? {}
						: { loadOptionsDependsOn: input.source.dependsOn }),
				},
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
				default: { mode: input.picker.search === undefined ? 'id' : 'list', value: '' },
				modes: locatorModes(input.picker),
			};
		case 'custom':
			return { ...input.property, default: field.default ?? {} };
	}
}

function locatorModes(picker: Locator): INodePropertyMode[] {
	const { search, idPlaceholder, url } = picker;
	const modes: INodePropertyMode[] = [];
	if (search !== undefined) {
		const typeOptions = { searchListMethod: search, searchable: true };
		modes.push(mode('From List', 'list', { type: 'list', typeOptions }));
	}
	modes.push(
		mode('By ID', 'id', {
			type: 'string',
			placeholder: idPlaceholder,
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

/** Returns the options that every operation has. */
function optionsProperty(commonOptions: Field[]): INodeProperties {
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
				typeOptions: { minValue: 1, maxValue: 100 },
				default: 5,
				description:
					'Fixed number of items to process at the same time. Without this option, reads adapt to what the service allows and writes run one at a time.',
			},
			{
				displayName: 'Max Wait',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 300,
				description:
					'Max total number of seconds that a call waits when the service asks to slow down',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60000,
				description: 'Max number of milliseconds a request may take',
			},
			{
				displayName: 'Max Tries',
				name: 'maxTries',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 20 },
				default: 5,
				description:
					'Max number of attempts per call when the service is busy. A write with an unknown outcome is never sent again.',
			},
			...commonOptions.map(optionalProperty),
		]),
	};
}

function sortedOptions(choices: FieldOption[]): INodePropertyOptions[] {
	// n8n's lint rule: five or more options are in alphabetical order.
	return choices.length < 5
		? [...choices]
		: [...choices].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function sorted<T extends { name: string }>(named: T[]): T[] {
	return [...named].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Keeps the table's order where n8n's lint rule allows it: below five members. */
function sortedProperties(properties: INodeProperties[]): INodeProperties[] {
	return properties.length < 5 ? properties : byDisplayName(properties);
}

function byDisplayName(properties: INodeProperties[]): INodeProperties[] {
	return [...properties].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}

/** Returns the value of the preferred entry. */
function defaultValue(entries: Array<{ name: string; value?: string }>, preferred: string): string {
	const entry = entries.find(({ name }) => name === preferred);
	return entry === undefined ? '' : optionValue(entry);
}
