import type { FastifyInstance } from 'fastify';
import type { Clock } from './clock';
import { SERVICE_NAMES, type ServiceName } from './contract';
import { FAULT_KINDS, type Fault, type Faults } from './faults';
import type { RequestLog, RequestLogFilter } from './requestLog';
import { isObject, parseJson, writeJson, type JsonObject, type JsonValue } from './json';
import { Parameters } from './parameters';
import type { Action } from './service';

export interface AdminTarget {
	clock: Clock;
	faults: Faults;
	requestLog: RequestLog;
	reset: () => void;
	states: Record<ServiceName, () => unknown>;
	actions: Record<ServiceName, Readonly<Record<string, Action>>>;
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
	for (const key of ['endpoint', 'path', 'method'] as const) {
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

/** Adds the `/_admin` routes (JSON in, JSON out), for use from outside this process. */
export function addAdminRoutes(fastify: FastifyInstance, sandbox: AdminTarget): void {
	const toJson = (value: unknown): string => writeJson(value ?? null);
	fastify.addHook('onSend', async (request, reply, payload) => {
		if (request.url.startsWith('/_admin/')) reply.type('application/json; charset=utf-8');
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
	fastify.delete('/_admin/faults', () => {
		sandbox.faults.clear();
		return toJson([]);
	});
	fastify.get('/_admin/requests', (request) => {
		const query = isObject(request.query) ? request.query : {};
		return toJson(sandbox.requestLog.entries(readFilter(query)));
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
	fastify.post<{ Params: { service: string; action: string } }>(
		'/_admin/:service/:action',
		async (request) => {
			const service = findService(request.params.service);
			const action = service && sandbox.actions[service][request.params.action];
			if (!action) throw new TypeError('Unknown action');
			return toJson(await action(readBody(request.body)));
		},
	);
}
