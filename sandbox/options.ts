import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SERVICE_NAMES, type ServiceName } from './core/contract';
import { createPresetFault, FAULT_PRESETS } from './core/faultPresets';
import type { Fault } from './core/faults';
import { isObject, parseJson, type JsonObject } from './core/json';

/** Something that a person does at the start. */
export interface SeedAction {
	service: ServiceName;
	action: string;
	input: JsonObject;
}

export interface MainOptions {
	help: boolean;
	port: number;
	quiet: boolean;
	faults: Fault[];
	seed: SeedAction[];
}

export const DEFAULT_PORT = 5780;

export const HELP = `Runs Fanvue, Fanfou and Fanbook on this machine, without an account.

Usage: npm run sandbox -- [options]

  --port <number>   Port on 127.0.0.1; 0 selects a free one (default ${DEFAULT_PORT})
  --seed <file>     JSON file with actions of people to run at the start:
                    [{ "service": "fanbook", "action": "say", "input": { ... } }]
  --faults <list>   Faults to begin with, for all services or for one,
                    for example "slow" or "fanvue:429,fanbook:503".
                    Known: ${Object.keys(FAULT_PRESETS).join(', ')}
  --quiet           Print no line for each request
  --help            Print this text

The console is at the printed address. See docs/sandbox.md.`;

function findService(name: unknown): ServiceName | undefined {
	return SERVICE_NAMES.find((service) => service === name);
}

function readPort(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		throw new RangeError('--port must be a number from 0 to 65535');
	}
	return port;
}

function readFaults(text: string): Fault[] {
	const items = text.split(',').map((item) => item.trim());
	return items
		.filter((item) => item !== '')
		.map((item) => {
			const [first = '', preset] = item.split(':');
			if (preset === undefined) return createPresetFault(first, undefined);
			const service = findService(first);
			if (!service) throw new TypeError(`--faults: there is no service "${first}"`);
			return createPresetFault(preset, service);
		});
}

function readSeed(file: string): SeedAction[] {
	let actions: unknown;
	try {
		actions = parseJson(readFileSync(file, 'utf8'));
	} catch (thrown) {
		const reason = thrown instanceof Error ? thrown.message : String(thrown);
		throw new TypeError(`--seed: "${file}" cannot be read as JSON: ${reason}`);
	}
	if (!Array.isArray(actions)) throw new TypeError(`--seed: "${file}" must be a list of actions`);
	return actions.map((item: unknown, index) => {
		const { service: name, action, input = {} } = isObject(item) ? item : {};
		const service = findService(name);
		if (!service || typeof action !== 'string' || !isObject(input)) {
			const expected = '{ "service", "action", "input" }';
			throw new TypeError(`--seed: entry ${index + 1} must have the form ${expected}`);
		}
		return { service, action, input };
	});
}

/** Reads the command line. Throws an Error that states the option and the allowed values. */
export function readOptions(args: string[]): MainOptions {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: String(DEFAULT_PORT) },
			seed: { type: 'string' },
			faults: { type: 'string', default: '' },
			quiet: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	return {
		help: values.help,
		port: readPort(values.port),
		quiet: values.quiet,
		faults: readFaults(values.faults),
		seed: values.seed === undefined ? [] : readSeed(values.seed),
	};
}
