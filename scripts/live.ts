import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SERVICE_NAMES, loadOpenApi, parseOpenApi } from '../sandbox/core/openApi';
import { ask } from './live/prompt';
import { writeDocumentReport, writePatch, writeReport } from './live/report';
import { runReads } from './live/run';
import { SIGNERS } from './live/signers';
import { compareDocuments } from './live/vendorDocument';
import { runWrites } from './live/writes';

const USAGE = `npm run live -- <fanvue|fanfou|fanbook> [options]

Compares a real service with its contract. Credentials are read from the environment, or typed in
without being shown; they are never stored. The report lists what was not called, with the reason.

  --write             also post and delete something on the own account
  --user <id>         with --write: the user to follow and unfollow (Fanfou)
  --pause <ms>        pause between requests, 1000 by default
  --contract <file>   another contract than that of the sandbox
  --out <folder>      where to write the report and the patch, this folder by default
  --openapi <file or url>   compare the service's own OpenAPI document instead, such as
                            https://api.fanvue.com/docs/openapi-v1.json`;

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			write: { type: 'boolean', default: false },
			user: { type: 'string' },
			pause: { type: 'string', default: '1000' },
			contract: { type: 'string' },
			out: { type: 'string', default: '.' },
			openapi: { type: 'string' },
		},
	});
	const service = SERVICE_NAMES.find((name) => name === positionals[0]);
	if (service === undefined) throw new TypeError(USAGE);
	const openApi =
		values.contract === undefined
			? loadOpenApi(service)
			: parseOpenApi(JSON.parse(readFileSync(values.contract, 'utf8')));
	if (values.openapi !== undefined) {
		const report = writeDocumentReport(
			compareDocuments(JSON.parse(await readDocument(values.openapi)), openApi),
		);
		writeFileSync(join(values.out, `live-${service}-openapi.md`), report);
		print(report);
		return;
	}
	const pauseMs = Number(values.pause);
	if (!Number.isInteger(pauseMs) || pauseMs < 0) throw new TypeError('--pause must be a number');
	const options = { service, openApi, settings: await readSettings(service), pauseMs };
	const result = await runReads(options);
	const writes = values.write ? await runWrites(options, values.user) : [];
	const report = [
		writeReport(service, result),
		...(writes.length === 0 ? [] : ['## Writes', '', ...writes.map((line) => `- ${line}`), '']),
	].join('\n');
	writeFileSync(join(values.out, `live-${service}.md`), report);
	writeFileSync(join(values.out, `live-${service}.patch.json`), writePatch(result));
	print(report);
	process.exitCode = result.differences.length === 0 ? 0 : 1;
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function readDocument(place: string): Promise<string> {
	if (!/^https?:\/\//.test(place)) return readFileSync(place, 'utf8');
	const response = await fetch(place);
	if (!response.ok) throw new TypeError(`The document was answered with ${response.status}`);
	return await response.text();
}

/** Reads each setting from the environment; what is missing is asked for in a terminal. */
async function readSettings(
	service: (typeof SERVICE_NAMES)[number],
): Promise<Record<string, string>> {
	const settings: Record<string, string> = {};
	for (const { name, question, isSecret, default: fallback } of SIGNERS[service].settings) {
		const given =
			process.env[name] ?? fallback ?? (await answer(`${question} (${name}): `, isSecret));
		if (given === '' && isSecret) throw new TypeError(`${name} is empty`);
		settings[name] = given.replace(/\/$/, '');
	}
	return settings;
}

async function answer(question: string, isSecret: boolean): Promise<string> {
	const { stdin: input, stderr: output } = process;
	return input.isTTY ? await ask(question, { isSecret }, { input, output }) : '';
}

main().catch((thrown: unknown) => {
	process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
	process.exitCode = 2;
});
