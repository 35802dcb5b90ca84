import type { ServerResponse } from 'node:http';
import type { ActivityLog } from '../core/activityLog';
import type { LoggedRequest, RequestLog } from '../core/requestLog';
import { writeJson } from '../core/json';

const KEEP_ALIVE_MS = 20_000;
/** A page that reads more slowly than this is disconnected; it reconnects and loads everything again. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

/** Returns whether the page itself loaded a picture, which is of no interest in its list of requests. */
export function isOwnPicture({ headers }: LoggedRequest): boolean {
	return headers['sec-fetch-dest'] === 'image' && headers['sec-fetch-site'] === 'same-origin';
}

/**
 * The stream of server-sent events of the console: `request` and `activity` carry the new entry of a
 * log; `changed` and `reset`, which empties both logs, have no data.
 */
export class EventStream {
	private readonly clients = new Set<ServerResponse>();
	private keepAlive: NodeJS.Timeout | undefined;

	constructor(requestLog: RequestLog, activityLog: ActivityLog) {
		requestLog.subscribe((entry) => {
			if (!isOwnPicture(entry)) this.send('request', entry);
		});
		activityLog.subscribe((activity) => {
			this.send('activity', activity);
		});
	}

	connect(response: ServerResponse): void {
		response.writeHead(200, {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
		});
		response.write('retry: 1000\n\nevent: changed\ndata: null\n\n');
		this.clients.add(response);
		response.on('close', () => {
			this.clients.delete(response);
			if (this.clients.size === 0) clearInterval(this.keepAlive);
		});
		if (this.clients.size > 1) return;
		this.keepAlive = setInterval(() => {
			for (const client of this.clients) client.write(': still here\n\n');
		}, KEEP_ALIVE_MS);
		this.keepAlive.unref();
	}

	send(event: 'request' | 'activity' | 'changed' | 'reset', data: unknown = null): void {
		if (this.clients.size === 0) return;
		const text = `event: ${event}\ndata: ${writeJson(data)}\n\n`;
		for (const client of this.clients) {
			client.write(text);
			if (client.writableLength > MAX_BUFFERED_BYTES) client.destroy();
		}
	}
}
