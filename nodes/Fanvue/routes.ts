import { invalidParameter } from '../shared/errors';
import { optionsField, locatorField } from '../shared/definition/fields';
import { isObject } from '../shared/json';
import { optionValue, parameterName } from '../shared/definition/naming';
import type { Field, ItemContext } from '../shared/definition/operation';
import { isEmptyValue } from '../shared/execution/parameterValues';
import type { CalledFanvueOperation, FanvueOperation, FanvueResource } from './operation';
import { percentEncode } from '../shared/client/request';
import { creatorLocator } from './locators';
import type { RequestParts } from '../shared/http';

/** The account for which a call runs; shown only if the API has both routes. */
const ACT_AS: Field[] = [
	optionsField(
		'actAs',
		'Act As',
		'On whose behalf to call: the connected account or a creator that its agency manages',
		[
			{ name: 'Connected Account', value: 'self' },
			{ name: 'Managed Creator', value: 'creator' },
		],
		{ notSent: true, default: 'self' },
	),
	locatorField('creatorUserUuid', 'Creator', 'The managed creator', creatorLocator, {
		notSent: true,
		show: { actAs: ['creator'] },
	}),
];

/** Returns the managed creator in a URL of the agency's routes. */
export function creatorInUrl(url: string): string | undefined {
	return /\/creators\/([^/?]+)\//.exec(url)?.[1];
}

/** API Routes under Options, for operations that have both route families. */
export function routeOptions(resources: FanvueResource[]): Field[] {
	return resources.flatMap((resource) => {
		const both = resource.operations.filter((operation) => operation.v1 === true);
		return [
			...routeOption(
				resource,
				both.filter(({ creatorV1 }) => creatorV1 !== true),
				selfOnly,
			),
			...routeOption(
				resource,
				both.filter(({ creatorV1 }) => creatorV1 === true),
			),
		];
	});
}

function routeOption(
	resource: FanvueResource,
	operations: FanvueOperation[],
	more: Partial<Field> = {},
): Field[] {
	if (operations.length === 0) return [];
	return [
		optionsField(
			'apiRoutes',
			'API Routes',
			'Route family to call, instead of the one chosen in the credential',
			[
				{ name: 'Standard', value: 'standard' },
				{ name: 'V1', value: 'v1' },
			],
			{
				notSent: true,
				default: 'standard',
				show: { '/resource': [optionValue(resource)], '/operation': operations.map(optionValue) },
				...more,
			},
		),
	];
}

/** Returns the further paths of an operation: that of managed creators, and the one under `/v1`. */
export function otherPaths(operation: FanvueOperation, path: string): string[] {
	const { creator, creatorPath = path, v1 } = operation;
	return [
		...(creator === undefined ? [] : [`creators/:creatorUserUuid/${creatorPath}`]),
		...(v1 === true ? [`v1/${path}`] : []),
	];
}

export function leadingFields(operation: FanvueOperation): Field[] {
	return operation.creator === undefined ? [] : ACT_AS;
}

/** Hides a parameter that the routes of managed creators do not have. */
export const selfOnly = { hide: { '/actAs': ['creator'] } } satisfies Partial<Field>;

export function actsAsCreator(item: ItemContext, operation: CalledFanvueOperation): boolean {
	if (operation.creator === undefined) return false;
	const actAs = item.raw('actAs');
	if (actAs === 'self' || actAs === 'creator') return actAs === 'creator';
	throw invalidParameter(
		'Act As',
		'is empty',
		'Choose Connected Account or Managed Creator (in an expression: self or creator)',
	);
}

/** Returns whether a call uses `/v1`: by the option of the node, else by the credential. */
export async function usesV1(
	item: ItemContext,
	operation: CalledFanvueOperation = item.operation,
): Promise<boolean> {
	const isForCreator = actsAsCreator(item, operation);
	if (isForCreator && operation.creatorV1 !== true) return false;
	if (operation.endpoint.includes(' /v1/')) return true;
	if (!isForCreator && operation.v1 !== true) return false;
	const chosen = item.raw('apiRoutes');
	if (!isEmptyValue(chosen)) return chosen === 'v1';
	return (await item.client.credentialSettings()).apiRoutes === 'v1';
}

export async function rewritePath(
	path: string,
	item: ItemContext,
	operation: CalledFanvueOperation,
): Promise<string> {
	const prefix = (await usesV1(item, operation)) ? 'v1/' : '';
	const bare = path.startsWith('v1/') ? path.slice(3) : path;
	if (actsAsCreator(item, operation)) {
		const creator = item.text('creatorUserUuid');
		if (creator === '') {
			throw invalidParameter('Creator', 'is empty', 'Choose the managed creator to act as');
		}
		return `${prefix}creators/${percentEncode(creator)}/${operation.creatorPath ?? bare}`;
	}
	return `${prefix}${bare}`;
}

/**
 * Rejects a filled-in parameter that the routes of managed creators do not have. If Act As is fixed, the
 * editor hides it and its value is old; if Act As is an expression, the editor shows it, and without it a
 * list would have other rows.
 */
function assertExistsForCreators(item: ItemContext, operation: CalledFanvueOperation): void {
	if (!actsAsCreator(item, operation)) return;
	const { actAs } = item.context.getNode().parameters;
	if (typeof actAs !== 'string' || !actAs.startsWith('=')) return;
	const unsupported = item.fields().find(({ field }) => {
		const hidden = field.hide?.['/actAs'] ?? field.hide?.actAs;
		return hidden !== undefined && field.notSent !== true && isGiven(item, field);
	});
	if (unsupported === undefined) return;
	const { displayName } = unsupported.field;
	throw invalidParameter(
		displayName,
		'does not exist for managed creators',
		`Choose Connected Account for Act As, or remove "${displayName}"`,
	);
}

function isGiven(item: ItemContext, field: Field): boolean {
	return item.value(parameterName(field)) !== undefined;
}

/**
 * Rejects parameters that the chosen route does not have, and renames those with different names.
 */
export async function transformRequest(
	parts: RequestParts,
	item: ItemContext,
): Promise<RequestParts> {
	assertExistsForCreators(item, item.operation);
	if (await usesV1(item)) return { ...parts, body: withV1Names(parts.body) };
	const operation: FanvueOperation = item.operation;
	const { onlyV1 = [] } = operation;
	const given: Record<string, unknown> = { ...parts.body, ...parts.query };
	const unsupported = item
		.fields()
		.find(({ field: { key } }) => onlyV1.includes(key) && given[key] !== undefined);
	if (unsupported === undefined) return parts;
	const { displayName: label } = unsupported.field;
	throw invalidParameter(
		label,
		'exists with V1 routes only',
		`Choose V1 for API Routes under Options, which works for the connected account, or remove "${label}"`,
	);
}

/** In mass messages under `/v1`, built-in lists are in `smartListIds`. */
function withV1Names(body: RequestParts['body']): RequestParts['body'] {
	if (body === undefined) return undefined;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => {
			if (!isObject(value) || value.smartListUuids === undefined) return [key, value];
			const { smartListUuids, ...rest } = value;
			return [key, { ...rest, smartListIds: smartListUuids }];
		}),
	);
}
