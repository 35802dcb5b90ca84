import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { isLosslessNumber, isObject, type JsonValue } from './json';
import { componentName, loadOpenApi, type Schema, type ServiceName } from './openApi';
import type { Part } from './request';

/**
 * A value as Ajv sees it. Bare digits are bigint, so that 64-bit integers keep every digit and
 * differ from quoted ones; any other number is a number.
 */
export type Instance =
	string | number | bigint | boolean | null | Part | Instance[] | { [key: string]: Instance };

export const BARE_DIGITS = /^-?(0|[1-9]\d*)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const LIMITS: Record<string, [bigint, bigint]> = {
	int32: [-(2n ** 31n), 2n ** 31n - 1n],
	int64: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** Converts parsed JSON into the form that is validated. */
export function toInstance(value: JsonValue): Instance {
	if (isLosslessNumber(value)) {
		return BARE_DIGITS.test(value.value) ? BigInt(value.value) : Number(value.value);
	}
	if (Array.isArray(value)) return value.map(toInstance);
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toInstance(item)]));
}

/** The keyword that replaces `type: integer` and its limits. */
interface IntegerRule {
	min: bigint;
	max: bigint;
	nullable: boolean;
	enum?: bigint[];
}

type AjvSchema = Record<string, unknown>;

function integerRule(schema: Schema, isNullable: boolean): IntegerRule {
	const [lowest, highest] = LIMITS[schema.format ?? 'int64'] ?? [-(2n ** 63n), 2n ** 63n - 1n];
	const rule: IntegerRule = {
		min: schema.minimum === undefined ? lowest : BigInt(schema.minimum),
		max: schema.maximum === undefined ? highest : BigInt(schema.maximum),
		nullable: isNullable,
	};
	const values = schema.enum?.flatMap((value) =>
		typeof value === 'number' ? [BigInt(value)] : [],
	);
	if (values) rule.enum = values;
	return rule;
}

/** Rewrites named schemas; an alias is one more name of the same schema. */
function mapSchemas(schemas: Record<string, Schema>): Record<string, AjvSchema> {
	return Object.fromEntries(
		Object.entries(schemas).flatMap(([name, item]) => {
			const rewritten = toAjv(item);
			return [name, ...(item['x-aliases'] ?? [])].map((key) => [key, rewritten] as const);
		}),
	);
}

/** Rewrites a schema of the contract into one that Ajv can apply to an Instance. */
function toAjv(schema: Schema): AjvSchema {
	const { $ref, items, properties, anyOf, allOf, additionalProperties, ...rest } = schema;
	const result: AjvSchema = { ...rest };
	if ($ref !== undefined) result['$ref'] = `components#/$defs/${componentName($ref)}`;
	if (items) result['items'] = toAjv(items);
	if (properties) result['properties'] = mapSchemas(properties);
	if (anyOf) result['anyOf'] = anyOf.map(toAjv);
	if (allOf) result['allOf'] = allOf.map(toAjv);
	if (additionalProperties !== undefined) {
		result['additionalProperties'] =
			typeof additionalProperties === 'boolean'
				? additionalProperties
				: toAjv(additionalProperties);
	}
	const types = schema.type === undefined ? [] : [schema.type].flat();
	if (types.includes('integer') || types.includes('number')) {
		delete result['type'];
		delete result['format'];
		delete result['minimum'];
		delete result['maximum'];
		delete result['enum'];
		const isNullable = types.includes('null');
		if (types.includes('integer')) result['bareInteger'] = integerRule(schema, isNullable);
		else result['anyNumber'] = { nullable: isNullable };
	} else if (schema.format === 'binary') {
		delete result['type'];
		delete result['format'];
		result['filePart'] = true;
	}
	if (typeof schema.const === 'number') {
		delete result['const'];
		result['bareInteger'] = integerRule({ enum: [schema.const] }, false);
	}
	return result;
}

