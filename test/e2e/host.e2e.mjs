/** The scripts that start n8n: processes, ports, installed files, requests and forms. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { adviceFor, adviceForNode } from '../../host/lib/errors.mjs';
import { submitForm } from '../../host/lib/form.mjs';
import { isInstalled } from '../../host/lib/install.mjs';
import { readOptions } from '../../host/lib/options.mjs';
import { HOST, MANIFEST, ROOT } from '../../host/lib/paths.mjs';
import { freePort, LOOPBACK } from '../../host/lib/ports.mjs';
import { createProcesses, until } from '../../host/lib/processes.mjs';
import { Execution, N8nRest, readExecutionData } from '../../host/lib/rest.mjs';
import { connectToSandbox, SandboxClient } from '../../host/lib/sandbox.mjs';
import { test } from './support/test.mjs';

/** A script that starts one Node.js child and one other program, prints their process IDs, and waits. */
const LAUNCHER = `
import { createProcesses } from ${JSON.stringify(new URL('../../host/lib/processes.mjs', import.meta.url).href)};
const [log] = process.argv.slice(1);
const processes = createProcesses();
const forever = ['-e', 'setInterval(() => {}, 1000)'];
const node = processes.start('node', process.execPath, forever, { cwd: '.', log, node: true });
const other = processes.start('other', process.execPath, forever, { cwd: '.', log });
console.log(node.pid + ' ' + other.pid);
setInterval(() => {}, 1000);
`;

/**
 * @param {number} pid
 * @returns {boolean} whether a process with that ID exists
 */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/**
 * @param {import('node:net').Server} server
 * @param {number} [wanted]
 * @returns {Promise<number>} the port that it listens on
 */
async function listen(server, wanted = 0) {
	server.listen(wanted, LOOPBACK);
	await once(server, 'listening');
	const address = server.address();
	assert.ok(typeof address === 'object' && address);
	return address.port;
}

test('Killing the launcher ends all its children', async (host) => {
	const log = join(host.logs, 'launcher.log');
	const launcher = spawn(process.execPath, ['--input-type=module', '-e', LAUNCHER, log], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [output] = await once(launcher.stdout.setEncoding('utf8'), 'data');
	const line = String(output);
	const children = line.trim().split(' ').map(Number);
	assert.ok(children.every(isAlive), 'both children run');
	launcher.kill('SIGKILL');
	await until(() => !children.some(isAlive), { what: 'the children to end' });
});

test('A program that ends too early is reported with the end of its log', async (host) => {
	const processes = createProcesses();
	const script = ['-e', 'console.log("no such database"); process.exit(3)'];
	const log = join(host.logs, 'early.log');
	const child = processes.start('the database', process.execPath, script, {
		cwd: ROOT,
		log,
		node: true,
	});
	await assert.rejects(
		child.ready(() => false),
		/the database ended \(code 3\)[\s\S]*no such database/,
	);
});

test('The next free port is used instead of one that is in use', async () => {
	const server = createServer();
	const port = await listen(server);
	assert.ok((await freePort(port)) > port);
	assert.notEqual(await freePort(port, [port + 1]), port + 1);
	server.close();
	await once(server, 'close');
	assert.equal(await freePort(port), port);
});

test('Flags take precedence over the environment, and an invalid port is rejected', () => {
	const env = { N8N_PORT: '7001', SANDBOX_PORT: '' };
	assert.deepEqual(readOptions([], env).ports, { n8n: 7001, sandbox: 5780 });
	assert.deepEqual(readOptions(['--port', '7002'], env).ports, { n8n: 7002, sandbox: 5780 });
	assert.throws(() => readOptions(['--port', 'x'], env), /--port takes a number/);
});

test('A request to n8n or the sandbox is repeated if its connection was closed, and a failure names the cause', async () => {
	const server = createHttpServer((request, response) => {
		requests += 1;
		if (requests === 1) request.socket.destroy();
		else response.end('{"data":"ready"}');
	});
	let requests = 0;
	const port = await listen(server);
	const rest = new N8nRest(`http://${LOOPBACK}:${port}`);
	assert.equal(await rest.call('POST', '/rest/workflows', {}), 'ready');
	assert.equal(requests, 2);
	requests = 0;
	const demo = (await connectToSandbox('http://127.0.0.1:1')).demo;
	const sandbox = new SandboxClient(`http://${LOOPBACK}:${port}`, demo);
	assert.deepEqual(await sandbox.faults(), { data: 'ready' });
	assert.equal(requests, 2);
	server.closeAllConnections();
	server.close();
	await once(server, 'close');
	await assert.rejects(
		rest.call('GET', '/rest/settings'),
		/GET http.*\/rest\/settings.*ECONNREFUSED/,
	);
});

test('A known cause of a failed start has one sentence with the way out', () => {
	const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
		code: 'ENOSPC',
	});
	assert.match(adviceFor(full) ?? '', /disk is full/);
	const offline = new Error(
		'"npm ci" ended with code 1.\nnpm error code EAI_AGAIN\nnpm error request to https://registry.npmjs.org/n8n failed',
	);
	assert.match(adviceFor(offline) ?? '', /registry cannot be reached/);
	const compiler = new Error('gyp ERR! stack Error: not found: make');
	assert.match(adviceFor(compiler) ?? '', /Install Python 3, make and a C\+\+ compiler/);
	const taken = new Error('listen EADDRINUSE: address already in use 127.0.0.1:5678');
	assert.match(adviceFor(taken) ?? '', /Choose another one/);
	assert.equal(adviceFor(new Error('n8n responded with 500')), undefined);
	for (const advice of [full, offline, compiler, taken].map(adviceFor))
		assert.ok(advice && !advice.includes('\n'));
	assert.match(adviceForNode('18.20.1', '>=20.19') ?? '', /Install Node\.js 20\.19 or later/);
	assert.match(adviceForNode('20.9.0', '>=20.19') ?? '', /too old/);
	assert.equal(adviceForNode('20.19.0', '>=20.19'), undefined);
	assert.equal(adviceForNode('22.0.0', '>=20.19'), undefined);
});

