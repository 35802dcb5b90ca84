/** Reads the options of `npm start` and `npm run dev` from flags and environment. */
import { parseArgs } from 'node:util';

const DEFAULT_PORTS = { n8n: 5678, sandbox: 5780 };

/**
 * @param {string} name of the flag
 * @param {string | undefined} text
 * @param {number} fallback
 * @returns {number} a port number
 */
function readPort(name, text, fallback) {
	if (text === undefined || text === '') return fallback;
	const number = Number(text);
	if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
	throw new Error(`"${text}" is not a port number. ${name} takes a number such as ${fallback}.`);
}

/**
 * @param {string[]} args e.g. `['--port', '6000', '--run', 'Fanfou: post and read the home timeline']`
 * @param {import('./types.ts').Environment} env N8N_PORT and SANDBOX_PORT apply where a flag is missing
 * @returns {{ ports: { n8n: number, sandbox: number }, run?: string, help: boolean }}
 */
export function readOptions(args, env) {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string' },
			'sandbox-port': { type: 'string' },
			run: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	return {
		ports: {
			n8n: readPort('--port', values.port ?? env.N8N_PORT, DEFAULT_PORTS.n8n),
			sandbox: readPort(
				'--sandbox-port',
				values['sandbox-port'] ?? env.SANDBOX_PORT,
				DEFAULT_PORTS.sandbox,
			),
		},
		run: values.run,
		help: values.help ?? false,
	};
}

export const HELP = `npm start                      install what is missing, then start n8n and the sandbox
npm start -- --port 6000       use another port for n8n (or set N8N_PORT); if it is in use, the next free one
npm start -- --sandbox-port N  use another port for the sandbox (or set SANDBOX_PORT)
npm start -- --run "<name>"    run one example workflow, print its output as JSON, and exit
npm run reset                  delete everything that npm start has stored`;
