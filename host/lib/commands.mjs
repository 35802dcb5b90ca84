/** Commands that run to their end: npm, the build, the tests. Long-lived ones are in processes.mjs. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const TAIL_LINES = 25;
const NPM_SAYS = /^npm (?:error|ERR!) \S/;

const running = new Set();
// Whatever ends this process ends what it was waiting for.
process.on('exit', () => {
	for (const child of running) child.kill('SIGTERM');
});

/** A command that ended with another code than 0. `tail` holds its last lines of output. */
export class CommandFailed extends Error {
	constructor(command, code, tail) {
		super(`"${command}" ended with code ${code}.\n${tail}`);
		this.code = code;
		this.tail = tail;
	}
}

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {Record<string, string | undefined>} [options.env] the whole environment
 * @param {string} [options.log] file that gets all output
 * @param {boolean} [options.show] pass the output on to the terminal as well
 * @param {(line: string) => void} [options.onLine] sees each line of output
 * @returns {Promise<string>} standard output
 * @throws {CommandFailed} when it ends with another code than 0
 */
export function run(program, args, { cwd, env = process.env, log, show, onLine, shell = false }) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
		running.add(child);
		if (log) mkdirSync(dirname(log), { recursive: true });
		const file = log && createWriteStream(log, { flags: 'a' });
		file?.write(`\n> ${[program, ...args].join(' ')}\n`);
		const output = [];
		const tail = [];
		// npm says first what is wrong and then, at length, how it is used.
		const said = [];
		for (const [stream, terminal] of [
			[child.stdout, process.stdout],
			[child.stderr, process.stderr],
		]) {
			let rest = '';
			stream.setEncoding('utf8');
			stream.on('data', (text) => {
				if (stream === child.stdout) output.push(text);
				file?.write(text);
				if (show) terminal.write(text);
				const lines = (rest + text).split(/\r?\n/);
				rest = lines.pop() ?? '';
				for (const line of lines) {
					tail.push(line);
					if (tail.length > TAIL_LINES) tail.shift();
					if (NPM_SAYS.test(line) && said.length < TAIL_LINES) said.push(line);
					onLine?.(line);
				}
			});
			stream.on('end', () => {
				if (rest) tail.push(rest);
				if (rest) onLine?.(rest);
			});
		}
		const command = [program, ...args].join(' ');
		child.on('error', (reason) => {
			running.delete(child);
			reject(new CommandFailed(command, reason.code, reason.message));
		});
		child.on('close', (code) => {
			running.delete(child);
			file?.end();
			if (code === 0) resolve(output.join(''));
			else reject(new CommandFailed(command, code, (said.length > 0 ? said : tail).join('\n')));
		});
	});
}

/**
 * Runs npm: the same npm that started this script where there is one, else the one on PATH.
 *
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} options
 */
export function npm(args, options) {
	const script = process.env.npm_execpath;
	if (script && /npm-cli\.c?js$/.test(script))
		return run(process.execPath, [script, ...args], options);
	// On Windows npm is a .cmd file, which only a shell can start.
	return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** @returns {Promise<boolean>} whether `program --version` can be run */
export function available(program, args = ['--version']) {
	return run(program, args, { cwd: process.cwd() }).then(
		() => true,
		() => false,
	);
}
