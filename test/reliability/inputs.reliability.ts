import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { virtualClock, virtualSleep } from '../support/virtualClock';
import { HOSTILE_VALUES } from './hostileValues';
import { PROGRAM_TEXT, type OperationCase, type PreparedOperation } from './judge';
import { SERVICES, type ServiceUnderTest } from './operations';
import { addRow, isReduced } from './support/rows.mjs';

jest.mock('@n8n/utils/sleep', () => ({ sleep: virtualSleep }));
jest.setTimeout(600_000);

/** Values that each parameter of each operation gets in one run; over all of them, every value is used. */
const VALUES_PER_PARAMETER = isReduced ? 1 : 12;
/** CPU time that an operation may take for one hostile value. */
const MAX_CPU_MS = 1_000;
const CPU_TIME = ' ms of CPU time';

/** A place for a value: a parameter, or a member of a collection. */
type Place = [name: string] | [collection: string, name: string];

function places(parameters: INodeParameters): Place[] {
	return Object.entries(parameters).flatMap(([name, value]): Place[] => {
		const isCollection =
			typeof value === 'object' && value !== null && !Array.isArray(value) && !('__rl' in value);
		return isCollection ? Object.keys(value).map((member): Place => [name, member]) : [[name]];
	});
}

/** Puts an expression at a place, so that n8n passes on the value of the item in its own type. */
function withExpression(parameters: INodeParameters, [name, member]: Place): INodeParameters {
	const expression = '={{ $json.value }}';
	const old = parameters[name];
	if (member === undefined || typeof old !== 'object' || old === null)
		return { ...parameters, [name]: expression };
	return { ...parameters, [name]: { ...old, [member]: expression } };
}

describe.each(Object.entries(SERVICES))('%s', (name, open) => {
	let service: ServiceUnderTest;
	let operations: OperationCase[];

	beforeAll(async () => {
		virtualClock.install();
		service = await open();
		operations = service.operations((address) => address);
	});
	afterAll(async () => {
		await service.close();
		virtualClock.uninstall();
	});

	test('every parameter of every operation survives hostile values', async () => {
		const problems: string[] = [];
		const row = { tried: 0, survived: 0, lost: 0, repeated: 0, leaked: 0 };
		let next = 0;
		for (const operation of operations) {
			service.reset();
			const prepared = await operation.prepare();
			for (const place of places(prepared.parameters)) {
				for (let count = 0; count < VALUES_PER_PARAMETER; count += 1) {
					const { name: valueName, make } = HOSTILE_VALUES[next % HOSTILE_VALUES.length] ?? never();
					next += 1;
					const found = await findProblem(
						service,
						prepared,
						withExpression(prepared.parameters, place),
						item(make()),
					);
					row.tried += 1;
					row.survived += Number(found === '');
					row.leaked += Number(found === 'leaked');
					if (found !== '')
						problems.push(`${operation.name}, ${place.join('.')} = ${valueName}: ${found}`);
				}
			}
		}
		addRow({
			case: `${name}: ${HOSTILE_VALUES.length} hostile values`,
			...row,
			test: 'test/reliability/inputs.reliability.ts',
		});
		expect(problems).toEqual([]);
		expect(Object.prototype).not.toHaveProperty('polluted');
	});
});

/** Returns the JSON of an item with a value of any type. */
function item(value: unknown): IDataObject {
	const json: IDataObject = {};
	Reflect.set(json, 'value', value);
	return json;
}

function never(): never {
	throw new Error('There are no values');
}

/**
 * Runs an operation and returns what is wrong with how it ended, or an empty text. Garbage collection
 * counts as CPU time, so a slow run is repeated, twice at most.
 */
async function findProblem(
	service: ServiceUnderTest,
	operation: PreparedOperation,
	parameters: INodeParameters,
	json: IDataObject,
): Promise<string> {
	let problem = await runOnce(service, operation, parameters, json);
	for (let tries = 1; tries < 3 && problem.endsWith(CPU_TIME); tries += 1)
		problem = await runOnce(service, operation, parameters, json);
	return problem;
}

async function runOnce(
	{ sandbox, secrets }: ServiceUnderTest,
	{ run }: PreparedOperation,
	parameters: INodeParameters,
	json: IDataObject,
): Promise<string> {
	sandbox.requestLog.clear();
	const before = process.cpuUsage();
	const { error, saved } = await run(parameters, json);
	const { user, system } = process.cpuUsage(before);
	const cpuMs = (user + system) / 1_000;
	const entries = sandbox.requestLog.entries({});
	const stray = entries.find(({ endpoint }) => endpoint === null);
	const crash = entries.find((entry) => entry.crash !== undefined);
	const injected = entries.find(({ headers }) => 'x-injected' in headers);
	if (secrets.some((secret) => saved.includes(secret))) return 'leaked';
	if (stray) return `a request to ${stray.method} ${stray.path.slice(0, 200)}`;
	if (crash) return `the sandbox failed: ${crash.crash?.slice(0, 200)}`;
	if (injected) return 'a header was injected';
	if (error !== undefined) {
		const text = `${error.message} ${error.description ?? ''}`;
		if (PROGRAM_TEXT.test(text.replace(/"[^"]*"/g, ''))) return `unclear: ${text.slice(0, 200)}`;
	}
	return cpuMs > MAX_CPU_MS ? `${Math.round(cpuMs)}${CPU_TIME}` : '';
}
