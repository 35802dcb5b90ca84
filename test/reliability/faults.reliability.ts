import { virtualClock, virtualSleep } from '../support/virtualClock';
import { FAULT_CLASSES } from './faultClasses';
import { FaultJudge, type Baseline, type OperationCase } from './judge';
import { SERVICES, type ServiceUnderTest } from './operations';
import { addRow, isReduced } from './support/rows.mjs';

jest.mock('@n8n/utils/sleep', () => ({ sleep: virtualSleep }));
jest.setTimeout(600_000);

/** In the reduced form, each class of faults meets every so-manieth operation, another one each time. */
const STRIDE = isReduced ? 40 : 1;
/** Faults that take seconds of real time meet fewer operations. */
const SLOW_STRIDE = isReduced ? 60 : 6;

describe.each(Object.entries(SERVICES))('%s', (name, open) => {
	let service: ServiceUnderTest;
	let judge: FaultJudge;
	let operations: OperationCase[];
	const baselines = new Map<string, Baseline>();

	beforeAll(async () => {
		virtualClock.install();
		service = await open();
		judge = new FaultJudge(service);
		await judge.proxy.listen();
		operations = service.operations((address) => judge.proxy.route(address));
	});
	afterAll(async () => {
		await judge.proxy.close();
		await service.close();
		virtualClock.uninstall();
	});

	test.each(FAULT_CLASSES.map((fault, index) => ({ fault, index, title: fault.name })))(
		'every operation survives: $title',
		async ({ fault, index }) => {
			const stride = fault.isSlow === true || fault.isCostly === true ? SLOW_STRIDE : STRIDE;
			const chosen = operations.filter((_, number) => (number + index) % stride === 0);
			const problems: string[] = [];
			const row = { tried: 0, survived: 0, lost: 0, repeated: 0, leaked: 0 };
			for (const operation of chosen) {
				let baseline = baselines.get(operation.name);
				if (baseline === undefined) {
					baseline = await judge.baseline(operation);
					baselines.set(operation.name, baseline);
				}
				const verdict = await judge.judge(operation, fault, baseline);
				row.tried += 1;
				row.survived += Number(verdict.isSurvived);
				row.lost += Number(verdict.isLost);
				row.repeated += Number(verdict.isRepeated);
				row.leaked += Number(verdict.isLeaked);
				if (!verdict.isSurvived) problems.push(`${operation.name}: ${verdict.reason}`);
			}
			addRow({
				case: `${name}: ${fault.name}`,
				...row,
				test: 'test/reliability/faults.reliability.ts',
			});
			expect(problems).toEqual([]);
		},
	);
});
