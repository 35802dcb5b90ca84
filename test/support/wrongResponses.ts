import type { OperationCase, PreparedOperation } from '../reliability/judge';
import { SERVICES, type ServiceUnderTest } from '../reliability/operations';
import {
	couldBeResult,
	isException,
	WRONG_BODIES,
	WRONG_RESULTS,
	type WrongBody,
} from './responseKinds';
import { TestServer } from './server';

type ServiceTitle = keyof typeof SERVICES;

/** A wrong body, and whether it could be the result of the operation all the same. */
interface Try {
	wrong: WrongBody;
	isAccepted: boolean;
}

/** Returns what is to be sent in place of the response of an operation. */
type TriesFor = (operation: OperationCase) => Try[];

/** Every wrong body. Fanbook puts every result into an envelope, so that none could be a result. */
const bodiesFor =
	(service: ServiceTitle): TriesFor =>
	({ response }) =>
		WRONG_BODIES.map((wrong) => ({
			wrong,
			isAccepted: service !== 'Fanbook' && couldBeResult(wrong, response),
		}));

/** Every wrong result in the right envelope of Fanbook. */
const resultsFor: TriesFor = ({ response }) =>
	WRONG_RESULTS.map((result) => ({
		wrong: { ...result, body: `{"ok":true,"result":${result.body}}` },
		isAccepted: result.couldBe.includes(response.kind),
	}));

/** Runs every operation of a service with every wrong response; returns what is wrong about it. */
class WrongResponses {
	private readonly server = new TestServer();
	private opened: ServiceUnderTest | undefined;

	constructor(private readonly service: ServiceTitle) {}

	async open(): Promise<void> {
		await this.server.start();
		this.opened = await SERVICES[this.service]();
	}

	async close(): Promise<void> {
		await this.opened?.close();
		await this.server.close();
	}

	async problems(triesFor: TriesFor): Promise<string[]> {
		const problems: string[] = [];
		for (const operation of this.opened?.operations(() => this.server.url) ?? []) {
			// The sandbox receives none of the requests, so its state stays what it was.
			const prepared = await operation.prepare();
			for (const each of triesFor(operation)) {
				const found = await this.problemOf(operation, prepared, each);
				if (found !== undefined) {
					const { name, response } = operation;
					problems.push(`${name} (${response.kind}): ${each.wrong.name} ${found}`);
				}
			}
		}
		return problems;
	}

	/** Returns what is wrong about what an operation makes of a response, if anything. */
	private async problemOf(
		operation: OperationCase,
		{ run, parameters }: PreparedOperation,
		{ wrong, isAccepted }: Try,
	): Promise<string | undefined> {
		if (isException(operation.name, wrong)) return undefined;
		this.server.reset();
		this.server.reply = () => ({ body: wrong.body });
		const { error, items } = await run(parameters);
		if (isAccepted) return error === undefined ? undefined : `fails: ${error.message}`;
		if (error === undefined) {
			return `becomes ${JSON.stringify(items.map(({ json }) => json)).slice(0, 100)}`;
		}
		const { message, description } = error;
		if (!this.messageOf(operation, wrong).test(message)) return `is reported as: ${message}`;
		const isSaid = String(description).includes('may have been carried out');
		if (isSaid !== (operation.writes && !this.isRejection(wrong))) {
			return isSaid ? 'may have been carried out' : 'is not said to be perhaps carried out';
		}
		const { length } = this.server.received;
		return length === 1 ? undefined : `takes ${length} requests`;
	}

	/** Fanfou reports errors in this form with any status, so it means that nothing was carried out. */
	private isRejection({ name }: WrongBody): boolean {
		return this.service === 'Fanfou' && name === 'an error';
	}

	/** Returns the form of the message. */
	private messageOf({ response }: OperationCase, wrong: WrongBody): RegExp {
		if (this.isRejection(wrong)) {
			return /^Fanfou rejected the request \(status 200\): maintenance$/;
		}
		if (response.kind === 'token') return /^Fanfou returned no token/;
		return new RegExp(`^${this.service} returned .+ instead of .+`);
	}
}

/** Declares the tests of one service. Each service has a file of its own, so that they run in parallel. */
export function testWrongResponses(service: ServiceTitle): void {
	const responses = new WrongResponses(service);
	beforeAll(async () => await responses.open());
	afterAll(async () => await responses.close());

	test(`no operation of ${service} takes a wrong response for its result`, async () => {
		expect(await responses.problems(bodiesFor(service))).toEqual([]);
	});

	if (service !== 'Fanbook') return;
	test('no operation of Fanbook takes a wrong result in the right envelope for its own', async () => {
		expect(await responses.problems(resultsFor)).toEqual([]);
	});
}
