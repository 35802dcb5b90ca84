import { NodeFailure } from './errors';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Method and path exactly as documented, with path parameters as `:name`. */
export type Endpoint = `${Method} ${string}`;

/** How a request body is written. */
export type Encoding = 'json' | 'form' | 'multipart';

/**
 * Splits an endpoint into its method and its path without a leading slash.
 *
 * @throws NodeFailure when the method is unknown or the path is missing
 */
export function parseEndpoint(endpoint: string): { method: Method; path: string } {
	const [method, path] = endpoint.split(' ', 2);
	if (path === undefined || !isMethod(method)) {
		throw new NodeFailure(`Unknown endpoint ${endpoint}`);
	}
	return { method, path: path.replace(/^\/+/, '') };
}

function isMethod(text: string | undefined): text is Method {
	return text !== undefined && ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(text);
}

/** Returns the names of the parameters in a path such as `chats/:userUuid/message`. */
export function pathParameterNames(path: string): string[] {
	return [...path.matchAll(/:([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
}
