/** The sandbox's console: people act in it, n8n answers, and developers see what happens. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../host/lib/ports.mjs';
import { createProcesses, until } from '../../host/lib/processes.mjs';
import { startSandbox } from '../../host/lib/sandbox.mjs';
import { enableTriggers } from '../e2e/support/host.mjs';
import { withConsole } from './support/console.mjs';
import { cleanUp, test } from './support/test.mjs';

const WELCOME = 'Fanvue: welcome new subscribers';
const APPROVAL = 'Fanvue: AI drafts, a human approves';
const PHONE = { width: 390, height: 844 };
/** Nodes of n8n take the headless browser's own name for a program that previews links. */
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';

const processes = createProcesses();
const folder = mkdtempSync(join(tmpdir(), 'console-'));

cleanUp(async ({ demo, n8n }) => {
	await n8n.deactivate(demo.workflowId(WELCOME)).catch(() => undefined);
	await processes.stopAll();
	rmSync(folder, { recursive: true, force: true });
});

/** Starts a sandbox of its own, whose data a test may change and reset. */
async function ownSandbox() {
	return await startSandbox(processes, {
		port: await freePort(0),
		log: join(folder, 'sandbox.log'),
	});
}

/** Starts a receiver of webhooks. */
async function receiver() {
	/** @type {Array<{ body: string, signature: string }>} */
	const received = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			received.push({ body, signature: String(request.headers['x-fanvue-signature']) });
			response.end('thank you');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	assert.ok(address !== null && typeof address === 'object');
	return { received, url: `http://127.0.0.1:${address.port}/hook`, close: () => server.close() };
}

test('A greeting written in the console is answered by the published workflow', async (host) => {
	await withConsole(host, {}, async (page) => {
		await page.open('fanbook');
		await page.write('hello from the console');
		await page.messages('hello from the console').first().waitFor();
		const answer = page.messages('Hello, Bao!').last();
		await answer.getByText('Bot', { exact: true }).waitFor();
		await answer.getByText('hello from the console').waitFor();
		await page.sent.getByText('Gateway frame').first().waitFor();
		await page.picture('a greeting and its answer');
	});
});

test('A drafted answer is approved by its button in the console', async (host) => {
	const { sandbox, n8n, demo } = host;
	await sandbox.act('fanvue', 'message', { text: 'When do you travel again?' });
	const { executionId } = await n8n.run(demo.workflowId(APPROVAL), 'Start');
	await withConsole(host, { userAgent: USER_AGENT }, async (page) => {
		await page.open('fanbook');
		const question = page.messages('When do you travel again?').last();
		const button = question.getByRole('link', { name: 'Send it' });
		await button.waitFor();
		await page.picture('a draft with buttons');
		const opened = page.page.context().waitForEvent('page');
		await button.click();
		await (await opened).getByText('Your answer has been recorded').waitFor();
		const execution = await n8n.finished(executionId);
		assert.equal(execution.lastNode, 'Send the answer', execution.failure);
		await page.open('fanvue/felix/mira/chat');
		await page.messages('Hi Felix, thank you for writing!').last().waitFor();
		await page.picture('the approved answer');
	});
});

test('A fan who subscribes in the console is welcomed by the published workflow', async (host) => {
	const { n8n, demo, sandbox, url } = host;
	await enableTriggers(host, demo.workflowId(WELCOME));
	await n8n.activate(demo.workflowId(WELCOME));
	await until(
		async () => {
			/** @type {{ webhooks: Array<{ url: string }> }} */
			const { webhooks } = await sandbox.state('fanvue');
			return webhooks.some((webhook) => webhook.url.startsWith(url));
		},
		{ what: 'the webhook of the workflow' },
	);
	await withConsole(host, {}, async (page) => {
		await page.open('fanvue/tara/mira/chat');
		await page.press('Subscribe for $9.99');
		await page.page.getByText('Active', { exact: true }).waitFor();
		await page.messages('Welcome, Tara!').waitFor();
		await page.sent.getByText('creator.subscription.activated', { exact: true }).waitFor();
		await page.picture('a welcome');
	});
});

test('The button of a card can be pressed and shows its count', async (host) => {
	const sandbox = await ownSandbox();
	const { lobbyChannelId: channelId, userId } = sandbox.demo.fanbook;
	const widgets = [
		{ tag: 'text', data: 'Market day', style: { fontWeight: 'medium' } },
		{ tag: 'button', label: 'I am coming' },
	];
	const data = JSON.stringify({ tag: 'column', children: widgets });
	await sandbox.act('fanbook', 'say', {
		channelId,
		userId,
		content: { type: 'messageCard', data },
	});
	await sandbox.act('fanbook', 'settings', { fullMessages: true });
	await withConsole(host, { url: sandbox.url }, async (page) => {
		await page.open('fanbook');
		await page.messages('Market day').last().getByRole('button', { name: 'I am coming' }).click();
		await page.messages('I am coming · 1').waitFor();
		await page.sent.getByText('clickCard').waitFor();
		await page.sent.getByText('Update queue').first().waitFor();
		await page.picture('a card');
	});
});

