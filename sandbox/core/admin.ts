import type { FastifyInstance } from 'fastify';
import type { ActivityLog } from './activityLog';
import type { Clock } from './clock';
import { findCrossSiteSign } from './crossSite';
import { SERVICE_NAMES, type ServiceName } from './contract';
import { FAULT_KINDS, type Fault, type Faults } from './faults';
import type { RequestLog, RequestLogFilter } from './requestLog';
import { isObject, parseJson, writeJson, type JsonObject, type JsonValue } from './json';
import { Parameters } from './parameters';
import type { Action } from './service';
import type { Snapshots } from './snapshots';

export interface AdminTarget {
	clock: Clock;
	faults: Faults;
	requestLog: RequestLog;
	activityLog: ActivityLog;
	snapshots: Snapshots;
	reset: () => void;
	states: Record<ServiceName, () => unknown>;
	actions: Record<ServiceName, Readonly<Record<string, Action>>>;
	views: Record<ServiceName, Readonly<Record<string, Action>>>;
}

function readBody(body: unknown): JsonObject {
	const text = Buffer.isBuffer(body) ? body.toString('utf8') : '';
	const value = text === '' ? {} : parseJson(text);
	if (!isObject(value)) throw new TypeError('The body must be a JSON object');
	return value;
}

function findService(name: string | undefined): ServiceName | undefined {
	return SERVICE_NAMES.find((service) => service === name);
}

function readFault(input: JsonObject): Fault {
	const values = new Parameters(new Map(Object.entries(input)));
	const kind = FAULT_KINDS.find((name) => name === values.optionalText('kind'));
	if (!kind) throw new TypeError(`"kind" must be one of ${FAULT_KINDS.join(', ')}`);
	const fault: Fault = { kind };
	const service = findService(values.optionalText('service'));
	if (service) fault.service = service;
	for (const key of ['name', 'endpoint', 'path', 'method'] as const) {
		const text = values.optionalText(key);
		if (text !== undefined) fault[key] = text;
	}
	for (const key of ['status', 'delayMs', 'retryAfter', 'skip'] as const) {
		if (values.has(key)) fault[key] = values.integer(key, 0);
	}
	if (values.has('times')) {
		fault.times = values.text('times') === 'always' ? 'always' : values.integer('times', 1);
	}
	const headers = values.object('headers');
	if (headers) {
		fault.headers = Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)]));
	}
	if (values.has('body')) fault.body = values.raw('body');
	if (values.boolean('afterHandling')) fault.afterHandling = true;
	return fault;
}

function readFilter(query: JsonObject): RequestLogFilter {
	const values = new Parameters(new Map(Object.entries(query)));
	const filter: RequestLogFilter = {};
	const service = findService(values.optionalText('service'));
	if (service) filter.service = service;
	for (const key of ['endpoint', 'method', 'path'] as const) {
		const text = values.optionalText(key);
		if (text !== undefined) filter[key] = text;
	}
	if (values.has('after')) filter.after = values.integer('after', 0);
	return filter;
}

function moveClock(clock: Clock, input: JsonObject): void {
	const values = new Parameters(new Map<string, JsonValue>(Object.entries(input)));
	if (values.has('set')) clock.set(values.integer('set', 0));
	if (values.has('advance')) clock.advance(values.integer('advance', 0));
	if (values.boolean('reset')) clock.reset();
}

function readQuery(query: unknown): JsonObject {
	return isObject(query) ? query : {};
}

/** Returns an action or view of a service. Inherited members such as `constructor` are none. */
function findAction(
	tables: AdminTarget['actions'],
	{ service: name, action }: { service: string; action: string },
): { service: ServiceName; run: Action } | undefined {
	const service = findService(name);
	if (!service || !Object.hasOwn(tables[service], action)) return undefined;
	const run = tables[service][action];
	return run && { service, run };
}

