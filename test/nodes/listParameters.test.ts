/*
 * Every list parameter of every operation, as it arrives at the service: a list that holds nothing sends the
 * same in all spellings, and a list in text is split everywhere in the same way.
 */
import type { INodeParameters } from 'n8n-workflow';
import { fanbook } from '../../nodes/Fanbook/service';
import { fanfou } from '../../nodes/Fanfou/service';
import { fanvue } from '../../nodes/Fanvue/service';
import { optionalFields, parameterName, topFields } from '../../nodes/shared/definition/naming';
import type { Field } from '../../nodes/shared/definition/operation';
import { SERVICES, type ServiceUnderTest } from '../reliability/operations';
import type { OperationCase } from '../reliability/judge';

const TABLES = { Fanvue: fanvue, Fanfou: fanfou, Fanbook: fanbook };

const NOTHING: unknown[] = [
	'[]',
	' ',
	',',
	'，、；',
	'[""]',
	'none',
	[''],
	[' ', null],
	[[]],
	null,
];

/** Spellings of a list with two entries. */
const SPELLINGS: Array<(one: string, other: string) => unknown> = [
	(one, other) => `${one},${other}`,
	(one, other) => `${one}，${other}`,
	(one, other) => `${one}、${other}`,
	(one, other) => `${one}; ${other}`,
	(one, other) => `${one}；${other}\n`,
	(one, other) => `["${one}","${other}"]`,
	(one, other) => [`${one}、${other}`, '', null],
];

interface ListParameter {
	field: Field;
	/** The collection that holds it, if it is not on top. */
	collection?: string;
}

const LISTS = new Set(['stringList', 'int64List', 'commaList']);

const isList = ({ input, wireFormat }: Field) =>
	LISTS.has(wireFormat) || ['multiOptions', 'loadedMultiOptions'].includes(input.type);

/** Operations that the contract does not have, or has under another name. */
const OTHERS = ['Fanvue Insight: Get Spending (Reversals)', 'Fanvue Message: Send to Several'];

function listParameters(service: keyof typeof TABLES) {
	return TABLES[service].resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => {
			const title = `${service} ${resource.name}: ${operation.name}`;
			const { collection, fields } = optionalFields(operation);
			const lists: ListParameter[] = [
				...topFields(operation).map((field) => ({ field })),
				...fields.map((field) => ({ field, collection })),
			].filter(({ field }) => isList(field));
			return lists.map((list) => ({ title, label: list.field.displayName, list }));
		}),
	);
}

function fail(title: string): never {
	throw new Error(`${title} is not in the contract`);
}

/** Sets a parameter by an expression, so that n8n passes on the value of the item in its own type. */
function withList(parameters: INodeParameters, list: ListParameter): INodeParameters {
	const given = { [parameterName(list.field)]: '={{ $json.list }}' };
	if (list.collection === undefined) return { ...parameters, ...given };
	const members = parameters[list.collection];
	return {
		...parameters,
		[list.collection]: { ...(typeof members === 'object' ? members : {}), ...given },
	};
}

/** Two values that the list accepts. */
function twoEntries({ input }: Field): [string, string] {
	const [one, other] = input.type === 'multiOptions' ? input.choices : [];
	return one === undefined || other === undefined
		? ['601200000000001025', '601200000000001026']
		: [String(one.value), String(other.value)];
}

describe.each(['Fanvue', 'Fanbook'] as const)('%s', (name) => {
	let service: ServiceUnderTest;
	const cases = new Map<string, OperationCase>();
	beforeAll(async () => {
		service = await SERVICES[name]();
		for (const one of service.operations((address) => address)) cases.set(one.name, one);
	});
	afterAll(async () => await service.close());

	/** Returns a function that runs an operation with a value of the list and returns its requests. */
	async function sender(title: string, list: ListParameter) {
		service.reset();
		const { parameters, run } = (await cases.get(title)?.prepare()) ?? fail(title);
		return async (value: unknown) => {
			service.sandbox.requestLog.clear();
			await run(withList(parameters, list), JSON.parse(JSON.stringify({ list: value })));
			return service.sandbox.requestLog
				.entries()
				.map(({ method, path, query, bodyText = '' }) =>
					[method, path, JSON.stringify(query), bodyText].join(' '),
				);
		};
	}

	const lists = listParameters(name).filter(({ title }) => !OTHERS.includes(title));

	test.each(lists)('$title with nothing in "$label" changes nothing', async ({ title, list }) => {
		const send = await sender(title, list);
		const empty = await send('');
		const { key, nullable, sendEmpty } = list.field;
		for (const value of NOTHING) {
			// From an expression, null removes what such a field holds.
			if (value === null && nullable === true) continue;
			expect([value, await send(value)]).toEqual([value, empty]);
		}
		const emptied = new RegExp(`"${key}"[:,](?:\\[|null|"")`);
		if (sendEmpty !== true) expect(empty.join('\n')).not.toMatch(emptied);
	});

	test.each(lists)('$title splits "$label" into its entries', async ({ title, list }) => {
		const send = await sender(title, list);
		const entries = twoEntries(list.field);
		const split = await send(entries);
		expect(split).not.toEqual(await send(''));
		for (const spelling of SPELLINGS) {
			const value = spelling(...entries);
			expect([value, await send(value)]).toEqual([value, split]);
		}
	});
});

test('Fanfou has no list parameters', () => {
	expect(listParameters('Fanfou')).toEqual([]);
});
