import { addConsoleRoutes } from './console/routes';
import { ActivityLog } from './core/activityLog';
import { addAdminRoutes } from './core/admin';
import { Clock } from './core/clock';
import { Faults } from './core/faults';
import { RequestLog, type LoggedRequest } from './core/requestLog';
import { PlantedEndpoints } from './core/plantedEndpoints';
import { createPipeline, type PipelineTools } from './core/pipeline';
import { Server, type ServerMount } from './core/server';
import type { ServiceContext, ServiceModule } from './core/service';
import { Snapshots } from './core/snapshots';
import { Fanbook } from './fanbook';
import { Fanfou } from './fanfou';
import { Fanvue } from './fanvue';
import { DEFAULT_PORT } from './options';

export interface SandboxOptions {
	/** Defaults to DEFAULT_PORT; 0 selects a free port. */
	port?: number;
	/**
	 * Whether the first snapshot is the sample data, as in the console. Without it a reset takes less than
	 * half the time. On by default.
	 */
	savesSampleData?: boolean;
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
	/** What simulated users did and the services sent. */
	activityLog: ActivityLog;
	snapshots: Snapshots;
	/** Set `enabled` to respond with examples from the contract instead of the state. */
	examples: { enabled: boolean };
	/** Endpoints beside the contracts, as a service may add one any day. */
	planted: PlantedEndpoints;
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
		planted: new PlantedEndpoints(),
	};
	let origin = '';
	const activityLog = new ActivityLog(clock);
	const context: ServiceContext = { clock, activityLog, origin: () => origin };
	const fanvue = new Fanvue(context);
	const fanfou = new Fanfou(context);
	const fanbook = new Fanbook(context);
	const server = new Server([
		...createServerMounts(fanvue, tools),
		...createServerMounts(fanfou, tools),
		...createServerMounts(fanbook, tools),
	]);
	const services = { fanvue, fanfou, fanbook };
	const snapshots = new Snapshots(clock, () => {
		const restores = [fanvue, fanfou, fanbook].map((service) => service.takeSnapshot());
		return () => {
			for (const restore of restores) restore();
		};
	});
	const saveSampleData = (): void => {
		if (options.savesSampleData ?? true) snapshots.add('Sample data');
	};
	const reset = (): void => {
		clock.reset();
		tools.faults.clear();
		tools.requestLog.clear();
		tools.examples.enabled = false;
		tools.planted.clear();
		for (const service of [fanvue, fanfou, fanbook]) service.reset();
		activityLog.clear();
		snapshots.clear();
		saveSampleData();
	};
	saveSampleData();
	const admin = {
		...tools,
		activityLog,
		snapshots,
		reset,
		states: {
			fanvue: () => fanvue.state(),
			fanfou: () => fanfou.state(),
			fanbook: () => fanbook.state(),
		},
		actions: { fanvue: fanvue.actions, fanfou: fanfou.actions, fanbook: fanbook.actions },
		views: { fanvue: fanvue.views, fanfou: fanfou.views, fanbook: fanbook.views },
	};
	addAdminRoutes(server.fastify, admin);
	addConsoleRoutes(server.fastify, {
		...admin,
		origin: () => origin,
		urls: () => createUrls(origin),
		services,
	});
	const port = await server.listen(options.port ?? DEFAULT_PORT);
	origin = `http://127.0.0.1:${port}`;
	return {
		url: origin,
		port,
		urls: createUrls(origin),
		...tools,
		activityLog,
		snapshots,
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
