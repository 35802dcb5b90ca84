import type { Sandbox } from '../../sandbox/index';
import { startSandbox } from '../../sandbox/index';

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
