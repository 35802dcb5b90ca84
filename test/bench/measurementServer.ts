import { fork } from 'node:child_process';
import { join } from 'node:path';

/** The service for measurements; see server.mjs. */
export interface MeasurementServer {
	url: string;
	stop: () => void;
}

export async function startServer(): Promise<MeasurementServer> {
	const child = fork(join(__dirname, 'server.mjs'), { execArgv: [] });
	const port = await new Promise<unknown>((resolve) => child.once('message', resolve));
	return { url: `http://127.0.0.1:${String(port)}`, stop: () => child.disconnect() };
}

/** Runs a measurement with a server of its own. */
export async function withServer<Result>(
	measure: (server: MeasurementServer) => Promise<Result>,
): Promise<Result> {
	const server = await startServer();
	try {
		return await measure(server);
	} finally {
		server.stop();
	}
}
