import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AdminTarget } from '../core/admin';
import { SERVICE_NAMES, type ServiceName } from '../core/contract';
import { findForeignHost } from '../core/crossSite';
import { createPresetFault, FAULT_PRESETS, presetName } from '../core/faultPresets';
import type { Fault } from '../core/faults';
import { isObject, parseJson, writeJson, type JsonObject } from '../core/json';
import type { UnsignedRequest } from '../core/service';
import type { SnapshotInfo } from '../core/snapshots';
import { DEMO } from '../demo';
import { loadBundle } from './bundle';
import { EventStream, isOwnPicture } from './events';
import { describeOperation, listOperations } from './reference';
import { createRequest, sendRequest } from './tryOperation';

export interface ConsoleTarget extends AdminTarget {
	origin: () => string;
	urls: () => object;
	services: Record<ServiceName, { signRequest(request: UnsignedRequest): UnsignedRequest }>;
}

/** What the frame of the page shows. */
export interface StatusView {
	origin: string;
	/** Milliseconds of sandbox time. */
	now: number;
	/** How far the sandbox's clock is ahead of the real time, in milliseconds. */
	ahead: number;
	urls: Record<string, string>;
	faults: Fault[];
	presets: Array<{ id: string; label: string }>;
	snapshots: SnapshotInfo[];
	/** People to begin with. */
	demo: { fanbookUserId: string; fanbookChannelId: string; fanvueFan: string; fanfouUser: string };
}

/** Routes after which the page has to load its logs again. */
const EMPTIES_LOGS = new Set(['/_admin/reset', '/_admin/requests']);

/** How many requests the page begins with. */
const LATEST_REQUESTS = 200;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Sandbox console</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/app.css">
<script type="module" src="/console/app.js"></script>
</head>
<body><div id="app"></div><noscript>The console needs JavaScript.</noscript></body>
</html>
`;

/** No other origin can be contacted, and no other page can show this one in a frame. */
const SECURITY_HEADERS = {
	'content-security-policy':
		"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cross-origin-resource-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cache-control': 'no-cache',
};

function requireService(name: unknown): ServiceName {
	const service = SERVICE_NAMES.find((item) => item === name);
	if (!service) throw new TypeError('Unknown service');
	return service;
}

function readObject(body: unknown): JsonObject {
	const value = Buffer.isBuffer(body) && body.length > 0 ? parseJson(body.toString('utf8')) : {};
	if (!isObject(value)) throw new TypeError('The body must be a JSON object');
	return value;
}

function createStatus(target: ConsoleTarget): StatusView {
	const { clock, faults, snapshots } = target;
	return {
		origin: target.origin(),
		now: clock.now(),
		ahead: clock.now() - Date.now(),
		urls: Object.fromEntries(Object.entries(target.urls()).map(([k, v]) => [k, String(v)])),
		faults: faults.list(),
		presets: Object.entries(FAULT_PRESETS).map(([id, { label }]) => ({ id, label })),
		snapshots: snapshots.entries(),
		demo: {
			fanbookUserId: DEMO.fanbook.userId,
			fanbookChannelId: DEMO.fanbook.lobbyChannelId,
			fanvueFan: 'felix',
			fanfouUser: DEMO.fanfou.userName,
		},
	};
}

function addPage(fastify: FastifyInstance): void {
	const send = async (reply: FastifyReply, type: string, body: string): Promise<void> => {
		await reply.headers(SECURITY_HEADERS).type(`${type}; charset=utf-8`).send(body);
	};
	fastify.addHook('onRequest', async (request, reply) => {
		const isPage = request.url === '/' || request.url.startsWith('/console/');
		const foreignHost = isPage ? findForeignHost(request.headers) : undefined;
		if (foreignHost !== undefined) await reply.code(403).send(foreignHost);
	});
	fastify.get('/', async (_request, reply) => {
		await send(reply, 'text/html', PAGE);
	});
	fastify.get('/console/app.js', async (_request, reply) => {
		await send(reply, 'text/javascript', (await loadBundle()).script);
	});
	fastify.get('/console/app.css', async (_request, reply) => {
		await send(reply, 'text/css', (await loadBundle()).style);
	});
}

function addReference(fastify: FastifyInstance, target: ConsoleTarget): void {
	fastify.get<{ Params: { service: string } }>('/_admin/console/reference/:service', (request) =>
		writeJson(listOperations(requireService(request.params.service))),
	);
	fastify.get<{ Params: { service: string; id: string } }>(
		'/_admin/console/reference/:service/:id',
		(request) => {
			const { service, id } = request.params;
			return writeJson(describeOperation(requireService(service), id));
		},
	);
	fastify.post('/_admin/console/try', async (request) => {
		const { service: name, operation, values } = readObject(request.body);
		const service = requireService(name);
		if (typeof operation !== 'string') throw new TypeError('"operation" is missing');
		const texts = Object.entries(isObject(values) ? values : {}).flatMap(([key, value]) =>
			typeof value === 'string' ? [[key, value] as const] : [],
		);
		const unsigned = createRequest({ service, operation, values: Object.fromEntries(texts) });
		const signed = target.services[service].signRequest(unsigned);
		return writeJson(await sendRequest(target.origin(), signed));
	});
}

/** Adds the console: its page, its live events, and what it needs beside the admin routes. */
export function addConsoleRoutes(fastify: FastifyInstance, target: ConsoleTarget): void {
	const events = new EventStream(target.requestLog, target.activityLog);
	addPage(fastify);
	addReference(fastify, target);
	fastify.addHook('onResponse', (request, _reply, done) => {
		if (request.url.startsWith('/_admin/') && request.method !== 'GET') {
			events.send(EMPTIES_LOGS.has(request.url) ? 'reset' : 'changed');
		}
		done();
	});
	fastify.get('/_admin/console/events', (_request, reply) => {
		reply.hijack();
		events.connect(reply.raw);
	});
	fastify.get('/_admin/console/status', () => writeJson(createStatus(target)));
	fastify.get('/_admin/console/requests', () =>
		writeJson(
			target.requestLog
				.entries()
				.filter((entry) => !isOwnPicture(entry))
				.slice(-LATEST_REQUESTS),
		),
	);
	fastify.get<{ Querystring: { causedBy?: string } }>('/_admin/console/activity', (request) => {
		const { causedBy } = request.query;
		return writeJson(
			target.activityLog.entries(causedBy === undefined ? undefined : Number(causedBy)),
		);
	});
	/** {preset, service?, on} */
	fastify.post('/_admin/console/faults', (request) => {
		const { preset, service: name, on } = readObject(request.body);
		if (typeof preset !== 'string') throw new TypeError('"preset" is missing');
		const service = name === undefined || name === null ? undefined : requireService(name);
		target.faults.remove(presetName(preset, service));
		if (on === true) target.faults.add(createPresetFault(preset, service));
		return writeJson(target.faults.list());
	});
}
