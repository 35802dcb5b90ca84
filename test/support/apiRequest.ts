import type { INodeParameters } from 'n8n-workflow';
import type { Part, SandboxRequest } from '../../sandbox/core/request';

/** Parameters of API Request: a path that was typed in, and what else is given. */
export const request = (path: string, more: INodeParameters = {}): INodeParameters => ({
	path: { __rl: true, mode: 'path', value: path },
	...more,
});

/** Rows of a name and a value each, as the editor stores them. */
export const rows = (...given: Array<[string, string]>): INodeParameters => ({
	parameters: given.map(([name, value]) => ({ name, value })),
});

/** What arrived at an endpoint. */
export class Arrivals {
	readonly requests: SandboxRequest[] = [];

	/** Keeps a request. */
	add(request: SandboxRequest): void {
		this.requests.push(request);
	}

	/** Returns the parts of the last multipart body. */
	parts(): Part[] {
		return this.requests.at(-1)?.parts ?? [];
	}

	/** Returns the requests as `POST /path?a=1 body`. */
	lines(): string[] {
		return this.requests.map(({ method, rawUrl, bodyText }) =>
			`${method} ${rawUrl} ${bodyText}`.trim(),
		);
	}
}
