/** Describes errors to people. */

/**
 * Returns the message of an error followed by the messages of its causes. `fetch` fails with nothing but
 * "fetch failed", and only the cause says why.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeError(error) {
	/** @type {string[]} */
	const messages = [];
	for (let current = error; current !== undefined; current = causeOf(current)) {
		const message = current instanceof Error ? current.message : String(current);
		if (message && !messages.includes(message)) messages.push(message);
	}
	return messages.join(': ');
}

/** @param {unknown} error */
function causeOf(error) {
	if (error instanceof AggregateError && error.message === '') return error.errors[0];
	return error instanceof Error ? error.cause : undefined;
}

/**
 * @param {unknown} error
 * @returns {string | undefined} the system's code of an error or of its cause, for example `ECONNRESET`
 */
export function codeOf(error) {
	for (let current = error; current instanceof Error; current = causeOf(current))
		if ('code' in current && typeof current.code === 'string') return current.code;
	return undefined;
}
