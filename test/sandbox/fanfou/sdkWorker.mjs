/*
 * Runs fanfou-sdk, an ES module, in its own process. The first argument holds the options (JSON).
 * Each input line is one call, `["createStatus", {"status": "…"}]`, and each output line its result,
 * `{"value": …}` or `{"error": "…"}`. An argument `{"$file": "/path"}` becomes a read stream.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Fanfou from 'fanfou-sdk';

const { rewrites, ...options } = JSON.parse(process.argv[2] ?? '{}');
const client = new Fanfou({
	...options,
	hooks: {
		baseString: (text) =>
			rewrites.reduce((base, [from, to]) => base.replace(encodeURIComponent(from), to), text),
	},
});

function read(value) {
	if (typeof value !== 'object' || value === null) return value;
	if (value.$file !== undefined) return createReadStream(value.$file);
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, read(item)]));
}

for await (const line of createInterface({ input: process.stdin })) {
	const [method, ...parameters] = JSON.parse(line);
	let answer;
	try {
		const value = await client[method](...parameters.map(read));
		const { oauthToken, oauthTokenSecret } = client;
		answer = { value: value === client ? { oauthToken, oauthTokenSecret } : value };
	} catch (thrown) {
		answer = { error: thrown.message };
	}
	process.stdout.write(`${JSON.stringify(answer)}\n`);
}
