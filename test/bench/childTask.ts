import { fork } from 'node:child_process';
import { join } from 'node:path';

/**
 * Runs a TypeScript file of this folder in a process of its own: sends it a task and collects its messages
 * until it ends.
 *
 * @throws when it ends with an error
 */
export async function runChild<Message>(
	file: string,
	task: object,
	isMessage: (message: unknown) => message is Message,
): Promise<Message[]> {
	const child = fork(join(__dirname, file), {
		execArgv: ['--require', require.resolve('tsx/cjs')],
	});
	const messages: Message[] = [];
	child.on('message', (message) => {
		if (isMessage(message)) messages.push(message);
	});
	child.send(task);
	const code = await new Promise((resolve) => child.once('exit', resolve));
	if (code === 0) return messages;
	throw new Error(`${file} ended with code ${String(code)}: ${JSON.stringify(task)}`);
}

/** In the other process: runs the task that arrives, and ends with code 1 if that fails. */
export function serveTask<Task extends object>(measure: (task: Task) => Promise<void>): void {
	process.once('message', (task: Task) => {
		measure(task).then(
			() => process.exit(0),
			(error: unknown) => {
				console.error(error);
				process.exit(1);
			},
		);
	});
}