function addSnapshotRoutes(fastify: FastifyInstance, { snapshots }: AdminTarget): void {
	fastify.get('/_admin/snapshots', () => writeJson(snapshots.entries()));
	fastify.post('/_admin/snapshots', (request) => {
		const { name } = readBody(request.body);
		return writeJson(snapshots.add(typeof name === 'string' ? name.trim() : ''));
	});
	fastify.post<{ Params: { id: string } }>('/_admin/snapshots/:id/restore', (request) => {
		snapshots.restore(Number(request.params.id));
		return writeJson({ ok: true });
	});
	fastify.delete<{ Params: { id: string } }>('/_admin/snapshots/:id', (request) => {
		snapshots.remove(Number(request.params.id));
		return writeJson(snapshots.entries());
	});
}

/** Adds the `/_admin` routes (JSON in, JSON out), for use from outside this process. */
export function addAdminRoutes(fastify: FastifyInstance, sandbox: AdminTarget): void {
	const toJson = (value: unknown): string => writeJson(value ?? null);
	fastify.addHook('onRequest', async (request, reply) => {
		if (!request.url.startsWith('/_admin/')) return;
		const sign = findCrossSiteSign(request.headers);
		if (sign !== undefined) await reply.code(403).send(toJson({ message: sign }));
	});
	fastify.addHook('onSend', async (request, reply, payload) => {
		const isPlain = reply.getHeader('content-type') === undefined || typeof payload === 'string';
		if (request.url.startsWith('/_admin/') && isPlain)
			reply.type('application/json; charset=utf-8');
		return payload;
	});
	fastify.setErrorHandler(async (thrown, _request, reply) => {
		const message = thrown instanceof Error ? thrown.message : 'The request is invalid';
		await reply.code(400).send(toJson({ message }));
	});
	fastify.get('/_admin/faults', () => toJson(sandbox.faults.list()));
	fastify.post('/_admin/faults', (request) => {
		sandbox.faults.add(readFault(readBody(request.body)));
		return toJson(sandbox.faults.list());
	});
	fastify.delete('/_admin/faults', (request) => {
		const { name } = readQuery(request.query);
		if (typeof name === 'string') sandbox.faults.remove(name);
		else sandbox.faults.clear();
		return toJson(sandbox.faults.list());
	});
	fastify.get('/_admin/requests', (request) => {
		return toJson(sandbox.requestLog.entries(readFilter(readQuery(request.query))));
	});
	fastify.delete('/_admin/requests', () => {
		sandbox.requestLog.clear();
		return toJson([]);
	});
	fastify.get<{ Params: { service: string } }>('/_admin/coverage/:service', (request) => {
		const service = findService(request.params.service);
		if (!service) throw new TypeError('Unknown service');
		return toJson(sandbox.requestLog.coverage(service));
	});
	fastify.get<{ Params: { service: string } }>('/_admin/state/:service', (request) => {
		const service = findService(request.params.service);
		if (!service) throw new TypeError('Unknown service');
		return toJson(sandbox.states[service]());
	});
	fastify.post('/_admin/reset', () => {
		sandbox.reset();
		return toJson({ ok: true });
	});
	fastify.post('/_admin/clock', (request) => {
		moveClock(sandbox.clock, readBody(request.body));
		return toJson({ now: sandbox.clock.now() });
	});
	addSnapshotRoutes(fastify, sandbox);
	fastify.post<{ Params: { service: string; action: string } }>(
		'/_admin/:service/:action',
		async (request, reply) => {
			const action = findAction(sandbox.actions, request.params);
			if (!action) throw new TypeError('Unknown action');
			const input = readBody(request.body);
			const { number, result } = await sandbox.activityLog.runAction(
				{ service: action.service, name: request.params.action, input },
				() => action.run(input),
			);
			reply.header('x-sandbox-action', String(number));
			return toJson(result);
		},
	);
	fastify.get<{ Params: { service: string; action: string } }>(
		'/_admin/:service/:action',
		async (request) => {
			const found = findAction(sandbox.views, request.params);
			if (!found) throw new TypeError('Unknown view');
			return toJson(await found.run(readQuery(request.query)));
		},
	);
}