type CustomError = Partial<ErrorObject>;

/** A keyword function of Ajv that reports its own errors. */
interface Check<Rule> {
	(rule: Rule, data: unknown): boolean;
	errors?: CustomError[];
}

function createCheck<Rule>(find: (rule: Rule, data: unknown) => CustomError[]): Check<Rule> {
	const check: Check<Rule> = (rule, data) => {
		const errors = find(rule, data);
		check.errors = errors;
		return errors.length === 0;
	};
	return check;
}

const checkInteger = createCheck<IntegerRule>((rule, data) => {
	if (data === null && rule.nullable) return [];
	if (typeof data !== 'bigint') return [{ keyword: 'type', params: { type: 'integer' } }];
	const errors: CustomError[] = [];
	const { min, max } = rule;
	if (data < min || data > max) errors.push({ keyword: 'range', params: { min, max } });
	if (rule.enum && !rule.enum.includes(data)) {
		errors.push({ keyword: 'enum', params: { allowedValues: rule.enum } });
	}
	return errors;
});

const checkNumber = createCheck<{ nullable: boolean }>((rule, data) => {
	if (data === null && rule.nullable) return [];
	const isNumber = typeof data === 'bigint' || typeof data === 'number';
	return isNumber ? [] : [{ keyword: 'type', params: { type: 'number' } }];
});

function isPart(data: unknown): data is Part {
	return typeof data === 'object' && data !== null && 'bytes' in data && 'contentType' in data;
}

const checkFile = createCheck<true>((_rule, data) => {
	if (!isPart(data)) return [{ keyword: 'type', params: { type: 'file' } }];
	return data.bytes.length > 0 ? [] : [{ keyword: 'emptyFile', params: {} }];
});

function byteCheck(keyword: 'x-minBytes' | 'x-maxBytes'): Check<number> {
	return createCheck<number>((limit, data) => {
		if (typeof data !== 'string') return [];
		const bytes = Buffer.byteLength(data, 'utf8');
		const fits = keyword === 'x-minBytes' ? bytes >= limit : bytes <= limit;
		return fits ? [] : [{ keyword, params: { limit, bytes } }];
	});
}

function createAjv(service: ServiceName): Ajv2020 {
	const ajv = new Ajv2020({
		allErrors: true,
		verbose: true,
		strictTypes: false,
		strictRequired: false,
	});
	addFormats(ajv, ['uri', 'email']);
	ajv.addFormat('uuid', UUID);
	ajv.addFormat('date-time', (text: string) => DATE_TIME.test(text) && Date.parse(text) > 0);
	ajv.addKeyword({ keyword: 'bareInteger', errors: 'full', validate: checkInteger });
	ajv.addKeyword({ keyword: 'anyNumber', errors: 'full', validate: checkNumber });
	ajv.addKeyword({ keyword: 'filePart', errors: 'full', validate: checkFile });
	for (const keyword of ['x-minBytes', 'x-maxBytes'] as const) {
		ajv.addKeyword({ keyword, errors: 'full', validate: byteCheck(keyword) });
	}
	ajv.addVocabulary(['xml', 'x-encoding', 'x-aliases', 'x-certainty', 'x-source']);
	ajv.addSchema({ $id: 'components', $defs: mapSchemas(loadOpenApi(service).components.schemas) });
	return ajv;
}

const validators = new Map<ServiceName, Ajv2020>();
const compiled = new WeakMap<Schema, ValidateFunction>();

/** Returns every error of a value; `schema` may refer to the components of the service. */
export function findErrors(service: ServiceName, schema: Schema, value: Instance): ErrorObject[] {
	const ajv = validators.get(service) ?? createAjv(service);
	validators.set(service, ajv);
	const validate = compiled.get(schema) ?? ajv.compile(toAjv(schema));
	compiled.set(schema, validate);
	return validate(value) ? [] : [...(validate.errors ?? [])];
}
