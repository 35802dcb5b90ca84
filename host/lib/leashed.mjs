/**
 * Runs a program that is not Node.js (a database, say) as a child on a leash: `node --import leash.mjs
 * leashed.mjs program args…`. It ends when the program ends, and ends the program when it is told to.
 */
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
// A leash that was let go exits after a grace period; the program goes with it.
process.on('exit', () => child.kill('SIGKILL'));
child.on('error', (reason) => {
	process.stderr.write(`${program}: ${reason.message}\n`);
	process.exit(127);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
