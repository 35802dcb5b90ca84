import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { FaultProxy } from '../support/faultProxy';
import type { RunResult } from '../support/n8n';
import { couldBeResult, isException, type DescribedResponse } from '../support/responseKinds';
import { virtualClock } from '../support/virtualClock';
import type { Expectation, FaultClass } from './faultClasses';
import type { ServiceUnderTest } from './operations';

/** One operation with its sample, ready to run as often as needed. */
export interface OperationCase {
	/** `Fanbook Message: Send` */
	name: string;
	/** Whether the service changes something when it carries the operation out. */
	writes: boolean;
	/** What it returns by the contract. */
	response: DescribedResponse;
	/** Prepares what the operation needs in a fresh sandbox. */
	prepare: () => Promise<PreparedOperation>;
}

export interface PreparedOperation {
	/** The parameters of the sample. */
	parameters: INodeParameters;
	/** Runs the node with these parameters, or with others, for an item with this JSON. */
	run: (parameters: INodeParameters, json?: IDataObject) => Promise<RunResult>;
}

/** What a fault does to one operation. */
export interface Verdict {
	isSurvived: boolean;
	isLost: boolean;
	isRepeated: boolean;
	isLeaked: boolean;
	/** Why it is not survived. */
	reason: string;
}

/** An operation without any fault. */
export interface Baseline {
	items: number;
	/** Endpoint ids of the requests that the service carried out. */
	carriedOut: string[];
}

/** Faults that are an answer to an operation: Fanfou reports an error for a user who is not blocked. */
const ANSWERS: Readonly<Record<string, RegExp>> = { 'Fanfou Block: Check': /^404 / };

const isAnswer = (operation: string, fault: string): boolean =>
	ANSWERS[operation]?.test(fault) === true;

