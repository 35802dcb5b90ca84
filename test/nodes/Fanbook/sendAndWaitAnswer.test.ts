import { WebhookContext } from 'n8n-core';
import type { INode, INodeParameters, IWebhookData } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { Fanbook } from '../../../nodes/Fanbook/Fanbook.node';
import { CredentialStore } from '../../support/credentials';
import { additionalDataFor, nodeTypesOf, storedWorkflow } from '../../support/n8n';

/** Clicks on a button of Send and Wait, as n8n passes them to the node. */
const type = new Fanbook();

const BROWSER = {
	'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0',
	accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
};

interface Visit {
	method?: 'GET' | 'HEAD' | 'POST';
	query?: object;
	body?: object;
	headers?: object;
	/** Type of the node. */
	type?: string;
}

/** Requests the URL of a waiting execution. */
async function visit(
	parameters: INodeParameters,
	{ method = 'GET', type: typeName = 'test.fanbook', ...request }: Visit,
) {
	const node: INode = {
		id: 'node',
		name: 'Ask',
		type: typeName,
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			resource: 'message',
			operation: 'sendAndWait',
			message: 'Delete <it>?',
			...parameters,
		},
	};
	const base = storedWorkflow([node], { active: true });
	const workflow = new Workflow({ ...base, nodeTypes: nodeTypesOf({ [typeName]: type }) });
	const additionalData = additionalDataFor(new CredentialStore({}, {}), base, 'trigger');
	Object.assign(additionalData, {
		httpRequest: { method, query: {}, body: {}, headers: BROWSER, ...request },
	});
	const webhookData: IWebhookData = {
		httpMethod: method,
		node: node.name,
		path: 'node',
		webhookDescription: { httpMethod: method, name: 'default', path: 'node' },
		workflowId: base.id,
		workflowExecuteAdditionalData: additionalData,
	};
	const context = new WebhookContext(
		workflow,
		node,
		additionalData,
		'webhook',
		webhookData,
		[],
		null,
	);
	const { webhookResponse, workflowData } = await type.webhook.call(context);
	return { page: String(webhookResponse), items: workflowData?.[0] };
}

/** The output of n8n's own nodes for a response. */
const answer = (data: object) => [
	{ json: { data: { ...data, respondedAt: expect.stringMatching(/^20\d\d-.*Z$/) } } },
];

