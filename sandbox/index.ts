import { addAdminRoutes } from './core/admin';
import { Clock } from './core/clock';
import { Faults } from './core/faults';
import { Journal, type JournalEntry } from './core/journal';
import { renderPage } from './core/page';
import { createPipeline, type Tools } from './core/pipeline';
import { Server, type Entrance } from './core/server';
import type { ServiceContext, ServiceModule } from './core/service';
import { Fanbook } from './fanbook';
import { Fanfou } from './fanfou';
import { Fanvue } from './fanvue';

export const DEFAULT_PORT = 5780;

export interface SandboxOptions {
	/** 5780 unless told; 0 takes a free port. */
	port?: number;
	/** Hears of every request that was answered. */
	logger?: (entry: JournalEntry) => void;
}

/** Addresses of the three services on this machine. */
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
	/** `http://127.0.0.1:<port>`; shows the state page. */
	url: string;
	port: number;
	urls: SandboxUrls;
	clock: Clock;
	journal: Journal;
	faults: Faults;
	fanvue: Fanvue;
	fanfou: Fanfou;
	fanbook: Fanbook;
	/** Back to the beginning: sample data, real time, no faults, empty journal. */
	reset(): void;
	/** Ends at once; nothing stays open. */
	close(): Promise<void>;
}

function entrancesOf<Account>(module: ServiceModule<Account>, tools: Tools): Entrance[] {
	const pipeline = createPipeline(module.definition, tools);
	return module.definition.mounts.map((mount) => {
		const entrance: Entrance = {
			service: module.definition.name,
			prefix: mount.prefix,
			answer: async (request) => await pipeline(request, mount),
		};
		if (mount.binary) entrance.binary = true;
		if (module.upgrade) entrance.upgrade = module.upgrade;
		return entrance;
	});
}

function urlsOf(origin: string): SandboxUrls {
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

/** Starts the three services on 127.0.0.1. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const clock = new Clock();
	const tools: Tools = { clock, faults: new Faults(), journal: new Journal(options.logger) };
	let origin = '';
	const context: ServiceContext = { clock, origin: () => origin };
	const fanvue = new Fanvue(context);
	const fanfou = new Fanfou(context);
	const fanbook = new Fanbook(context);
	const server = new Server([
		...entrancesOf(fanvue, tools),
		...entrancesOf(fanfou, tools),
		...entrancesOf(fanbook, tools),
	]);
	const reset = (): void => {
		clock.reset();
		tools.faults.clear();
		tools.journal.clear();
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
		await reply.type('text/html; charset=utf-8').send(renderPage(overview, tools.journal));
	});
	const port = await server.listen(options.port ?? DEFAULT_PORT);
	origin = `http://127.0.0.1:${port}`;
	return {
		url: origin,
		port,
		urls: urlsOf(origin),
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
