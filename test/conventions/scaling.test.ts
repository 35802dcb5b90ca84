import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import host from '../../host/package.json';

/** Compares docs/scaling.md with docs/compose.yaml and with the tests of queue mode. */

const ROOT = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const service = z
	.object({
		image: z.string(),
		command: z.string().optional(),
		environment: z.record(z.string()).optional(),
		volumes: z.array(z.string()),
		depends_on: z.record(z.object({ condition: z.literal('service_healthy') })).optional(),
		healthcheck: z
			.object({ test: z.array(z.string()) })
			.passthrough()
			.optional(),
		ports: z.array(z.string()).optional(),
	})
	.passthrough();
const { services, volumes } = z
	.object({ services: z.record(service), volumes: z.record(z.null()) })
	.passthrough()
	.parse(parse(read('docs/compose.yaml'), { merge: true }));
const { main, worker, postgres, redis } = services;

test('the compose file has one main process, workers, PostgreSQL and Redis', () => {
	expect(Object.keys(services)).toEqual(['main', 'worker', 'postgres', 'redis']);
	expect(main?.image).toBe(`docker.n8n.io/n8nio/n8n:${host.dependencies.n8n}`);
	expect(worker?.image).toBe(main?.image);
	expect(main?.command).toBeUndefined();
	expect(worker?.command).toMatch(/^worker /);
	expect(main?.environment?.EXECUTIONS_MODE).toBe('queue');
});

test('main process and workers of the compose file have the same settings and files', () => {
	expect(worker?.environment).toEqual(main?.environment);
	expect(worker?.volumes).toEqual(main?.volumes);
});

test('the databases of the compose file keep their data, and n8n waits for them', () => {
	for (const database of [postgres, redis]) expect(database?.healthcheck).toBeDefined();
	expect(Object.keys(main?.depends_on ?? {})).toEqual(['postgres', 'redis']);
	const used = Object.values(services).flatMap((one) => one.volumes.map((v) => v.split(':')[0]));
	expect([...new Set(used)]).toEqual(Object.keys(volumes));
	expect(main?.environment?.DB_POSTGRESDB_HOST).toBe('postgres');
	expect(main?.environment?.QUEUE_BULL_REDIS_HOST).toBe('redis');
});

test('the compose file has no secrets, and only a local port is open', () => {
	const settings = Object.values(services).flatMap(({ environment = {} }) =>
		Object.entries(environment),
	);
	const secrets = settings.filter(([name]) => /PASSWORD|KEY/.test(name));
	expect(secrets.map(([name]) => name)).toContain('N8N_ENCRYPTION_KEY');
	for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+:\?/);
	const ports = Object.values(services).flatMap((one) => one.ports ?? []);
	expect(ports).toEqual(['127.0.0.1:5678:5678']);
});

test.each(['docs/scaling.md', 'docs/zh/scaling.md'])('%s explains every setting', (path) => {
	const rows = read(path).matchAll(/^\| (`[A-Z\d_`,、 ]+`) +\|/gm);
	const explained = [...rows].flatMap(([, names = '']) => names.match(/[A-Z\d_]{5,}/g) ?? []);
	expect(explained.sort()).toEqual(Object.keys(main?.environment ?? {}).sort());
});

test('docs/scaling.md lists tests of queue mode only', () => {
	const folder = join(ROOT, 'test/queue');
	const titles = readdirSync(folder)
		.filter((file) => file.endsWith('.queue.mjs'))
		.flatMap((file) => [...read(`test/queue/${file}`).matchAll(/^test\(\s*'([^']+)'/gm)])
		.map(([, title]) => title);
	const section =
		/## What the tests show\n([\s\S]*?)\n## /.exec(read('docs/scaling.md'))?.[1] ?? '';
	const listed = [...section.matchAll(/^\| ([A-Z].+?) +\|$/gm)].map(([, title]) => title);
	expect(listed.length).toBeGreaterThan(0);
	expect(listed.filter((title) => !titles.includes(title))).toEqual([]);
});
