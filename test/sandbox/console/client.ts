import { request as httpRequest } from 'node:http';
import type { Sandbox } from '../../../sandbox';
import { isObject } from '../../../sandbox/core/json';

export interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	/** The parsed body; undefined if it is not JSON. */
	json: unknown;
}

function tryParse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Sends a request with exactly these headers, `host` and `origin` included. */
export async function send(
	sandbox: Sandbox,
	method: string,
	path: string,
	{ headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
	return await new Promise((resolve, reject) => {
		const options = { host: '127.0.0.1', port: sandbox.port, method, path, headers };
		const sent = httpRequest(options, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			response.on('end', () => {
				const { statusCode: status = 0 } = response;
				resolve({ status, headers: response.headers, text, json: tryParse(text) });
			});
		});
		sent.on('error', reject);
		sent.end(body === undefined ? undefined : JSON.stringify(body));
	});
}

export async function get(sandbox: Sandbox, path: string): Promise<unknown> {
	return (await send(sandbox, 'GET', `/_admin/${path}`)).json;
}

/** Lets a person act and returns the number of the action. */
export async function act(
	sandbox: Sandbox,
	path: string,
	body: Record<string, unknown> = {},
): Promise<number> {
	const answer = await send(sandbox, 'POST', `/_admin/${path}`, { body });
	if (answer.status !== 200) throw new Error(answer.text);
	return Number(answer.headers['x-sandbox-action']);
}

export function record(value: unknown): Record<string, unknown> {
	if (!isObject(value)) throw new TypeError('not an object');
	return value;
}

export function list(value: unknown): Array<Record<string, unknown>> {
	if (!Array.isArray(value)) throw new TypeError('not a list');
	return value.map(record);
}

export interface ServerEvent {
	event: string;
	data: unknown;
}

/** Reads server-sent events. */
export class EventReader {
	private constructor(
		private readonly events: AsyncGenerator<ServerEvent>,
		private readonly abort: AbortController,
	) {}

	static async open(sandbox: Sandbox): Promise<EventReader> {
		const abort = new AbortController();
		const response = await fetch(`${sandbox.url}/_admin/console/events`, { signal: abort.signal });
		if (response.headers.get('content-type') !== 'text/event-stream; charset=utf-8') {
			throw new TypeError('not an event stream');
		}
		return new EventReader(readEvents(response), abort);
	}

	/** Returns the next event with a name; others are skipped. */
	async next(name: string): Promise<ServerEvent> {
		for (;;) {
			const { value, done } = await this.events.next();
			if (done) throw new Error('The stream has ended');
			if (value.event === name) return value;
		}
	}

	close(): void {
		this.abort.abort();
	}
}

async function* readEvents(response: Response): AsyncGenerator<ServerEvent> {
	let text = '';
	const decoder = new TextDecoder();
	const reader = response.body?.getReader();
	for (;;) {
		const { value, done = true } = (await reader?.read()) ?? {};
		if (done) return;
		text += decoder.decode(value, { stream: true });
		const blocks = text.split('\n\n');
		text = blocks.pop() ?? '';
		for (const block of blocks) {
			const event = /^event: (.*)$/m.exec(block)?.[1];
			const data = /^data: (.*)$/m.exec(block)?.[1];
			if (event !== undefined) yield { event, data: tryParse(data ?? 'null') };
		}
	}
}
