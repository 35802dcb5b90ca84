import type { IDataObject } from 'n8n-workflow';
import { compareIds } from '../ids';

/*
 * What is kept so that nothing is lost and nothing starts twice.
 *
 * n8n stores a node's static data when the workflow is activated and, without waiting, at each
 * emit; the execution's row is written a moment later. Nothing is stored when a run ends, nor at
 * shutdown. So whatever is said here about an event with its own emit could be on disk while its
 * execution is not, if the process is killed in between.
 *
 * - Therefore an event counts as done only when n8n has reported back about its run. The cursor
 *   of a channel passes a message when it is done, never when it is merely emitted, and it is on
 *   disk at the next emit. A kill at any moment leaves the cursor too far back, not too far on:
 *   the messages behind it are read again from the channel's history and emitted again.
 * - The repeat carries the same deduplication key, and n8n drops it as long as the row of the
 *   earlier execution exists. Where the workflow does not keep its executions, n8n deletes the
 *   row when a run ends; then the messages done since the last emit start a second time after a
 *   restart. Those done before it are in the list below and are not emitted at all.
 * - The gateway numbers nothing, so having seen a message proves nothing about the ones before
 *   it. Only a reading of the history does: the cursor moves over what such a reading has listed.
 * - Ids are made by several machines of the service. A message can show up in the history a
 *   moment after one with a higher id, so each reading starts a few seconds before the newest
 *   message of the last one.
 * - The workflow's static data is one blob that other nodes' runs may write back as it was when
 *   they began. That again only moves the cursor back.
 */

/** How far a reading reaches back behind the newest known message, in milliseconds. */
const OVERLAP = 10_000;
/** How many ids of finished events are stored; each emit writes them. */
const STORED = 300;
/** How many ids are remembered in memory. */
const REMEMBERED = 20_000;
/** How many messages may wait for the cursor; beyond that it no longer waits for the oldest. */
const WAITING = 20_000;
/** How long an echo is told apart from a new event, in milliseconds. */
const ECHO = 10_000;

/** A message listed by the history. */
export interface Listed {
	id: string;
	/** Milliseconds since 1970. */
	time: number;
}

interface Track {
	/** Everything up to here is done: what is stored. */
	cursor: string;
	/** Where the next reading begins. */
	start: string;
	/** Listed messages the cursor has not passed, oldest first. */
	listed: Listed[];
}

/** The events this node has seen, and how far each channel is done. */
export class Ledger {
	private readonly tracks = new Map<string, Track>();
	private readonly seen: Set<string>;
	private readonly pending = new Set<string>();
	private readonly done: string[];
	private readonly echoes = new Map<string, number>();
	private lastStored: string | undefined;

	/** @param stored the node's static data, as the last run of n8n left it */
	constructor(
		private readonly stored: IDataObject,
		channels: readonly string[],
	) {
		const { done, cursors } = stored;
		this.done = Array.isArray(done) ? done.filter((id) => typeof id === 'string') : [];
		this.seen = new Set(this.done);
		for (const channel of channels) {
			const cursor: unknown = isRecord(cursors) ? cursors[channel] : undefined;
			if (typeof cursor === 'string' && /^\d{1,19}$/.test(cursor)) this.begin(channel, cursor);
		}
	}

	/** Where to read a channel's history from; `undefined` before its beginning is known. */
	start(channel: string): string | undefined {
		return this.tracks.get(channel)?.start;
	}

	/** Sets where a channel begins: what came up to there is none of this workflow's business. */
	begin(channel: string, id: string): void {
		this.tracks.set(channel, { cursor: id, start: id, listed: [] });
	}

	/** Notes an event that is about to be emitted. False when it has been seen before. */
	enter(id: string | undefined, echo: string | undefined): boolean {
		if (id !== undefined && this.seen.has(id)) return false;
		const isEcho = this.echoed(echo);
		if (id !== undefined) {
			this.remember(id);
			// The event itself has been emitted already, under no id or another one.
			if (isEcho) this.finish(id);
			else this.pending.add(id);
		}
		return !isEcho;
	}

	/** n8n has reported back: the event's run exists. */
	settle(id: string | undefined): void {
		if (id !== undefined && this.pending.delete(id)) this.finish(id);
	}

	private finish(id: string): void {
		this.done.push(id);
		if (this.done.length > STORED) this.done.splice(0, this.done.length - STORED);
	}

	/**
	 * Takes in what a reading of the history has listed, oldest first and without a gap, after
	 * every event in it was entered.
	 */
	list(channel: string, messages: readonly Listed[]): void {
		const track = this.tracks.get(channel);
		if (track === undefined || messages.length === 0) return;
		const known = new Set(track.listed.map(({ id }) => id));
		const added = messages.filter(({ id }) => !known.has(id) && compareIds(id, track.cursor) > 0);
		track.listed = [...track.listed, ...added].sort((a, b) => compareIds(a.id, b.id));
		const newest = Math.max(...messages.map(({ time }) => time));
		for (const { id, time } of messages) {
			if (time <= newest - OVERLAP && compareIds(id, track.start) > 0) track.start = id;
		}
		this.advance(track);
	}

	/** Brings the node's static data up to date. To be called before each emit. */
	store(): void {
		for (const track of this.tracks.values()) this.advance(track);
		const cursors = Object.fromEntries(
			[...this.tracks].map(([channel, { cursor }]) => [channel, cursor]),
		);
		// Each change makes n8n write the workflow's row, so without news nothing is touched.
		const news = `${Object.values(cursors).join()} ${this.done.at(-1) ?? ''}`;
		if (news === this.lastStored) return;
		this.lastStored = news;
		this.stored.cursors = cursors;
		this.stored.done = [...this.done];
	}

	private advance(track: Track): void {
		const { listed } = track;
		let passed = Math.max(listed.length - WAITING, 0);
		for (; passed < listed.length; passed += 1) {
			const message = listed[passed];
			if (message === undefined || this.pending.has(`message:${message.id}`)) break;
			if (compareIds(message.id, track.start) > 0) break;
		}
		const cursor = listed[passed - 1]?.id;
		if (cursor === undefined) return;
		track.cursor = cursor;
		listed.splice(0, passed);
	}

	private remember(id: string): void {
		this.seen.add(id);
		if (this.seen.size <= REMEMBERED) return;
		for (const oldest of this.seen) {
			this.seen.delete(oldest);
			break;
		}
	}

	private echoed(echo: string | undefined): boolean {
		if (echo === undefined) return false;
		const now = Date.now();
		for (const [known, since] of this.echoes) {
			if (now - since < ECHO) break;
			this.echoes.delete(known);
		}
		if (this.echoes.has(echo)) return true;
		this.echoes.set(echo, now);
		return false;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
