import type { SandboxRequest } from '../core/request';
import type { Replies } from '../core/service';

/** Statuses with an `{error}` body. All others have `{message}`. */
const WITH_ERROR = new Set([401, 403, 429]);

/** Creates the service's error responses. `expire` expires the token of a request. */
export function createReplies(expire: (request: SandboxRequest) => void): Replies {
	return {
		violations: (violations, _request, match) => {
			const isInPath = (name: string): boolean => name in match.pathValues;
			const inPath = violations.find(({ parameter }) => isInPath(parameter));
			const message = `Validation failed: ${inPath?.message ?? ''}`;
			if (inPath) return { status: 400, json: { message } };
			return { status: 400, json: { errors: violations.map((violation) => violation.message) } };
		},
		unknownRoute: ({ method, path }) => ({
			status: 404,
			json: { message: `Cannot ${method} ${path}` },
		}),
		failure: (status, message) => ({
			status,
			json: WITH_ERROR.has(status) ? { error: message } : { message },
		}),
		rateLimited: (seconds) => ({
			status: 429,
			headers: { 'retry-after': String(seconds) },
			json: { error: 'Too Many Requests' },
		}),
		expiredToken: (request) => {
			expire(request);
			return { status: 401, json: { error: 'Unauthorized' } };
		},
	};
}
