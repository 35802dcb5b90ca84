/** Describes errors to people. */

/**
 * Returns the message of an error followed by the messages of its causes. `fetch` fails with nothing but
 * "fetch failed", and only the cause holds the reason.
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

/**
 * What a start can fail with, and one sentence with the way out. The first that matches the message of an
 * error applies.
 *
 * @type {Array<{ pattern: RegExp, advice: string }>}
 */
const ADVICE = [
	{
		pattern: /ENOSPC|no space left/i,
		advice: 'The disk is full. n8n needs about 3 GB: free some space and start again.',
	},
	{
		pattern: /gyp ERR|node-gyp|not found: make|no C\+\+ compiler|g\+\+: not found/i,
		advice:
			'A package had to be compiled and there is no compiler. Install Python 3, make and a C++ compiler, and start again.',
	},
	{
		pattern:
			/ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNRESET.*registry|ETIMEDOUT.*registry|ERR_SOCKET_TIMEOUT|network request to .* failed/i,
		advice:
			'The package registry cannot be reached. Check the network or the proxy of npm, and start again: packages that are already downloaded are kept.',
	},
	{
		pattern: /EADDRINUSE|No port between/i,
		advice:
			'The port is in use by another program. Choose another one: npm start -- --port 6000 --sandbox-port 6100',
	},
];

/**
 * @param {unknown} error
 * @returns {string | undefined} one sentence with the way out, if the cause is known
 */
export function adviceFor(error) {
	const message = `${codeOf(error) ?? ''} ${describeError(error)}`.replaceAll('\n', ' ');
	return ADVICE.find(({ pattern }) => pattern.test(message))?.advice;
}

/**
 * @param {string} version of Node.js, e.g. `20.19.0`
 * @param {string} required e.g. `>=20.19`
 * @returns {string | undefined} one sentence with the way out if the version is too old
 */
export function adviceForNode(version, required) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = required
		.replace(/[^\d.]/g, '')
		.split('.')
		.map(Number);
	if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
	return `This is Node.js ${version}, which is too old. Install Node.js ${wantedMajor}.${wantedMinor} or later from https://nodejs.org and start again.`;
}
