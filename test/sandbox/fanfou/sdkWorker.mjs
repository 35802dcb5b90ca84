/**
 * Runs fanfou-sdk, an ES module, in a process of its own. The first argument holds its options as JSON.
 * Each line of input is one call, such as `["createStatus", {"status": "…"}]`, and each line of output is
 * its result: `{"value": …}` or `{"error": "…"}`. An argument `{"$file": "/path"}` becomes a read stream.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Fanfou from 'fanfou-sdk';

/** @type {{ rewrites: Array<[string, string]> } & Record<string, string>} */
const { rewrites, ...options } = JSON.parse(process.argv[2] ?? '{}');
const client = new Fanfou({
	...options,
	hooks: {
		baseString: (/** @type {string} */ text) =>
			rewrites.reduce((base, [from, to]) => base.replace(encodeURIComponent(from), to), text),
	},
});

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function readArgument(value) {
	if (typeof value !== 'object' || value === null) return value;
	if ('$file' in value) return createReadStream(String(value.$file));
	return Object.fromEntries(
		Object.entries(value).map(([name, item]) => [name, readArgument(item)]),
	);
}

for await (const line of createInterface({ input: process.stdin })) {
	/** @type {[string, ...unknown[]]} */
	const [method, ...parameters] = JSON.parse(line);
	let result;
	try {
		const call = Reflect.get(client, method);
		const value = await call.apply(client, parameters.map(readArgument));
		const { oauthToken, oauthTokenSecret } = client;
		result = { value: value === client ? { oauthToken, oauthTokenSecret } : value };
	} catch (error) {
		result = { error: error instanceof Error ? error.message : String(error) };
	}
	process.stdout.write(`${JSON.stringify(result)}\n`);
}
