/** What the host itself promises: nothing is left running, ports give way, pages and answers are read. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseFlatted } from '../../host/lib/flatted.mjs';
import { submitForm } from '../../host/lib/form.mjs';
import { isInstalled } from '../../host/lib/install.mjs';
import { readOptions } from '../../host/lib/options.mjs';
import { HOST, MANIFEST, ROOT } from '../../host/lib/paths.mjs';
import { freePort, LOOPBACK } from '../../host/lib/ports.mjs';
import { createProcesses, until } from '../../host/lib/processes.mjs';

/** A launcher that starts one Node.js child and one other program, tells their ids, and waits. */
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

/** Whether a process of that id exists. */
function alive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

export const checks = {
	async 'Nothing is left running when the launcher is killed'(host) {
		const log = join(host.logs, 'leash.log');
		const launcher = spawn(process.execPath, ['--input-type=module', '-e', LAUNCHER, log], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [line] = await launcher.stdout.setEncoding('utf8').take(1).toArray();
		const children = line.trim().split(' ').map(Number);
		assert.ok(children.every(alive), 'both children run');
		launcher.kill('SIGKILL');
		await until(() => !children.some(alive), { what: 'the children to end' });
	},

	async 'A program that ends too early is reported with the end of its log'(host) {
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
	},

	async 'A port that is taken gives way to the next free one'() {
		const server = createServer();
		await new Promise((resolve) => server.listen(0, LOOPBACK, resolve));
		const { port } = server.address();
		assert.ok((await freePort(port)) > port);
		assert.notEqual(await freePort(port, [port + 1]), port + 1);
		await new Promise((resolve) => server.close(resolve));
		assert.equal(await freePort(port), port);
	},

	'Flags come before the environment, and what is no port is refused'() {
		const env = { N8N_PORT: '7001', SANDBOX_PORT: '' };
		assert.deepEqual(readOptions([], env).ports, { n8n: 7001, sandbox: 5780 });
		assert.deepEqual(readOptions(['--port', '7002'], env).ports, { n8n: 7002, sandbox: 5780 });
		assert.throws(() => readOptions(['--port', 'x'], env), /--port takes a port number/);
	},

	'What is installed is what the lock files name'() {
		assert.ok(isInstalled(ROOT));
		assert.ok(isInstalled(HOST));
		assert.ok(!isInstalled(join(ROOT, 'examples')));
	},

	async 'The tarball is what n8n has loaded'({ n8n, userFolder }) {
		const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', MANIFEST.name);
		const installed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		assert.deepEqual(installed.n8n, MANIFEST.n8n);
		assert.equal(installed.devDependencies, undefined);
		assert.ok((await n8n.nodeTypes()).some(({ name }) => name.startsWith(`${MANIFEST.name}.`)));
	},

	'A form is sent with what it holds, what was chosen and its first button'() {
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
		assert.equal(chosen.body.get('account'), 'nolan');
		assert.throws(() => submitForm('<p>Over.</p>', 'http://127.0.0.1:1/auth?code=1'), /no form/);
	},

	'An execution is read with what it uses twice and with its circles'() {
		const read = parseFlatted('[{"a":"1","b":"1","n":7},{"name":"2","self":"1"},"same"]');
		assert.equal(read.a.name, 'same');
		assert.equal(read.n, 7);
		assert.equal(read.a, read.b);
		assert.equal(read.a.self, read.a);
	},
};
