/**
 * Runs a program that is not Node.js, such as a database, so that it ends with the parent: `node --import
 * exitWithParent.mjs runProgram.mjs program args…`. Passes signals on to the program, and ends with it.
 */
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);
if (program === undefined) throw new Error('Usage: runProgram.mjs program [args…]');
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGINT', () => child.kill('SIGINT'));
// After the grace period of exitWithParent.mjs this process exits, and the program must not remain.
process.on('exit', () => child.kill('SIGKILL'));
child.on('error', (error) => {
	process.stderr.write(`${program}: ${error.message}\n`);
	process.exit(127);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
