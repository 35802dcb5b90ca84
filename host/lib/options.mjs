/** What `npm start` and `npm run dev` can be told, by flag or environment. */
import { parseArgs } from 'node:util';

export const DEFAULT_PORTS = { n8n: 5678, sandbox: 5780 };

/** @returns {number} a port number @throws when it is none */
function port(name, text, preset) {
	if (text === undefined || text === '') return preset;
	const number = Number(text);
	if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
	throw new Error(`${name} takes a port number, for example ${preset}; "${text}" is none.`);
}

/**
 * @param {string[]} args e.g. `['--port', '6000', '--run', 'Fanfou: post and read the home timeline']`
 * @param {Record<string, string | undefined>} env N8N_PORT and SANDBOX_PORT count where no flag is given
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
			n8n: port('--port', values.port ?? env.N8N_PORT, DEFAULT_PORTS.n8n),
			sandbox: port(
				'--sandbox-port',
				values['sandbox-port'] ?? env.SANDBOX_PORT,
				DEFAULT_PORTS.sandbox,
			),
		},
		run: values.run,
		help: values.help,
	};
}

export const HELP = `npm start                      install what is missing, then start n8n and the sandbox
npm start -- --port 6000       another port for n8n (or set N8N_PORT); the next free one is taken
npm start -- --sandbox-port N  another port for the sandbox (or set SANDBOX_PORT)
npm start -- --run "<name>"    run one example workflow, print its output as JSON, and end
npm run reset                  forget everything that npm start has kept`;
