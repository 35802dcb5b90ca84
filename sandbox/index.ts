import { addAdminRoutes } from './core/admin';
import { Clock } from './core/clock';
import { Faults } from './core/faults';
import { RequestLog, type LoggedRequest } from './core/requestLog';
import { renderConsolePage } from './core/consolePage';
import { createPipeline, type PipelineTools } from './core/pipeline';
import { Server, type ServerMount } from './core/server';
import type { ServiceContext, ServiceModule } from './core/service';
import { Fanbook } from './fanbook';
import { Fanfou } from './fanfou';
import { Fanvue } from './fanvue';

export const DEFAULT_PORT = 5780;

export interface SandboxOptions {
	/** Defaults to 5780; 0 selects a free port. */
	port?: number;
	/** Called for every handled request. */
	logger?: (entry: LoggedRequest) => void;
}

/** Local addresses of the three services. */
export interface SandboxUrls {
	fanvueApi: string;
	fanvueLogin: string;
	fanvueStorage: string;
	fanfouApi: string;
	fanfouLogin: string;
	fanfouStream: string;
	fanbook: string;
	/** A WebSocket address. */
	fanbookGateway: string;
}

export interface Sandbox {
	/** `http://127.0.0.1:<port>`, the console page. */
	url: string;
	port: number;
	urls: SandboxUrls;
	clock: Clock;
	requestLog: RequestLog;
	faults: Faults;
	/** Set `enabled` to respond with examples from the contract instead of the state. */
	examples: { enabled: boolean };
	fanvue: Fanvue;
	fanfou: Fanfou;
	fanbook: Fanbook;
	/** Restores the initial state: sample data, real time, no faults, empty request log. */
	reset(): void;
	/** Closes the server and every connection at once. */
	close(): Promise<void>;
}

function createServerMounts<Account>(
	module: ServiceModule<Account>,
	tools: PipelineTools,
): ServerMount[] {
	const pipeline = createPipeline(module.definition, tools);
	return module.definition.mounts.map((mount) => {
		const entrance: ServerMount = {
			service: module.definition.name,
			prefix: mount.prefix,
			handle: async (request) => await pipeline(request, mount),
		};
		if (mount.binary) entrance.binary = true;
		if (module.upgrade) entrance.upgrade = module.upgrade;
		return entrance;
	});
}

function createUrls(origin: string): SandboxUrls {
	return {
		fanvueApi: `${origin}/fanvue`,
		fanvueLogin: `${origin}/fanvue-login`,
		fanvueStorage: `${origin}/fanvue-storage`,
		fanfouApi: `${origin}/fanfou`,
		fanfouLogin: `${origin}/fanfou-login`,
		fanfouStream: `${origin}/fanfou-stream`,
		fanbook: `${origin}/fanbook`,
		fanbookGateway: `${origin.replace('http', 'ws')}/fanbook/websocket`,
	};
}

/** Starts the three services on 127.0.0.1. Rejects when the port is in use. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const clock = new Clock();
	const tools: PipelineTools = {
		clock,
		faults: new Faults(),
		requestLog: new RequestLog(options.logger),
		examples: { enabled: false },
	};
	let origin = '';
	const context: ServiceContext = { clock, origin: () => origin };
	const fanvue = new Fanvue(context);
	const fanfou = new Fanfou(context);
	const fanbook = new Fanbook(context);
	const server = new Server([
		...createServerMounts(fanvue, tools),
		...createServerMounts(fanfou, tools),
		...createServerMounts(fanbook, tools),
	]);
	const reset = (): void => {
		clock.reset();
		tools.faults.clear();
		tools.requestLog.clear();
		tools.examples.enabled = false;
		for (const service of [fanvue, fanfou, fanbook]) service.reset();
	};
	addAdminRoutes(server.fastify, {
		...tools,
		reset,
		states: {
			fanvue: () => fanvue.state(),
			fanfou: () => fanfou.state(),
			fanbook: () => fanbook.state(),
		},
		actions: { fanvue: fanvue.actions, fanfou: fanfou.actions, fanbook: fanbook.actions },
	});
	server.fastify.get('/', async (_request, reply) => {
		const overview = {
			Fanvue: fanvue.overview(),
			Fanfou: fanfou.overview(),
			Fanbook: fanbook.overview(),
		};
		await reply
			.type('text/html; charset=utf-8')
			.send(renderConsolePage(overview, tools.requestLog));
	});
	const port = await server.listen(options.port ?? DEFAULT_PORT);
	origin = `http://127.0.0.1:${port}`;
	return {
		url: origin,
		port,
		urls: createUrls(origin),
		...tools,
		fanvue,
		fanfou,
		fanbook,
		reset,
		close: async () => {
			for (const service of [fanvue, fanfou, fanbook]) service.close();
			clock.stop();
			await server.close();
		},
	};
}