test('A private chat with the bot opens, and the bot receives what is written there', async (host) => {
	const sandbox = await ownSandbox();
	await withConsole(host, { url: sandbox.url }, async (page) => {
		await page.open('fanbook');
		await page.press('Message the bot');
		await page.page.getByRole('region', { name: 'Channel Lantern Bot' }).waitFor();
		await page.write('psst');
		await page.messages('psst').waitFor();
		await page.sent.getByText('Gateway frame').waitFor();
		await page.page.getByRole('link', { name: 'Lantern Bot' }).waitFor();
	});
});

test('Texts of people are shown as text and never run', async (host) => {
	const sandbox = await ownSandbox();
	const { lobbyChannelId: channelId, userId } = sandbox.demo.fanbook;
	const text = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
	const replyMarkup = {
		inline_keyboard: [[{ text: 'Run it', url: 'javascript:document.title=1' }]],
	};
	await sandbox.act('fanbook', 'say', { channelId, userId, text, replyMarkup });
	await withConsole(host, { url: sandbox.url }, async (page) => {
		await page.open('fanbook');
		await page.messages(text).waitFor();
		const button = page.page.getByRole('button', { name: 'Run it' });
		assert.equal(await button.isDisabled(), true);
		assert.equal(await page.page.getByRole('link', { name: 'Run it' }).count(), 0);
		assert.equal(await page.page.title(), 'Fanbook · Sandbox console');
	});
});

test('A webhook delivery can be resent, corrupted and replayed', async (host) => {
	const sandbox = await ownSandbox();
	const { received, url, close } = await receiver();
	const events = ['creator.message.received'];
	await sandbox.act('fanvue', 'addEndpoint', { url, events });
	await withConsole(host, { url: sandbox.url }, async (page) => {
		await page.open('fanvue/felix/mira/chat');
		await page.write('Hello Mira');
		await page.sent.getByText('200 after').waitFor();
		await page.open('webhooks');
		const deliveries = page.page.locator('[data-delivery]');
		for (const [count, name] of [
			[2, 'Resend'],
			[3, 'Corrupt'],
			[4, 'Replay'],
		]) {
			await page.press(String(name));
			await page.page.locator(`[data-delivery="${count}"]`).getByText('200').first().waitFor();
			assert.equal(await deliveries.count(), count);
		}
		await page.picture('webhook deliveries');
	});
	close();
	const [first, resent, corrupted, replayed] = received;
	assert.equal(resent?.body, first?.body);
	assert.notEqual(corrupted?.body, first?.body);
	// "Replay" is that of the newest delivery, which was signed before it was corrupted.
	assert.equal(replayed?.signature, corrupted?.signature);
});

test('A refused request appears at once with the reason, and a fault by a switch', async (host) => {
	const sandbox = await ownSandbox();
	await withConsole(host, { url: sandbox.url }, async (page) => {
		await page.open('requests');
		const call = `${sandbox.url}/fanbook/api/bot/${sandbox.demo.fanbook.botToken}`;
		const headers = { 'content-type': 'application/json' };
		await fetch(`${call}/sendMessage`, {
			method: 'POST',
			headers,
			body: '{"text":"x","desc":"x"}',
		});
		await page.page.getByRole('link', { name: /sendMessage.*chat_id is required/ }).click();
		await page.page.getByText('Refused by the contract').last().waitFor();
		await page.page.getByRole('link', { name: 'message.send', exact: true }).waitFor();
		await page.picture('a refused request');
		const text = await page.page.locator('body').innerText();
		assert.ok(!text.includes(sandbox.demo.fanbook.botToken), 'The bot token is shown');
		await page.open('controls');
		await page.page.getByRole('switch', { name: 'Server error (503), Fanbook' }).click();
		await page.page.locator('[role="switch"][aria-checked="true"]').waitFor();
		assert.equal((await fetch(`${call}/getMe`)).status, 503);
		await page.picture('faults and time');
		await page.press('Switch all faults off');
		await page.page.locator('[role="switch"][aria-checked="true"]').waitFor({ state: 'hidden' });
		assert.equal((await fetch(`${call}/getMe`)).status, 200);
	});
});

test('An operation of the reference can be tried', async (host) => {
	const sandbox = await ownSandbox();
	await withConsole(host, { url: sandbox.url }, async (page) => {
		await page.open('reference/fanbook/message.send');
		await page.page.getByLabel('chat_id').fill(sandbox.demo.fanbook.lobbyChannelId);
		await page.page.getByLabel('text', { exact: false }).first().fill('Sent from the reference');
		await page.page.getByLabel('desc').first().fill('x');
		await page.press('Try it');
		await page.page
			.getByRole('region', { name: 'Response body' })
			.getByText('"ok": true')
			.waitFor();
		await page.picture('an operation, tried');
	});
});

