import type { ErrorObject } from 'ajv/dist/2020';
import type { EndpointMatch, EndpointRoute, Place } from './contract';
import { isObject, LosslessNumber, tryParseJson, type JsonValue } from './json';
import { loadOpenApi, parametersOf, resolveSchema, type Schema } from './openApi';
import { Parameters } from './parameters';
import { percentDecode } from './percentDecode';
import type { Pair, Part, SandboxRequest } from './request';
import { BARE_DIGITS, findErrors, toInstance, type Instance } from './schemaValidator';
import {
	createViolation,
	isRedundant,
	pathOf,
	requiredAlternatives,
	type Rule,
	type SentValue,
	type Violation,
} from './violations';

export type { Rule, Violation } from './violations';

export interface ValidationResult {
	violations: Violation[];
	parameters: Parameters;
}

/** Returns whether a name belongs to the protocol and not to the endpoint (oauth_*). */
export type ProtocolParameterTest = (name: string, place: Place) => boolean;

const MEDIA_TYPES = {
	json: 'application/json',
	form: 'application/x-www-form-urlencoded',
	multipart: 'multipart/form-data',
} as const;

/** A parameter as sent. */
interface SentParameter extends SentValue {
	/** Its name in the contract. */
	key: string;
	/** Its value as validated; undefined if it could not be read. */
	instance: Instance | undefined;
	/** What is wrong with the way it was sent. */
	violations: Violation[];
}

const groupSchemas = new WeakMap<EndpointRoute, Record<'path' | 'query', Schema>>();

class RequestValidator {
	private readonly violations: Violation[] = [];
	private readonly missing: Violation[] = [];
	private readonly missingAlternatives: Violation[] = [];
	private readonly values = new Map<string, JsonValue>();
	private readonly files = new Map<string, Part>();

	constructor(
		private readonly match: EndpointMatch,
		private readonly request: SandboxRequest,
		private readonly isProtocolParameter: ProtocolParameterTest,
	) {}

	run(): ValidationResult {
		const { path, query } = this.groups();
		this.validate('path', path, this.readPath(path));
		this.validate('query', query, this.readPairs('query', query, this.request.query));
		this.validateBody();
		const reported = new Set(this.violations.map(({ parameter }) => parameter));
		const missing = this.missing.filter(({ parameter }) => !reported.has(parameter));
		return {
			violations: [...this.violations, ...missing, ...this.missingAlternatives],
			parameters: new Parameters(this.values, this.files),
		};
	}

	private groups(): Record<'path' | 'query', Schema> {
		const { route } = this.match;
		const known = groupSchemas.get(route);
		if (known) return known;
		const created = { path: this.groupSchema('path'), query: this.groupSchema('query') };
		groupSchemas.set(route, created);
		return created;
	}

	/** Returns a schema of all path or query parameters. */
	private groupSchema(place: 'path' | 'query'): Schema {
		const { operation } = this.match.route.routed;
		const all = parametersOf(loadOpenApi(this.request.service), operation);
		const list = all.filter((parameter) => parameter.in === place);
		const choices = place === 'query' ? (operation['x-any-of'] ?? []) : [];
		const group: Schema = {
			type: 'object',
			additionalProperties: false,
			properties: Object.fromEntries(list.map(({ name, schema }) => [name, schema])),
			required: list.filter(({ required }) => required).map(({ name }) => name),
		};
		if (choices.length > 0) {
			group.allOf = choices.map((names) => ({
				anyOf: names.map((name) => ({ required: [name] })),
			}));
		}
		return group;
	}

	private report(parameter: string, rule: Rule, message: string): void {
		this.violations.push({ parameter, rule, message });
	}

	private resolve(schema: Schema): Schema {
		return resolveSchema(loadOpenApi(this.request.service), schema);
	}

	/** Validates the parameters of one place and keeps their values. */
	private validate(place: Place, schema: Schema, sent: SentParameter[]): void {
		const instance = Object.fromEntries(
			sent.flatMap(({ key, instance: value }) => (value === undefined ? [] : [[key, value]])),
		);
		const all = findErrors(this.request.service, schema, instance);
		const errors = all.filter((error) => !isRedundant(error, all));
		// Missing members are listed after wrong ones.
		errors.sort((a, b) => Number(a.keyword === 'required') - Number(b.keyword === 'required'));
		for (const parameter of sent) {
			const { key, name, value } = parameter;
			this.violations.push(...parameter.violations);
			if (schema.properties?.[key] === undefined) this.reportUnknown(place, parameter);
			else if (value !== undefined) this.values.set(key, value);
			for (const error of errors.filter((item) => pathOf(item)[0] === key)) {
				this.violations.push(createViolation(error, { ...parameter, name }));
			}
		}
		for (const error of errors.filter((item) => pathOf(item).length === 0)) {
			this.collectMissing(place, error);
		}
	}

