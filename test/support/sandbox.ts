import {
	startSandbox as startPlainSandbox,
	type Sandbox,
	type SandboxOptions,
} from '../../sandbox/index';

/** Differences between responses and the contract since the end of the last test. */
let differences: string[] = [];

afterEach(() => {
	const found = takeDifferences();
	if (found.length === 0) return;
	throw new Error(`The sandbox's responses differ from the contract:\n${found.join('\n')}`);
});

/** Returns the differences that a test has provoked on purpose, which then do not fail it. */
export function takeDifferences(): string[] {
	const found = differences;
	differences = [];
	return found;
}

/**
 * Starts the sandbox for a test file. A test fails if any response of the sandbox differs from the
 * contract, unless the test has injected a fault.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	return await startPlainSandbox({
		port: 0,
		savesSampleData: false,
		...options,
		logger: (entry) => {
			const { service, endpoint, method, path, responseErrors } = entry;
			const place = `${service} ${endpoint ?? ''}: ${method} ${path}`;
			differences.push(...responseErrors.map((error) => `${place}: ${error}`));
			options.logger?.(entry);
		},
	});
}

/**
 * Starts a sandbox for the tests of a file, and restores its sample data before each test.
 *
 * @param assign receives the sandbox before the first test
 * @param options.keepsState leaves the sample data to the tests
 */
export function useSandbox(
	assign: (sandbox: Sandbox) => void,
	{ keepsState = false }: { keepsState?: boolean } = {},
): void {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0 });
		assign(sandbox);
	});
	if (!keepsState) beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
}

export type { Sandbox };