test('Snapshots restore the data and a reset everything', async (host) => {
	const sandbox = await ownSandbox();
	await withConsole(host, { url: sandbox.url }, async (page) => {
		await page.open('fanbook');
		await page.write('This will be gone');
		await page.messages('This will be gone').waitFor();
		await page.open('controls');
		await page.press('Restore Sample data');
		await page.page.getByText('"Sample data" was restored').waitFor();
		await page.press('+1 day');
		await page.page.getByText('24 h ahead of real time').waitFor();
		await page.open('fanbook');
		await page.messages('See you at the square').last().waitFor();
		assert.equal(await page.messages('This will be gone').count(), 0);
		await page.open('controls');
		await page.press('Reset everything …');
		await page.press('Reset everything');
		await page.page.getByText('Everything was reset').waitFor();
		await page.page.getByText('real time', { exact: true }).waitFor();
	});
});

test('A person who no longer exists is replaced by the one to begin with', async (host) => {
	const sandbox = await ownSandbox();
	await withConsole(host, { url: sandbox.url }, async (page) => {
		await page.open('fanbook');
		await page.page.getByRole('button', { name: /You are/ }).click();
		const name = page.page.getByRole('textbox', { name: 'Name of a new person' });
		await name.fill('Robin');
		await name.press('Enter');
		await page.page.getByRole('button', { name: /You are.*Robin/ }).waitFor();
		await sandbox.admin('POST', 'reset');
		await page.open('fanbook');
		await page.page.getByRole('button', { name: /You are.*Bao/ }).waitFor();
	});
});

test('The console can be used with the keyboard alone', async (host) => {
	const sandbox = await ownSandbox();
	await withConsole(host, { url: sandbox.url }, async (opened) => {
		const { page } = opened;
		await opened.open('fanbook');
		const picker = page.getByRole('button', { name: /You are/ });
		await picker.waitFor();
		await page.keyboard.press('Tab');
		assert.equal(
			await page.evaluate(() => document.activeElement?.textContent),
			'Skip to the content',
		);
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.getByRole('dialog').waitFor();
		await opened.assertAccessible();
		await opened.picture('choosing a person');
		// Enter selects a person who was searched for, even before the result of the search is there.
		/** @type {Array<() => void>} */
		const held = [];
		await page.route(/\/people\?search=C/, async (route) => {
			await new Promise((resolve) => held.push(() => resolve(undefined)));
			await route.continue();
		});
		await page.getByRole('searchbox', { name: 'Search people' }).focus();
		await page.keyboard.type('Chen');
		await page
			.getByRole('dialog')
			.getByRole('listitem')
			.first()
			.getByText('Chen')
			.first()
			.waitFor();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.getByRole('dialog').waitFor({ state: 'hidden' });
		await page.getByRole('button', { name: /You are.*Chen/ }).waitFor();
		assert.ok(held.length > 0, 'No search was held back');
		for (const release of held) release();
		await page.getByRole('textbox', { name: /^Message to/ }).focus();
		await page.keyboard.type('by keyboard');
		await page.keyboard.press('Enter');
		await page.getByRole('listitem').filter({ hasText: 'by keyboard' }).first().waitFor();
		await picker.focus();
		await page.keyboard.press('Enter');
		await page.getByRole('dialog').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'hidden' });
	});
});

const PAGES = [
	['', 'home'],
	['fanbook', 'Fanbook'],
	['fanbook/601200000000000513/523904175562981397', 'a circle'],
	['fanvue', 'Fanvue chat'],
	['fanvue/felix/mira/posts', 'Fanvue posts'],
	['fanfou', 'Fanfou'],
	['fanfou/demo/messages/moyu', 'Fanfou messages'],
	['requests/1', 'requests'],
	['webhooks', 'webhooks'],
	['gateway', 'gateway'],
	['controls', 'controls'],
	['reference/fanbook/message.send', 'reference'],
];

for (const { name, ...options } of /** @type {const} */ ([
	{ name: 'in a wide window', colorScheme: 'light' },
	{ name: 'in the dark', colorScheme: 'dark' },
	{ name: 'on a phone', colorScheme: 'light', viewport: PHONE },
	{ name: 'on a phone in the dark', colorScheme: 'dark', viewport: PHONE },
])) {
	test(`Every page of the console is accessible ${name}`, async (host) => {
		const sandbox = await ownSandbox();
		const events = ['creator.message.received'];
		await sandbox.act('fanvue', 'addEndpoint', { url: `${sandbox.url}/nowhere`, events });
		await sandbox.act('fanvue', 'webhooks', { tries: 1 });
		await sandbox.act('fanvue', 'message', { text: 'Hello' });
		await fetch(`${sandbox.url}/fanbook/api/bot/wrong/getMe`);
		await withConsole(host, { url: sandbox.url, ...options }, async (page) => {
			for (const [path, title] of PAGES) {
				await page.open(path ?? '');
				await page.page.getByText('Loading …').waitFor({ state: 'hidden' });
				await page.assertNoSidewaysScroll();
				await page.assertAccessible();
				await page.picture(`${title} ${name}`);
			}
		});
	});
}