	private reportUnknown(place: Place, { name, value }: SentParameter): void {
		const kind = value === undefined ? 'part' : `${place} parameter`;
		this.report(name, 'unknown', `${name} is not a ${kind} of this call`);
	}

	private collectMissing(place: Place, error: ErrorObject): void {
		const names = requiredAlternatives(error);
		if (names) {
			const message = `one of ${names.join(' and ')} is required`;
			this.missingAlternatives.push({ parameter: names.join('|'), rule: 'oneOf', message });
		} else if (error.keyword === 'required') {
			const name = String(error.params['missingProperty']);
			const message = `${name} is required in the ${place}`;
			this.missing.push({ parameter: name, rule: 'missing', message });
		}
	}

	private readPath(schema: Schema): SentParameter[] {
		return Object.entries(this.match.pathValues).map(([name, encoded]) => {
			const text = percentDecode(encoded);
			if (text !== undefined) return this.readText('path', { group: schema, name, texts: [text] });
			const message = `${name} is not percent-encoded UTF-8`;
			const base = { place: 'path', isText: true, isRepeated: false, value: undefined };
			const violations: Violation[] = [{ parameter: name, rule: 'encoding', message }];
			return { ...base, key: name, name, instance: undefined, violations };
		});
	}

	private readPairs(place: Place, schema: Schema, pairs: Pair[]): SentParameter[] {
		const groups = new Map<string, string[]>();
		for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
		const isDeclared = (name: string): boolean => schema.properties?.[name] !== undefined;
		return [...groups]
			.filter(([name]) => isDeclared(name) || !this.isProtocolParameter(name, place))
			.map(([name, values]) => this.readText(place, { group: schema, name, texts: values }));
	}

	private keyOf(schema: Schema, name: string): string {
		const members = Object.entries(schema.properties ?? {});
		const aliased = members.find(([, member]) => member['x-aliases']?.includes(name));
		return aliased?.[0] ?? name;
	}

	/** Reads a parameter that is sent as text, once or several times. */
	private readText(
		place: Place,
		{ group, name, texts }: { group: Schema; name: string; texts: string[] },
	): SentParameter {
		const key = this.keyOf(group, name);
		const schema = this.resolve(group.properties?.[key] ?? {});
		const list = this.match.parameters.find((p) => p.in === place && p.name === key)?.list;
		const violations: Violation[] = [];
		const report = (rule: Rule, message: string): void => {
			violations.push({ parameter: name, rule, message });
		};
		const base = { key, name, place, isText: true, violations };
		if (list === undefined || list === 'json') {
			const isKnown = group.properties?.[key] !== undefined;
			if (isKnown && texts.length > 1) report('repeated', `${name} is given more than once`);
			const [value, instance] = this.readValue(schema, texts[0] ?? '');
			if (instance === undefined) report('type', `${name} must be JSON text`);
			return { ...base, isRepeated: false, value, instance };
		}
		if (list === 'comma' && texts.length > 1) {
			report('encoding', `${name} takes its values in one text, separated by commas`);
		}
		if (list === 'repeat' && texts.some((text) => text.includes(','))) {
			report('encoding', `${name} takes one value each time it is given, no commas`);
		}
		const items = list === 'repeat' ? texts : texts.flatMap((text) => text.split(','));
		const read = items.map((item) => this.readValue(this.resolve(schema.items ?? {}), item));
		return {
			...base,
			isRepeated: true,
			value: read.map(([value]) => value),
			instance: read.map(([, instance]) => instance ?? null),
		};
	}

