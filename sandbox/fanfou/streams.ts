import { PassThrough, type Readable } from 'node:stream';
import type { ActivityLog } from '../core/activityLog';
import type { Clock } from '../core/clock';
import { writeJson } from '../core/json';

const HEARTBEAT_INTERVAL_MS = 20_000;

/** One event of the user stream. Source and target are rendered users. */
export interface StreamEvent {
	event: string;
	source: unknown;
	target: unknown;
	object: unknown;
}

/** Open user streams: JSON objects terminated by CRLF, with an empty line as heartbeat. */
export class Streams {
	private readonly open = new Map<PassThrough, string>();

	constructor(
		private readonly clock: Clock,
		private readonly activityLog: ActivityLog,
	) {}

	/** Opens a stream of one user's events. */
	subscribe(userId: string): Readable {
		const stream = new PassThrough();
		this.open.set(stream, userId);
		stream.on('close', () => this.open.delete(stream));
		stream.write('\r\n');
		this.scheduleHeartbeat(stream);
		return stream;
	}

	hasListener(userId: string): boolean {
		return [...this.open.values()].includes(userId);
	}

	/** Sends an event to every stream of a user. */
	emit(userId: string, event: StreamEvent): void {
		// created_at is known to differ from the REST API's format, but the format is undocumented.
		const line = writeJson({ ...event, created_at: new Date(this.clock.now()).toUTCString() });
		for (const [stream, listener] of this.open) {
			if (listener === userId) stream.write(`${line}\r\n`);
		}
		this.activityLog.record({
			service: 'fanfou',
			kind: 'streamEvent',
			name: event.event,
			summary: `to the stream of ${userId}`,
			succeeded: true,
			details: event,
		});
	}

	get size(): number {
		return this.open.size;
	}

	close(): void {
		for (const stream of this.open.keys()) stream.end();
		this.open.clear();
	}

	private scheduleHeartbeat(stream: PassThrough): void {
		this.clock.after(HEARTBEAT_INTERVAL_MS, () => {
			if (!this.open.has(stream)) return;
			stream.write('\r\n');
			this.scheduleHeartbeat(stream);
		});
	}
}
