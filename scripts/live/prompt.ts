import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Where a question is shown and answered. */
export interface Terminal {
	input: NodeJS.ReadableStream;
	output: NodeJS.WritableStream;
}

/** Asks for a line of text. A secret is not shown while it is typed. */
export async function ask(
	question: string,
	{ isSecret }: { isSecret: boolean },
	{ input, output }: Terminal,
): Promise<string> {
	// readline echoes what is typed to its output, so a secret gets one that discards everything.
	const echo = isSecret ? new Writable({ write: (_chunk, _encoding, done) => done() }) : output;
	output.write(question);
	const reader = createInterface({ input, output: echo, terminal: true });
	try {
		return (await reader.question('')).trim();
	} finally {
		reader.close();
		if (isSecret) output.write('\n');
	}
}