const UNKNOWN_OUTCOME = /may have been (?:carried out|posted|sent|published|created)/;
/** What an error message never shows: parts of a program. The reason why JSON is invalid may stand. */
export const PROGRAM_TEXT =
	/\[object |undefined|TypeError|is not a function|is not iterable|Cannot read|at \S+ \(|(?<!brackets and quotes: )Unexpected token|\bNaN\b/;
/**
 * Timeouts of a request that is not answered, in milliseconds. The next attempt has the same one, which a
 * busy machine may exceed; then the longer one decides.
 */
const TIMEOUTS_MS = [150, 5_000] as const;

/** A service behind a proxy, and the judge of what a fault does to its operations. */
export class FaultJudge {
	readonly proxy: FaultProxy;
	/** Whether an operation may have changed the sample data; a reset takes as long as an operation. */
	private hasChanged = true;

	constructor(private readonly service: ServiceUnderTest) {
		this.proxy = new FaultProxy(service.sandbox.url);
	}

	private reset(): void {
		if (this.hasChanged) this.service.reset();
		this.hasChanged = false;
		this.service.sandbox.requestLog.clear();
		this.service.sandbox.activityLog.clear();
	}

	/** What an operation needs is created anew each time, so only what it does itself counts as a change. */
	private async prepare(operation: OperationCase): ReturnType<OperationCase['prepare']> {
		const prepared = await operation.prepare();
		this.service.sandbox.requestLog.clear();
		this.hasChanged = operation.writes;
		return prepared;
	}

	/** Returns the endpoints of the API that carried a request out. A token refresh is not one. */
	private carriedOut(): string[] {
		return this.service.sandbox.requestLog
			.entries({})
			.flatMap(({ succeeded, endpoint }) => (succeeded && endpoint !== null ? [endpoint] : []));
	}

	/** Runs an operation without a fault. */
	async baseline(operation: OperationCase): Promise<Baseline> {
		this.hasChanged = true;
		this.reset();
		const { run, parameters } = await this.prepare(operation);
		this.proxy.reset();
		virtualClock.reset();
		const { error, items } = await run(parameters);
		if (error !== undefined) throw new Error(`${operation.name}: ${error.message}`);
		const carriedOut = this.carriedOut();
		return { items: items.length, carriedOut };
	}

	/** Runs an operation whose first request meets a fault. */
	async judge(operation: OperationCase, fault: FaultClass, before: Baseline): Promise<Verdict> {
		const [timeoutMs, longTimeoutMs] = TIMEOUTS_MS;
		const verdict = await this.judgeWith(operation, fault, { before, timeoutMs });
		const { isSurvived, isLost, isRepeated, isLeaked } = verdict;
		const isFinal = isSurvived || isLost || isRepeated || isLeaked;
		if (fault.isSlow !== true || isFinal) return verdict;
		return await this.judgeWith(operation, fault, { before, timeoutMs: longTimeoutMs });
	}

	private async judgeWith(
		operation: OperationCase,
		fault: FaultClass,
		{ before, timeoutMs }: { before: Baseline; timeoutMs: number },
	): Promise<Verdict> {
		this.reset();
		const { run, parameters } = await this.prepare(operation);
		this.proxy.reset();
		if (fault.refusesConnections === true) {
			await this.proxy.close();
			virtualClock.reset(async () => {
				if (!this.proxy.isListening) await this.proxy.listen();
			});
		} else {
			virtualClock.reset();
			this.proxy.fault = (number) =>
				number === 0 || fault.isPermanent === true ? fault.handler : undefined;
		}
		const impatient = { options: { timeout: timeoutMs, maxTries: 2 } };
		const result = await run(fault.isSlow === true ? { ...parameters, ...impatient } : parameters);
		if (!this.proxy.isListening) await this.proxy.listen();
		return this.compare(operation, fault, before, result);
	}

	private compare(
		operation: OperationCase,
		fault: FaultClass,
		before: Baseline,
		{ error, items, saved }: RunResult,
	): Verdict {
		const { writes } = operation;
		const done = this.carriedOut();
		const count = (list: string[], id: string) => list.filter((one) => one === id).length;
		const isLost =
			error === undefined &&
			!isAnswer(operation.name, fault.name) &&
			(before.carriedOut.some((id) => count(done, id) < count(before.carriedOut, id)) ||
				items.length < before.items);
		const isRepeated = writes && done.some((id) => count(done, id) > count(before.carriedOut, id));
		const isLeaked = this.service.secrets.some((secret) => saved.includes(secret));
		const expected = expectedOutcome(fault, operation);
		const reason = findProblem(expected, error);
		return {
			isSurvived: reason === '' && !isLost && !isRepeated && !isLeaked,
			isLost,
			isRepeated,
			isLeaked,
			reason:
				reason ||
				[isLost && 'lost', isRepeated && 'repeated', isLeaked && 'leaked']
					.filter(Boolean)
					.join(', '),
		};
	}
}

function expectedOutcome(
	{ body, ...fault }: FaultClass,
	{ name, writes, response }: OperationCase,
): Expectation {
	// Fanbook puts every result into an envelope.
	const isResult = body !== undefined && !name.startsWith('Fanbook ');
	if (isResult && (couldBeResult(body, response) || isException(name, body))) return 'any';
	if (isAnswer(name, fault.name)) return 'any';
	// Fanfou reports its errors in this form, with any status.
	if (body?.name === 'an error' && name.startsWith('Fanfou ')) return 'fails';
	return writes ? fault.writes : fault.reads;
}

function findProblem(expected: Expectation, error: RunResult['error']): string {
	if (expected === 'any' && error === undefined) return '';
	if (expected === 'succeeds') return error === undefined ? '' : `failed: ${error.message}`;
	if (error === undefined) return 'succeeded';
	const text = `${error.message} ${error.description ?? ''}`;
	if (error.message.trim() === '' || PROGRAM_TEXT.test(text))
		return `unclear: ${text.slice(0, 200)}`;
	if (text.length > 2_000) return `a message of ${text.length} characters`;
	if (expected === 'unknown' && !UNKNOWN_OUTCOME.test(text))
		return `does not say that it may have been carried out: ${text.slice(0, 200)}`;
	return '';
}
