import { resolveSchema, type OpenApiDocument, type Schema } from '../../sandbox/core/openApi';

export type DifferenceKind =
	'status' | 'header' | 'body' | 'missing' | 'type' | 'value' | 'unknown member';

/** One way in which a response differs from the contract. It holds names and types, never values. */
export interface Difference {
	endpoint: string;
	kind: DifferenceKind;
	/** Place in the response, e.g. `data[].user.uuid`. */
	at: string;
	detail: string;
	/** JSON pointer of the schema in the contract, and what to add there. */
	patch?: { pointer: string; value: unknown };
}

type Found = Omit<Difference, 'endpoint'>;

interface Place {
	at: string;
	pointer: string;
}

/** Rows of a list that are compared; the others are of the same kind. */
const MAX_ROWS = 50;

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the differences between a parsed body and its schema, each once. */
export function compareBody(
	openApi: OpenApiDocument,
	schema: Schema,
	value: unknown,
	pointer: string,
): Found[] {
	const all = compare(openApi, schema, value, { at: '', pointer });
	const known = new Set<string>();
	return all.filter(({ kind, at, detail }) => {
		const key = `${kind} ${at} ${detail}`;
		return !known.has(key) && known.add(key);
	});
}

function compare(openApi: OpenApiDocument, given: Schema, value: unknown, place: Place): Found[] {
	const here: Place =
		given.$ref === undefined ? place : { ...place, pointer: given.$ref.replace(/^#/, '') };
	const schema = resolveSchema(openApi, given);
	if (schema.anyOf && schema.properties === undefined) {
		const tries = schema.anyOf.map((branch, index) =>
			compare(openApi, branch, value, { ...here, pointer: `${here.pointer}/anyOf/${index}` }),
		);
		return tries.sort((a, b) => a.length - b.length)[0] ?? [];
	}
	const types = [schema.type ?? []].flat();
	const actual = typeOf(value);
	const fits =
		types.length === 0 ||
		types.includes(actual) ||
		(actual === 'integer' && types.includes('number'));
	if (!fits) {
		return [
			{
				kind: 'type',
				at: here.at,
				detail: `${actual} instead of ${types.join(' or ')}`,
				patch: { pointer: `${here.pointer}/type`, value: [...types, actual] },
			},
		];
	}
	if (Array.isArray(value)) {
		const { items } = schema;
		if (items === undefined) return [];
		const inside = { at: `${here.at}[]`, pointer: `${here.pointer}/items` };
		return value.slice(0, MAX_ROWS).flatMap((row) => compare(openApi, items, row, inside));
	}
	if (isRecord(value)) return compareMembers(openApi, schema, value, here);
	const values: unknown[] | undefined =
		schema.enum ?? ('const' in schema && schema.const !== undefined ? [schema.const] : undefined);
	if (values === undefined || values.includes(value)) return [];
	const shown = nameOf(String(value));
	return [
		{
			kind: 'value',
			at: here.at,
			detail: `${shown} is not among the values of the contract`,
			patch: { pointer: `${here.pointer}/enum/-`, value: shown },
		},
	];
}

function compareMembers(
	openApi: OpenApiDocument,
	schema: Schema,
	value: Record<string, unknown>,
	{ at, pointer }: Place,
): Found[] {
	const found: Found[] = [];
	const inside = (name: string) => (at === '' ? name : `${at}.${name}`);
	const parts = [
		{ schema, pointer },
		...(schema.allOf ?? []).map((part, index) => ({
			schema: resolveSchema(openApi, part),
			pointer: part.$ref?.replace(/^#/, '') ?? `${pointer}/allOf/${index}`,
		})),
	];
	const described = new Map<string, { schema: Schema; pointer: string }>();
	for (const part of parts) {
		for (const [name, member] of Object.entries(part.schema.properties ?? {})) {
			described.set(name, { schema: member, pointer: `${part.pointer}/properties/${name}` });
		}
		for (const name of part.schema.required ?? []) {
			if (value[name] !== undefined) continue;
			found.push({ kind: 'missing', at: inside(name), detail: 'is required by the contract' });
		}
	}
	const others = schema.additionalProperties;
	for (const [name, member] of Object.entries(value)) {
		const known = described.get(name);
		if (known !== undefined) {
			const place = { at: inside(name), pointer: known.pointer };
			found.push(...compare(openApi, known.schema, member, place));
		} else if (isRecord(others)) {
			const place = { at: inside('*'), pointer: `${pointer}/additionalProperties` };
			found.push(...compare(openApi, others, member, place));
		} else if (described.size > 0 && others !== true) {
			found.push({
				kind: 'unknown member',
				at: inside(nameOf(name)),
				detail: typeOf(member),
				patch: {
					pointer: `${pointer}/properties/${nameOf(name)}`,
					value: { type: typeOf(member) },
				},
			});
		}
	}
	return found;
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value;
}

/** Returns a word of the API as it is, and a placeholder for anything that may be personal. */
export function nameOf(text: string): string {
	return /^[A-Za-z_][A-Za-z_.-]{0,39}$/.test(text) || /^[A-Za-z_]{1,20}\d?$/.test(text)
		? text
		: '<text>';
}
