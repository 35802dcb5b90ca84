import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * The program that runs the parts of the measurements that need a real n8n. It starts with the first
 * part, and its n8n with the first part that needs one.
 */

const replySchema = z.object({
	id: z.number(),
	result: z.unknown(),
	error: z.string().optional(),
});

let child: ChildProcess | undefined;
let requests = 0;

function start(): ChildProcess {
	const started = fork(join(__dirname, 'host.mjs'), { execArgv: [] });
	started.setMaxListeners(0);
	return started;
}

/**
 * Runs a part of host/ and returns its result.
 *
 * @throws when the part fails or the program ends
 */
export async function runInHost<Result>(
	part: string,
	input: object,
	schema: z.ZodType<Result>,
): Promise<Result> {
	child ??= start();
	const host = child;
	requests += 1;
	const id = requests;
	return await new Promise<Result>((resolve, reject) => {
		const onExit = (code: number | null) =>
			finish(() => reject(new Error(`The program with n8n ended with code ${String(code)}`)));
		const onMessage = (message: unknown) => {
			const reply = replySchema.safeParse(message);
			if (!reply.success || reply.data.id !== id) return;
			const { error, result } = reply.data;
			finish(() => {
				if (error !== undefined) reject(new Error(error));
				else resolve(schema.parse(result));
			});
		};
		const finish = (settle: () => void) => {
			host.off('message', onMessage);
			host.off('exit', onExit);
			settle();
		};
		host.on('message', onMessage);
		host.once('exit', onExit);
		host.send({ id, part, input });
	});
}

/** Stops n8n, if it was started. */
export async function stopHost(): Promise<void> {
	const host = child;
	child = undefined;
	if (host === undefined || host.exitCode !== null) return;
	const exited = new Promise((resolve) => host.once('exit', resolve));
	host.disconnect();
	await exited;
}
