import { ApiError, type Reply } from '../core/service';

/** Returns the error for invalid input: `{errors: [...]}`. */
export function validationError(...errors: string[]): ApiError {
	return new ApiError({ status: 400, json: { errors } });
}

/** Returns the error for valid input that cannot be processed: `{message}`. */
export function badRequest(message: string): ApiError {
	return new ApiError({ status: 400, json: { message } });
}

export function unauthorized(): ApiError {
	return new ApiError({ status: 401, json: { error: 'Unauthorized' } });
}

export function forbidden(error: string): ApiError {
	return new ApiError({ status: 403, json: { error } });
}

export function notFound(what: string): ApiError {
	return new ApiError({ status: 404, json: { message: `${what} not found` } });
}

export function conflict(message: string): ApiError {
	return new ApiError({ status: 409, json: { message } });
}

export function ok(json: unknown): Reply {
	return { json };
}

export function created(json: unknown): Reply {
	return { status: 201, json };
}

export const NO_CONTENT: Reply = { status: 204 };

/** Formats a time as ISO 8601 in UTC with milliseconds. Null stays null. */
export function iso(ms: number): string;
export function iso(ms: number | null): string | null;
export function iso(ms: number | null): string | null {
	return ms === null ? null : new Date(ms).toISOString();
}
