import type { BodyKind, EndpointMatch, Parameter, Place } from './contract';
import { isObject, type JsonValue } from './json';
import { Parameters } from './parameters';
import { percentDecode } from './percentDecode';
import type { Pair, Part, SandboxRequest } from './request';
import { checkItems, checkJson, readText, type Report, type Violation } from './valueChecks';

export type { Rule, Violation } from './valueChecks';

export interface ValidationResult {
	violations: Violation[];
	parameters: Parameters;
}

/** Returns whether a name belongs to the protocol and not to the endpoint (oauth_*). */
export type ProtocolParameterTest = (name: string, place: Place) => boolean;

const KINDS: Record<string, BodyKind> = {
	'application/json': 'json',
	'application/x-www-form-urlencoded': 'form',
	'multipart/form-data': 'multipart',
};
const MEDIA_TYPES: Record<BodyKind, string> = {
	json: 'application/json',
	form: 'application/x-www-form-urlencoded',
	multipart: 'multipart/form-data',
};

class RequestValidator {
	readonly violations: Violation[] = [];
	readonly values = new Map<string, JsonValue>();
	readonly files = new Map<string, Part>();

	constructor(
		private readonly match: EndpointMatch,
		private readonly request: SandboxRequest,
		private readonly ignores: ProtocolParameterTest,
	) {}

	private readonly report: Report = (parameter, rule, message) => {
		this.violations.push({ parameter, rule, message });
	};

	run(): ValidationResult {
		this.readPath();
		this.readPairs('query', this.request.query);
		this.readBody();
		this.requireAll();
		return {
			violations: this.violations,
			parameters: new Parameters(this.values, this.files),
		};
	}

	private find(place: Place, name: string): Parameter | undefined {
		return this.match.parameters.find(
			(parameter) =>
				parameter.in === place &&
				(parameter.name === name || (parameter.aliases?.includes(name) ?? false)),
		);
	}

	private readPath(): void {
		for (const [name, encoded] of Object.entries(this.match.pathValues)) {
			const parameter = this.find('path', name);
			if (!parameter) continue;
			const text = percentDecode(encoded);
			if (text === undefined) {
				this.report(name, 'encoding', `${name} is not percent-encoded UTF-8`);
			} else {
				this.values.set(name, readText(parameter, text, name, this.report));
			}
		}
	}

	private readPairs(place: Place, pairs: Pair[]): void {
		const groups = new Map<string, string[]>();
		for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
		for (const [name, values] of groups) {
			const parameter = this.find(place, name);
			if (parameter) this.readGroup(parameter, name, values);
			else if (!this.ignores(name, place)) {
				this.report(name, 'unknown', `${name} is not a ${place} parameter of this call`);
			}
		}
	}

	private readGroup(parameter: Parameter, name: string, values: string[]): void {
		const { list } = parameter;
		if (list === undefined || list === 'json') {
			if (values.length > 1) this.report(name, 'repeated', `${name} is given more than once`);
			this.values.set(parameter.name, readText(parameter, values[0] ?? '', name, this.report));
			return;
		}
		if (list === 'comma' && values.length > 1) {
			this.report(name, 'encoding', `${name} takes its values in one text, separated by commas`);
		}
		if (list === 'repeat' && values.some((value) => value.includes(','))) {
			this.report(name, 'encoding', `${name} takes one value each time it is given, no commas`);
		}
		const items = list === 'repeat' ? values : values.flatMap((value) => value.split(','));
		checkItems(parameter, items.length, name, this.report);
		const read = items.map((item) => readText(parameter, item, name, this.report));
		this.values.set(parameter.name, read);
	}

	private readBody(): void {
		const { contentTypes } = this.match;
		const { request } = this;
		const expected = contentTypes[0];
		const kind = KINDS[request.mediaType];
		if (request.body.length === 0) {
			const needsJson = expected === 'json' && (kind === undefined || kind === 'json');
			if (needsJson) this.report('', 'body', 'a JSON body is expected, at least {}');
			return;
		}
		if (expected === undefined) {
			// Many clients send {} with every POST.
			const isEmptyObject = request.method !== 'GET' && request.bodyText.trim() === '{}';
			if (!isEmptyObject) this.report('', 'body', `${request.method} takes no body here`);
			return;
		}
		if (kind === undefined || !contentTypes.includes(kind)) {
			const wanted = contentTypes.map((type) => MEDIA_TYPES[type]).join(' or ');
			const given = request.mediaType || 'no content type';
			this.report('', 'contentType', `the body must be ${wanted}, not ${given}`);
		} else if (kind === 'json') this.readJsonBody();
		else if (kind === 'form') this.readPairs('body', request.form ?? []);
		else this.readParts();
	}

	private readJsonBody(): void {
		const { json } = this.request;
		if (json === undefined) {
			this.report('', 'body', 'the body is not well-formed JSON');
			return;
		}
		if (!isObject(json)) {
			this.report('', 'body', 'the body must be a JSON object');
			return;
		}
		for (const [name, value] of Object.entries(json)) {
			const parameter = this.find('body', name);
			if (!parameter) {
				this.report(name, 'unknown', `${name} is not a body parameter of this call`);
				continue;
			}
			checkJson(parameter, value, name, this.report);
			this.values.set(parameter.name, value);
		}
	}

	private readParts(): void {
		const { parts } = this.request;
		if (parts === undefined) {
			this.report('', 'body', 'the body is not well-formed multipart/form-data');
			return;
		}
		const isFile = (part: Part): boolean => part.filename !== undefined;
		const texts = parts.filter((part) => !isFile(part));
		this.readPairs(
			'body',
			texts.map((part) => [part.name, part.bytes.toString('utf8')]),
		);
		for (const part of parts.filter(isFile)) {
			const parameter = this.find('body', part.name);
			if (!parameter) this.report(part.name, 'unknown', `${part.name} is not a part of this call`);
			else if (parameter.type !== 'file') {
				this.report(part.name, 'type', `${part.name} must be text, not a file`);
			} else if (part.bytes.length === 0) {
				this.report(part.name, 'length', `${part.name} is an empty file`);
			} else this.files.set(part.name, part);
		}
	}

	private requireAll(): void {
		const given = (name: string): boolean => this.values.has(name) || this.files.has(name);
		for (const { name, required, ...parameter } of this.match.parameters) {
			const reported = this.violations.some((violation) => violation.parameter === name);
			if (required && !given(name) && !reported) {
				this.report(name, 'missing', `${name} is required in the ${parameter.in}`);
			}
		}
		for (const group of this.match.endpoint.oneOf ?? []) {
			if (!group.some(given)) {
				this.report(group.join('|'), 'oneOf', `one of ${group.join(' and ')} is required`);
			}
		}
	}
}

/** Validates a request against its endpoint and reads its parameters. */
export function validateRequest(
	match: EndpointMatch,
	request: SandboxRequest,
	ignores: ProtocolParameterTest = () => false,
): ValidationResult {
	return new RequestValidator(match, request, ignores).run();
}

/** Returns every violation of the contract; empty for a valid request. */
export function findViolations(
	match: EndpointMatch,
	request: SandboxRequest,
	ignores?: ProtocolParameterTest,
): Violation[] {
	return validateRequest(match, request, ignores).violations;
}
