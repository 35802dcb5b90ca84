import { NodeConnectionTypes } from 'n8n-workflow';
import { Fanvue } from '../../../nodes/Fanvue/Fanvue.node';
import { FanvueHarness, byId } from '../../support/fanvueHarness';

let harness: FanvueHarness;
beforeAll(async () => (harness = await FanvueHarness.start()));
afterAll(async () => await harness.close());
beforeEach(() => harness.sandbox.reset());

const ONE = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

describe('an update without a field', () => {
	test.each([
		['chat', { userUuid: byId(ONE) }],
		['massMessage', { messageUuid: byId(ONE) }],
		['post', { uuid: byId(ONE) }],
	])('%s: update is refused before any request', async (resource, parameters) => {
		const { error } = await harness.run(resource, 'update', { ...parameters, updateFields: {} });
		expect(error?.message).toBe(
			'Nothing to update: fill in at least one field under Update Fields',
		);
		expect(harness.calls()).toEqual([]);
	});

	test('post: update with Publish Now off only is refused as well', async () => {
		const { error } = await harness.run('post', 'update', {
			uuid: byId(ONE),
			updateFields: { publishNow: false },
		});
		expect(error?.message).toContain('Nothing to update');
		expect(harness.calls()).toEqual([]);
	});
});

describe('Confirm', () => {
	/** The node as n8n offers it to AI agents. */
	function tool(): Fanvue {
		const node = new Fanvue();
		const { description } = node;
		node.description = {
			...description,
			name: `${description.name}Tool`,
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		};
		return node;
	}
	const asTool = () => ({ node: tool(), typeName: 'test.fanvueTool' });
	const post = () =>
		harness.sandbox.fanvue.sandboxState.posts.find(
			({ creatorUuid, isDeleted }) => creatorUuid === harness.uuid('mira') && !isDeleted,
		)?.uuid ?? '';

	test('as a tool, Post: Delete returns what it would do and sends no request', async () => {
		const uuid = post();
		const { items, error } = await harness.run('post', 'delete', { uuid: byId(uuid) }, asTool());
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json)).toEqual([
			{
				needs_confirmation: true,
				action: 'Delete a post',
				parameters: { 'Act As': 'self', Post: uuid },
				notice: 'Nothing has been changed yet. A deleted post cannot be restored',
				how_to_confirm: expect.stringContaining('Confirm switched on'),
				ai_rule: expect.stringContaining('Only the human may confirm'),
			},
		]);
		expect(harness.calls()).toEqual([]);
	});

	test('as a tool, with Confirm on, the post is deleted', async () => {
		const parameters = { uuid: byId(post()), confirm: true };
		const { items } = await harness.run('post', 'delete', parameters, asTool());
		expect(items[0]?.json).toEqual({ deleted: true });
	});

	test('in a workflow, Confirm is on without a click', async () => {
		const { items } = await harness.run('post', 'delete', { uuid: byId(post()) });
		expect(items[0]?.json).toEqual({ deleted: true });
	});

	test('the preview of a mass message shows text and lists', async () => {
		const { items } = await harness.run('massMessage', 'send', {
			includedLists: { smartListUuids: ['subscribers'] },
			text: 'Hello',
			confirm: false,
		});
		expect(items[0]?.json).toMatchObject({
			parameters: { 'Included Lists': { smartListUuids: ['subscribers'] }, Text: 'Hello' },
			notice: expect.stringContaining('Every member of the lists'),
		});
		expect(harness.calls()).toEqual([]);
	});

	test('parameters that could not be sent are refused in the preview as well', async () => {
		const { error } = await harness.run('massMessage', 'send', {
			includedLists: { smartListUuids: ['subscribers'] },
			confirm: false,
		});
		expect(error?.message).toBe('"Text" is empty');
	});
});