	/**
	 * Reads one text by its schema. A text that does not match stays text and fails validation;
	 * undefined means malformed JSON.
	 */
	private readValue(schema: Schema, text: string): [JsonValue, Instance | undefined] {
		const types = [schema.type ?? []].flat();
		if (types.includes('object') || types.includes('array')) {
			const value = tryParseJson(text);
			return value === undefined ? [text, undefined] : [value, toInstance(value)];
		}
		if (types.includes('integer') && BARE_DIGITS.test(text)) return [text, BigInt(text)];
		if (types.includes('number') && /^-?\d+(\.\d+)?$/.test(text)) {
			return [text, toInstance(new LosslessNumber(text))];
		}
		if (types.includes('boolean')) {
			const isBoolean = text === 'true' || text === 'false';
			return [text === 'true', isBoolean ? text === 'true' : text];
		}
		return [text, text];
	}

	private bodySchema(mediaType: string): Schema {
		const { requestBody } = this.match.route.routed.operation;
		const { content = {} } = requestBody ?? {};
		return (content[mediaType] ?? Object.values(content)[0])?.schema ?? {};
	}

	private validateBody(): void {
		const schema = this.bodySchema(this.request.mediaType);
		if (this.match.contentTypes.length > 0) {
			this.validate('body', schema, this.readBody(schema));
		} else if (this.request.body.length > 0) {
			const { method, bodyText } = this.request;
			// Many clients send {} with every POST.
			const isEmptyObject = method !== 'GET' && bodyText.trim() === '{}';
			if (!isEmptyObject) this.report('', 'body', `${method} takes no body here`);
		}
	}

	private readBody(schema: Schema): SentParameter[] {
		const { contentTypes } = this.match;
		const { body, mediaType, form, parts } = this.request;
		const kind = contentTypes.find((type) => MEDIA_TYPES[type] === mediaType);
		const isKnownType = Object.values<string>(MEDIA_TYPES).includes(mediaType);
		if (body.length === 0) {
			const needsJson = contentTypes[0] === 'json' && (kind === 'json' || !isKnownType);
			if (needsJson) this.report('', 'body', 'a JSON body is expected, at least {}');
			return [];
		}
		if (kind === 'json') return this.readJson(schema);
		if (kind === 'form') return this.readPairs('body', schema, form ?? []);
		if (kind === 'multipart') {
			if (parts) return this.readParts(schema, parts);
			this.report('', 'body', 'the body is not well-formed multipart/form-data');
			return [];
		}
		const accepted = contentTypes.map((type) => MEDIA_TYPES[type]).join(' or ');
		const given = mediaType || 'no content type';
		this.report('', 'contentType', `the body must be ${accepted}, not ${given}`);
		return [];
	}

	private readJson(schema: Schema): SentParameter[] {
		const { json } = this.request;
		if (!isObject(json)) {
			const fault = json === undefined ? 'is not well-formed JSON' : 'must be a JSON object';
			this.report('', 'body', `the body ${fault}`);
			return [];
		}
		const base = { place: 'body', isText: false, isRepeated: false, violations: [] };
		return Object.entries(json).map(([name, value]) => {
			const key = this.keyOf(schema, name);
			return { ...base, key, name, value, instance: toInstance(value) };
		});
	}

	private readParts(schema: Schema, parts: Part[]): SentParameter[] {
		const texts = parts.filter(({ filename }) => filename === undefined);
		const files = parts.filter(({ filename }) => filename !== undefined);
		const pairs = texts.map((part): Pair => [part.name, part.bytes.toString('utf8')]);
		return [
			...this.readPairs('body', schema, pairs),
			...files.map((part) => this.readFile(schema, part)),
		];
	}

	private readFile(schema: Schema, part: Part): SentParameter {
		const { name } = part;
		const base = { key: name, name, place: 'body', isText: true, isRepeated: false };
		const member = schema.properties?.[name];
		if (member?.format === 'binary') {
			this.files.set(name, part);
			return { ...base, value: undefined, instance: part, violations: [] };
		}
		const message = `${name} must be text, not a file`;
		const violations: Violation[] = member ? [{ parameter: name, rule: 'type', message }] : [];
		return { ...base, value: undefined, instance: undefined, violations };
	}
}

/** Validates a request against its endpoint and reads its parameters. */
export function validateRequest(
	match: EndpointMatch,
	request: SandboxRequest,
	isProtocolParameter: ProtocolParameterTest = () => false,
): ValidationResult {
	return new RequestValidator(match, request, isProtocolParameter).run();
}

/** Returns every violation of the contract; empty for a valid request. */
export function findViolations(
	match: EndpointMatch,
	request: SandboxRequest,
	isProtocolParameter?: ProtocolParameterTest,
): Violation[] {
	return validateRequest(match, request, isProtocolParameter).violations;
}
