import type { INodeExecutionData } from 'n8n-workflow';
import { stringify } from 'lossless-json';
import { tryParseJson } from '../../sandbox/core/json';
import type { LoggedRequest } from '../../sandbox/core/requestLog';
import type { Sandbox } from '../../sandbox/index';

/** What the docs show of an operation: its requests, and the first item that it returns. */
export interface RecordedExample {
	/** Method, path, query and body. JSON bodies are indented. */
	requests: string[];
	output: unknown;
	/** The files of the item, by the field that holds them. */
	files?: Record<string, string>;
	/** Whether long lists or nested objects were cut. */
	isShortened?: true;
}

const MAX_REQUESTS = 4;
const MAX_BODY_CHARACTERS = 1200;
/** Objects at this depth and below show only their first members. */
const CUT_DEPTH = 2;
const MAX_NESTED_MEMBERS = 6;

/** Values that differ between two runs, and what the docs show instead. */
const VARIABLE: Array<[pattern: RegExp, replacement: string]> = [
	// IDs of messages made during the run; those of the sample data begin with other digits.
	[/\b9\d{17}\b/g, '967546073612550235'],
	[/(?<=uploadId=|uploadId": ?"|uploads\/)[\w-]{43}/g, 'example-upload'],
	[/([?&])X-Amz-[^"\s]*/g, '$1X-Amz-Signature=…'],
	[/127\.0\.0\.1:\d+/g, 'sandbox.example'],
	[/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
	[/\d{4}-\d\d-\d\dT\d\d[:%3A]+\d\d[:%3A]+\d\d(\.\d+)?(Z|\+00:00)/g, '2026-01-15T12:00:00.000Z'],
	[/\b20\d\d-\d\d-\d\d(?!T)\b/g, '2026-01-15'],
];

/** Returns a text that is the same in every run. */
export const stable = (text: string): string =>
	VARIABLE.reduce((result, [pattern, value]) => result.replace(pattern, value), text);

/** Returns a value with only the start of its lists and deep objects. */
function shorten(value: unknown, depth = 0): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map((entry) => shorten(entry, depth + 1));
	if (typeof value !== 'object' || value === null) return value;
	const members = Object.entries(value);
	const shown = depth < CUT_DEPTH ? members : members.slice(0, MAX_NESTED_MEMBERS);
	return Object.fromEntries(shown.map(([name, member]) => [name, shorten(member, depth + 1)]));
}

/** Replaces the values of the sandbox's state, which changes with the time, as the contract's examples. */
function neutral(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(neutral);
	if (typeof value === 'number') return 1;
	if (typeof value === 'boolean') return true;
	if (typeof value === 'string') {
		if (/^https?:/.test(value)) return 'https://example.com/file.jpg';
		return /^[0-9a-f]{8}-|^\d{4}-/.test(value) ? value : 'text';
	}
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, neutral(member)]));
}

function bodyOf({ bodyText, parts = [] }: LoggedRequest): string {
	if (parts.length > 0) {
		return parts
			.map(({ name, text, filename }) => `${name}: ${text ?? `(file ${filename ?? name})`}`)
			.join('\n');
	}
	const json = tryParseJson(bodyText);
	const text = json === undefined ? bodyText : (stringify(json, null, 2) ?? '');
	return text.length > MAX_BODY_CHARACTERS ? bodyText.slice(0, MAX_BODY_CHARACTERS) : text;
}

function requestText(entry: LoggedRequest): string {
	const { method, path, query } = entry;
	const ownPath = path
		.replace(/^\/fanbook\/api\/bot\/[^/]+(?=\/)/, '')
		.replace(/^\/(fanvue|fanfou|fanbook)(?=\/)/, '');
	const pairs = query.map(([name, value]) => `${name}=${value}`).join('&');
	const line = `${method} ${ownPath}${pairs === '' ? '' : `?${pairs}`}`;
	return stable([line, bodyOf(entry)].filter((part) => part !== '').join('\n\n'));
}

/** Returns the requests since the log was cleared, and the first of the items they led to. */
export function recordExample(sandbox: Sandbox, items: INodeExecutionData[]): RecordedExample {
	const [first] = items;
	const whole: unknown = JSON.parse(stable(JSON.stringify(first?.json ?? {})));
	const output = shorten(sandbox.examples.enabled ? whole : neutral(whole));
	const files = Object.entries(first?.binary ?? {}).map(([field, { fileName, mimeType }]) => [
		field,
		`${fileName ?? field} (${mimeType})`,
	]);
	const isShortened = JSON.stringify(shorten(whole)) !== JSON.stringify(whole);
	return {
		requests: sandbox.requestLog.entries().slice(0, MAX_REQUESTS).map(requestText),
		output,
		...(files.length > 0 ? { files: Object.fromEntries(files) } : {}),
		...(isShortened ? { isShortened } : {}),
	};
}
