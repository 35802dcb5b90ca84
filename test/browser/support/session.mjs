/** Runs a real n8n with the packed nodes, the sandbox and Chromium, for tests and pictures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, prepare } from '../../../host/lib/boot.mjs';
import { setUpDemo } from '../../../host/lib/demo.mjs';
import { createProcesses, onShutdown } from '../../../host/lib/processes.mjs';
import { exitInterrupted } from '../../support/hostSuites.mjs';

/**
 * @typedef {object} BrowserSession
 * @property {import('../../../host/lib/types.ts').DemoHost} host
 * @property {import('playwright-core').BrowserContext} context
 * @property {() => Promise<void>} stop ends all programs and removes their files
 */

/**
 * Starts n8n with the demo data, and a browser. An interruption stops both.
 *
 * @param {ReturnType<typeof import('../../../host/lib/progress.mjs').createProgress>} progress
 * @returns {Promise<BrowserSession>}
 */
export async function openSession(progress) {
	const processes = createProcesses();
	const folder = mkdtempSync(join(tmpdir(), 'n8n-browser-'));
	/** @type {import('playwright-core').Browser | undefined} */
	let browser;

	async function stop() {
		await browser?.close();
		await processes.stopAll();
		rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	}

	onShutdown(async (reason) => {
		await stop();
		exitInterrupted(reason);
	});

	try {
		const prepared = await prepare(progress);
		// Only now, because `prepare` may have to install the library that controls the browser.
		const { launchBrowser, newContext } = await import('./browser.mjs');
		browser = await launchBrowser();
		const booted = await boot(progress, processes, {
			...prepared,
			userFolder: join(folder, 'n8n'),
			logs: join(folder, 'logs'),
		});
		const host = Object.assign(booted, { demo: await setUpDemo(progress, booted) });
		return { host, context: await newContext(browser, host.url), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
