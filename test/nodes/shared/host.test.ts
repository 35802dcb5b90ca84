import '../../support/environment';
import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	checkEgress,
	errorItem,
	ignoreStatusErrors,
	reportProgress,
	requireSignedResume,
	testPattern,
} from '../../../nodes/shared/host';

const node: INode = {
	id: '1',
	name: 'Book',
	type: 'book',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

test('status errors are ignored by a boolean, because older n8n versions take an object for true', () => {
	expect(ignoreStatusErrors([])).toBe(true);
	expect(ignoreStatusErrors([401])).toBe(false);
});

test('an error item has exactly the two keys by which every n8n recognizes it', () => {
	const plain = errorItem(new NodeOperationError(node, 'No such book'), 2);
	expect(plain).toEqual({
		json: { error: 'No such book', message: 'No such book' },
		pairedItem: { item: 2 },
	});
	const described = new NodeOperationError(node, 'No such book', { description: 'Check the ID' });
	expect(errorItem(described, 0).json).toEqual({ error: 'No such book', message: 'Check the ID' });
	const rejected = new NodeApiError(
		node,
		{ message: 'No such book' },
		{ message: 'No such book', description: 'Check the ID', httpCode: '404' },
	);
	expect(Object.keys(errorItem(rejected, 0).json)).toEqual(['error', 'message']);
	expect(errorItem(rejected, 0).json.message).toBe('Check the ID. HTTP status 404');
});

test('signed links are required where n8n checks them only on request', () => {
	let calls = 0;
	const host = {
		setSignatureValidationRequired() {
			expect(this).toBe(host);
			calls += 1;
		},
	};
	requireSignedResume(host);
	expect(calls).toBe(1);
	expect(() => requireSignedResume({})).not.toThrow();
});

test('an n8n without an egress filter gives no verdict', async () => {
	expect(await checkEgress({ helpers: {} }, 'https://example.com')).toBeUndefined();
	const denied = { validateUrl: async () => ({ ok: false, error: new Error('Not allowed') }) };
	const helpers = { getSecureEgressFilter: () => denied };
	expect(await checkEgress({ helpers }, 'https://example.com')).toEqual({
		isAllowed: false,
		reason: 'Not allowed',
	});
});

test("a text is tested with the user's pattern and its flags", () => {
	expect(testPattern(/hello/i, 'HELLO')).toBe(true);
	expect(testPattern(/^hello$/, 'hello there')).toBe(false);
});

test('progress is reported in the log, and to the editor where n8n has a way', () => {
	const logged: string[] = [];
	const shown: string[] = [];
	const logger = { info: (message: string) => logged.push(message) };
	reportProgress({ logger, sendMessageToUI: (message: string) => shown.push(message) }, 'one');
	reportProgress({ logger }, 'two');
	reportProgress({}, 'three');
	expect({ logged, shown }).toEqual({ logged: ['one', 'two'], shown: ['one'] });
});