describe('a click', () => {
	test.each([
		[{ approved: 'true' }, true],
		[{ approved: 'false' }, false],
		[{}, false],
	])('a click with %j continues the execution with the decision %s', async (query, approved) => {
		const { page, items } = await visit({}, { query });
		expect(items).toEqual(answer({ approved }));
		expect(page).toContain('Your answer has been recorded');
	});

	const asks = { additionalFields: { confirmClick: true } };
	const double = {
		approvalOptions: {
			values: { approvalType: 'double', approveLabel: 'Yes', disapproveLabel: 'No' },
		},
	};

	test.each([
		[{}, { approved: 'true' }, 'Approve'],
		[{}, { approved: 'false' }, 'Decline'],
		[double, { approved: 'true' }, 'Yes'],
		[double, { approved: 'false' }, 'No'],
	])(
		'a click must be confirmed on a page if confirmation is on: %j %j',
		async (more, query, label) => {
			const { page, items } = await visit({ ...asks, ...more }, { query });
			expect(items).toBeUndefined();
			expect(page).toContain('<h1>Delete &lt;it&gt;?</h1>');
			expect(page).toContain(`<form method="post"><button type="submit">${label}</button>`);
		},
	);

	test('a confirmed click decides', async () => {
		const { items } = await visit(asks, { method: 'POST', query: { approved: 'true' } });
		expect(items).toEqual(answer({ approved: true }));
	});

	test.each([
		{},
		{ 'user-agent': '' },
		{ 'user-agent': 'Go-http-client/2.0' },
		{ 'user-agent': 'python-requests/2.31.0' },
		{ 'user-agent': 'LarkUrl2Meta' },
		{ 'user-agent': 'okhttp/4.9.3' },
		{ 'user-agent': 'Mozilla/5.0 (compatible; Bytespider)' },
		{ 'user-agent': 'TelegramBot (like TwitterBot)' },
		{ 'user-agent': 'Mozilla/5.0 HeadlessChrome/120' },
		{ 'user-agent': 'Mozilla/5.0', 'sec-purpose': 'prefetch;prerender' },
		{ 'user-agent': 'Mozilla/5.0', purpose: 'preview' },
		{ ...BROWSER, 'x-purpose': 'preview' },
		{ ...BROWSER, 'x-moz': 'prefetch' },
		{ ...BROWSER, 'sec-purpose': 'prerender' },
		{ ...BROWSER, 'user-agent': 'Microsoft Office/16.0' },
		{ ...BROWSER, 'user-agent': 'Blackbox Exporter/0.24.0' },
		{ ...BROWSER, 'user-agent': 'Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5' },
	])('a request of a program that only previews links decides nothing: %j', async (headers) => {
		const { page, items } = await visit({}, { headers, query: { approved: 'true' } });
		expect([page, items]).toEqual(['', undefined]);
	});

	test("a click without a browser's user agent must be confirmed", async () => {
		const headers = { 'user-agent': 'Dart/3.5 (dart:io)' };
		const { page, items } = await visit({}, { headers, query: { approved: 'true' } });
		expect(items).toBeUndefined();
		expect(page).toContain('<form method="post">');
	});

	test.each([
		{ accept: 'image/avif,image/webp,*/*' },
		{ accept: 'application/json' },
		{ 'sec-fetch-dest': 'image' },
		{ 'sec-fetch-dest': 'iframe' },
		{ 'sec-fetch-dest': 'empty' },
	])('a link that is not opened as a page must be confirmed: %j', async (headers) => {
		const { page, items } = await visit(
			{},
			{ headers: { ...BROWSER, ...headers }, query: { approved: 'true' } },
		);
		expect(items).toBeUndefined();
		expect(page).toContain('<form method="post">');
	});

	test('a HEAD request decides nothing', async () => {
		const { page, items } = await visit({}, { method: 'HEAD', query: { approved: 'true' } });
		expect([page, items]).toEqual(['', undefined]);
	});

	test('human review of AI tools asks for confirmation unless it is turned off', async () => {
		const review = { type: 'test.fanbookHitlTool', query: { approved: 'true' } };
		const asked = await visit({}, review);
		expect(asked.items).toBeUndefined();
		expect(asked.page).toContain('<form method="post"><button type="submit">Approve</button>');
		const confirmed = await visit({}, { ...review, method: 'POST' });
		expect(confirmed.items).toEqual(answer({ approved: true }));
		const unasked = await visit({ additionalFields: { confirmClick: false } }, review);
		expect(unasked.items).toEqual(answer({ approved: true }));
	});

	test.each(['true', ' TRUE ', 1, 'yes', {}])(
		'a click must be confirmed if Confirm Click is %j',
		async (confirmClick) => {
			const more = { additionalFields: { confirmClick } };
			const { items, page } = await visit(more, { query: { approved: 'true' } });
			expect(items).toBeUndefined();
			expect(page).toContain('<form method="post">');
		},
	);

	test.each(['false', 'False ', 0, ''])(
		'a click of a browser decides if Confirm Click is %j',
		async (confirmClick) => {
			const more = { additionalFields: { confirmClick } };
			const { items } = await visit(more, { query: { approved: 'true' } });
			expect(items).toEqual(answer({ approved: true }));
		},
	);

	test.each([
		BROWSER,
		{ ...BROWSER, 'sec-fetch-dest': 'document' },
		{ ...BROWSER, accept: '*/*' },
		{ ...BROWSER, accept: undefined },
		{
			...BROWSER,
			'user-agent':
				'Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 30) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36',
		},
	])('a click with the headers of a browser decides: %j', async (headers) => {
		const { items } = await visit({}, { headers, query: { approved: 'true' } });
		expect(items).toEqual(answer({ approved: true }));
	});
});

describe('a free text', () => {
	const freeText = { responseType: 'freeText' };

	test('the free text page shows the message', async () => {
		const { page, items } = await visit(freeText, {});
		expect(items).toBeUndefined();
		expect(page).toContain('<h1>Your answer</h1><p>Delete &lt;it&gt;?</p>');
		expect(page).toContain('<textarea name="text" required');
		expect(page).toContain('<button type="submit">Submit</button>');
	});

	test('the free text page uses the texts of the parameters', async () => {
		const additionalFields = {
			responseFormTitle: 'Why?',
			responseFormDescription: 'In a few words',
			responseFormButtonLabel: 'Send',
		};
		const { page } = await visit({ ...freeText, additionalFields }, {});
		expect(page).toContain('<h1>Why?</h1><p>In a few words</p>');
		expect(page).toContain('<button type="submit">Send</button>');
	});

	test('a message that is a number is shown on the pages', async () => {
		const message = '={{ 5 }}';
		expect((await visit({ ...freeText, message }, {})).page).toContain('<p>5</p>');
		const confirm = { message, additionalFields: { confirmClick: true } };
		expect((await visit(confirm, { query: { approved: 'true' } })).page).toContain('<h1>5</h1>');
	});

	test('a submitted free text continues the execution', async () => {
		const { page, items } = await visit(freeText, { method: 'POST', body: { text: 'Because' } });
		expect(items).toEqual(answer({ text: 'Because' }));
		expect(page).toContain('Your answer has been recorded');
	});

	test.each([{}, { text: '' }, { text: ' \n' }, { text: ['a', 'b'] }, { text: { a: 1 } }])(
		'a form without a text is shown again: %j',
		async (body) => {
			const { page, items } = await visit(freeText, { method: 'POST', body });
			expect(items).toBeUndefined();
			expect(page).toContain('<textarea name="text" required');
		},
	);
});