test('The installed packages are those of the lock files', () => {
	assert.ok(isInstalled(ROOT));
	assert.ok(isInstalled(HOST));
	assert.ok(!isInstalled(join(ROOT, 'examples')));
});

test('n8n has loaded the packed tarball', async ({ n8n, userFolder }) => {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', MANIFEST.name);
	const installed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	assert.deepEqual(installed.n8n, MANIFEST.n8n);
	assert.equal(installed.devDependencies, undefined);
	assert.ok((await n8n.nodeTypes()).some(({ name }) => name.startsWith(`${MANIFEST.name}.`)));
});

test('A form is submitted with its values, the choices and its first button', () => {
	const page = `<form method="post" action="/consent?a=1&#38;b=2">
			<input type="hidden" name="ticket" value="x&quot;y&amp;z">
			<label><input type="radio" name="account" value="mira" checked> Mira</label>
			<label><input type="radio" name="account" value="nolan"> Nolan</label>
			<input type="checkbox" name="news" value="yes">
			<button name="decision" value="allow">Allow</button>
			<button name="decision" value="deny">Deny</button></form>`;
	const first = submitForm(page, 'http://127.0.0.1:1/auth?state=s');
	assert.equal(first.url, 'http://127.0.0.1:1/consent?a=1&b=2');
	assert.equal(first.method, 'POST');
	assert.equal(String(first.body), 'ticket=x%22y%26z&account=mira&decision=allow');
	const chosen = submitForm(page, 'http://127.0.0.1:1/auth', { account: 'nolan' });
	assert.equal(chosen.body?.get('account'), 'nolan');
	assert.throws(() => submitForm('<p>Over.</p>', 'http://127.0.0.1:1/auth?code=1'), /no form/);
});

test('Execution data is read with repeated and circular values', () => {
	const data = readExecutionData(
		'[{"resultData":"1"},{"runData":"2"},{"a":"3"},["4"],{"data":"5"},{"main":"6"},["7"],["8","8"],{"json":"9"},{"name":"10","self":"9"},"same"]',
	);
	const stored = { id: '1', mode: 'manual', status: 'success' };
	const [first, second] = new Execution(stored, data).items('a');
	assert.equal(first?.json.name, 'same');
	assert.equal(first, second);
	assert.equal(first?.json.self, first?.json);
});
