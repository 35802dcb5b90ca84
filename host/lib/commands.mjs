/** Runs commands that end by themselves: npm, the build, the tests. Long-lived programs are in processes.mjs. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const TAIL_LINES = 25;
const NPM_ERROR = /^npm (?:error|ERR!) \S/;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
// A command must not outlive the script that runs it.
process.on('exit', () => {
	for (const child of running) child.kill('SIGTERM');
});

/** A command that ended with an exit code other than 0. `tail` holds the end of its output. */
export class CommandError extends Error {
	/**
	 * @param {string} command
	 * @param {number | string | null | undefined} code exit code, or the system's code if it did not start
	 * @param {string} tail
	 */
	constructor(command, code, tail) {
		super(`"${command}" ended with code ${code}.\n${tail}`);
		this.code = code;
		this.tail = tail;
	}
}

/**
 * @typedef {object} CommandOptions
 * @property {string} cwd
 * @property {import('./types.ts').Environment} [env] the whole environment
 * @property {string} [log] file to which all output is appended
 * @property {(line: string) => void} [onLine] is called with each line of output
 * @property {boolean} [shell]
 */

/**
 * Runs a program until it ends.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<string>} standard output
 * @throws {CommandError} if the exit code is not 0
 */
export function run(program, args, { cwd, env = process.env, log, onLine, shell = false }) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
		running.add(child);
		if (log) mkdirSync(dirname(log), { recursive: true });
		const file = log ? createWriteStream(log, { flags: 'a' }) : undefined;
		file?.write(`\n> ${[program, ...args].join(' ')}\n`);
		/** @type {string[]} */
		const output = [];
		/** @type {string[]} */
		const tail = [];
		// npm prints its errors first and then a long usage text, so they are kept apart.
		/** @type {string[]} */
		const npmErrors = [];
		for (const stream of [child.stdout, child.stderr]) {
			let rest = '';
			stream.setEncoding('utf8');
			stream.on('data', (/** @type {string} */ text) => {
				if (stream === child.stdout) output.push(text);
				file?.write(text);
				const lines = (rest + text).split(/\r?\n/);
				rest = lines.pop() ?? '';
				for (const line of lines) {
					tail.push(line);
					if (tail.length > TAIL_LINES) tail.shift();
					if (NPM_ERROR.test(line) && npmErrors.length < TAIL_LINES) npmErrors.push(line);
					onLine?.(line);
				}
			});
			stream.on('end', () => {
				if (rest) tail.push(rest);
				if (rest) onLine?.(rest);
			});
		}
		const command = [program, ...args].join(' ');
		child.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
			running.delete(child);
			reject(new CommandError(command, error.code, error.message));
		});
		child.on('close', (code) => {
			running.delete(child);
			file?.end();
			if (code === 0) resolve(output.join(''));
			else
				reject(
					new CommandError(command, code, (npmErrors.length > 0 ? npmErrors : tail).join('\n')),
				);
		});
	});
}

/**
 * Runs npm: the one that started this script if there is one, else the one on PATH.
 *
 * @param {string[]} args
 * @param {CommandOptions} options
 */
export function npm(args, options) {
	const script = process.env.npm_execpath;
	if (script && /npm-cli\.c?js$/.test(script))
		return run(process.execPath, [script, ...args], options);
	// On Windows npm is a .cmd file, which only a shell can start.
	return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * @param {string} program
 * @returns {Promise<boolean>} whether `program --version` can be run
 */
export function isAvailable(program) {
	return run(program, ['--version'], { cwd: process.cwd() }).then(
		() => true,
		() => false,
	);
}
