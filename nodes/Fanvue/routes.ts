import type { ItemContext } from '../shared/execution/itemContext';
import { invalidParameter } from '../shared/errors';
import { optionsField, locatorField } from '../shared/definition/fields';
import { isObject } from '../shared/json';
import { optionValue } from '../shared/definition/naming';
import type { Field, Operation, Resource } from '../shared/definition/operation';
import { percentEncode } from '../shared/client/request';
import type { RequestParts } from '../shared/client/request';
import { creatorLocator } from './locators';

/**
 * Fanvue has the same call on up to three routes: the documented one, the same under `/v1`, and the
 * agency's below `/creators/{creatorUserUuid}`. An operation says in its traits which it has.
 */
export interface Routes {
	/** The call was seen under `/v1`, too. */
	v1?: boolean;
	/** Scopes of the same call for a managed creator; without them there is no such route. */
	creator?: string[];
	/** The path below `/creators/{creatorUserUuid}` where it is not the call's own. */
	creatorPath?: string;
	/** Parameters that exist under `/v1` only. */
	onlyV1: string[];
}

export function routesOf(operation: Operation): Routes {
	const { v1, creator, creatorPath, onlyV1 } = operation.traits ?? {};
	return {
		v1: v1 === true,
		creator: Array.isArray(creator) ? creator.map(String) : undefined,
		creatorPath: typeof creatorPath === 'string' ? creatorPath : undefined,
		onlyV1: Array.isArray(onlyV1) ? onlyV1.map(String) : [],
	};
}

/** On whose behalf a call runs; only where the API has both routes. */
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

/** The managed creator in an address, if it is the agency's route. */
export function creatorInUrl(url: string): string | undefined {
	return /\/creators\/([^/?]+)\//.exec(url)?.[1];
}

/** API Routes under Options, on those operations that have both families. */
export function routeOptions(resources: Resource[]): Field[] {
	return resources.flatMap((resource) => {
		const both = resource.operations.filter((operation) => routesOf(operation).v1);
		if (both.length === 0) return [];
		return optionsField(
			'apiRoutes',
			'API Routes',
			'Which of the two route families to call, instead of the one chosen in the credential',
			[
				{ name: 'Standard', value: 'standard' },
				{ name: 'V1', value: 'v1' },
			],
			{
				notSent: true,
				default: 'standard',
				show: { '/resource': [optionValue(resource)], '/operation': both.map(optionValue) },
				...selfOnly,
			},
		);
	});
}

export function leadingFields(operation: Operation): Field[] {
	return routesOf(operation).creator === undefined ? [] : ACT_AS;
}

/** Shown for the connected account only, where a managed creator's route has no such parameter. */
export const selfOnly = { hide: { '/actAs': ['creator'] } } satisfies Partial<Field>;

export function actsAsCreator(item: ItemContext, operation: Operation): boolean {
	if (routesOf(operation).creator === undefined) return false;
	const actAs = item.raw('actAs');
	if (actAs === 'self' || actAs === 'creator') return actAs === 'creator';
	throw invalidParameter('Act As', 'is neither self nor creator', 'Choose one of the two');
}

/** Whether a call goes out under `/v1`: the node's choice, else the credential's. */
export async function usesV1(
	item: ItemContext,
	operation: Operation = item.operation,
): Promise<boolean> {
	if (actsAsCreator(item, operation)) return false;
	if (operation.endpoint.includes(' /v1/')) return true;
	if (routesOf(operation).v1 !== true) return false;
	return (item.raw('apiRoutes') ?? (await item.client.credentialSettings()).apiRoutes) === 'v1';
}

export async function rewritePath(
	path: string,
	item: ItemContext,
	operation: Operation,
): Promise<string> {
	if (actsAsCreator(item, operation)) {
		const creator = item.text('creatorUserUuid');
		if (creator === '') {
			throw invalidParameter('Creator', 'is empty', 'Choose the managed creator to act as');
		}
		return `creators/${percentEncode(creator)}/${routesOf(operation).creatorPath ?? path}`;
	}
	const isPrefixed = path.startsWith('v1/');
	return !isPrefixed && (await usesV1(item, operation)) ? `v1/${path}` : path;
}

/** Refuses what the chosen route does not know, and uses its names for what it calls otherwise. */
export async function transformRequest(
	parts: RequestParts,
	item: ItemContext,
): Promise<RequestParts> {
	if (await usesV1(item)) return { ...parts, body: withV1Names(parts.body) };
	const { onlyV1 } = routesOf(item.operation);
	const given: Record<string, unknown> = { ...parts.body, ...parts.query };
	const stranger = item
		.fields()
		.find(({ field: { key } }) => onlyV1.includes(key) && given[key] !== undefined);
	if (stranger === undefined) return parts;
	const { displayName: label } = stranger.field;
	throw invalidParameter(
		label,
		'is known with V1 routes only',
		`Choose V1 for API Routes under Options, which the connected account can, or leave out "${label}"`,
	);
}

/** Mass messages name built-in lists `smartListIds` under `/v1`. */
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
