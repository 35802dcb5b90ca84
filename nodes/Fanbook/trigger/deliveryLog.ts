import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/json';
import { compareIds } from '../ids';

/*
 * What is stored so that no event is lost and none starts the workflow twice.
 *
 * n8n stores the static data of a node when the workflow is activated and, without waiting, at
 * each emit; it writes the execution a moment later. Nothing is stored when a run ends, nor at
 * shutdown. If the static data already named the emitted event as done, and the process were
 * killed before the execution is written, the event would be lost.
 *
 * - Therefore an event counts as done only when n8n has reported the end of its run. The cursor of
 *   a channel passes a message when it is done, not when it is emitted, and is stored at the next
 *   emit. After a kill the cursor may be too far back, never too far ahead: the messages behind it
 *   are read from the channel's history and emitted again.
 * - The repetition has the same key, and n8n drops it as long as it keeps the earlier execution.
 *   If the workflow does not keep its executions, n8n deletes them when a run ends; the messages
 *   done since the last emit then start a second time after a restart. Those done before are in
 *   the stored list of ids and are not emitted.
 * - The gateway does not number its frames, so receiving a message does not prove that those before
 *   it were received. Only a reading of the history does: the cursor moves over the messages that
 *   such a reading has listed.
 * - Ids are made by several machines of Fanbook. A message can appear in the history a moment after
 *   one with a higher id, so each reading starts before the messages that were sent or first listed
 *   in the last few seconds.
 * - A message that was emitted last before a restart is not stored as done. If it has become too old to be
 *   emitted again, it was not missed: the ids of emitted events are stored for this only.
 * - Static data is one object per workflow. Runs of other nodes may write back an older version of
 *   it, which only moves the cursor back.
 */

/** How long a message with a lower id may be missing from the history, in milliseconds. */
const OVERLAP_MS = 10_000;
/** How far Fanbook's clock may be ahead, in milliseconds. */
const MAX_CLOCK_DIFFERENCE_MS = 86_400_000;
/** Number of ids of finished events, and of emitted ones, to store. They are written at each emit. */
const MAX_STORED_IDS = 300;
/** Number of ids to keep in memory. */
const MAX_REMEMBERED_IDS = 20_000;
/** Number of messages that may wait for the cursor; of more, the oldest count as done. */
const MAX_LISTED_MESSAGES = 20_000;
/** How long a deduplication key is valid, in milliseconds. */
const DEDUPLICATION_WINDOW_MS = 10_000;

/** Message found in the history. */
export interface ListedMessage {
	id: string;
	/** Milliseconds since 1970, or 0. */
	time: number;
}

interface ChannelProgress {
	/** Newest message up to which everything is done. This is stored. */
	cursor: string;
	/** Message after which the next reading starts. */
	start: string;
	/** Listed messages after the cursor, oldest first, and when each was first listed. */
	listed: Array<ListedMessage & { listedAt: number }>;
}

/** Records which events were seen, and up to where each channel is done. */
export class DeliveryLog {
	private readonly channels = new Map<string, ChannelProgress>();
	private readonly seen: Set<string>;
	private readonly pending = new Set<string>();
	private readonly done: string[];
	/** Messages that were emitted and are not done, also by an earlier process. */
	private readonly emitted: Set<string>;
	private readonly recentKeys = new Map<string, { since: number; id: string | undefined }>();
	private lastStored: string | undefined;

	/** @param stored static data of the node, with what the last run of n8n stored */
	constructor(
		private readonly stored: IDataObject,
		channels: readonly string[],
	) {
		const { done, emitted, cursors } = stored;
		this.done = readTexts(done);
		this.emitted = new Set(readTexts(emitted));
		this.seen = new Set(this.done);
		for (const channel of channels) {
			const cursor: unknown = isObject(cursors) ? cursors[channel] : undefined;
			if (typeof cursor === 'string' && /^\d{1,19}$/.test(cursor)) this.setStart(channel, cursor);
		}
	}

	/** Returns the message after which to read a channel; `undefined` until a start is set. */
	startOf(channel: string): string | undefined {
		return this.channels.get(channel)?.start;
	}

	/** Sets the start of a channel. Messages up to this one are ignored. */
	setStart(channel: string, id: string): void {
		this.channels.set(channel, { cursor: id, start: id, listed: [] });
	}

	/** Registers an event that is about to be emitted. Returns false if it was seen before. */
	register(id: string | undefined, deduplicationKey: string | undefined): boolean {
		if (id !== undefined && this.seen.has(id)) return false;
		const isDuplicate = this.isDuplicate(deduplicationKey, id);
		if (id !== undefined) {
			this.remember(id);
			// A duplicate was emitted before without an id.
			if (isDuplicate) this.markDone(id);
			else this.pending.add(id);
		}
		return !isDuplicate;
	}

	/** Returns whether an event was registered or, by an earlier process, emitted. */
	isKnown(id: string | undefined): boolean {
		return id !== undefined && (this.seen.has(id) || this.emitted.has(id));
	}

	/** Marks an event as done after n8n has reported the end of its run. */
	markStarted(id: string | undefined): void {
		if (id !== undefined && this.pending.delete(id)) this.markDone(id);
	}

	private markDone(id: string): void {
		this.emitted.delete(id);
		this.done.push(id);
		if (this.done.length > MAX_STORED_IDS) {
			this.done.splice(0, this.done.length - MAX_STORED_IDS);
		}
	}

	/**
	 * Adds the messages listed by a reading of the history, oldest first and without a gap. Their
	 * events must have been registered before.
	 *
	 * @param startedAt when the reading began, in milliseconds since 1970
	 */
	recordHistory(channel: string, messages: readonly ListedMessage[], startedAt: number): void {
		const progress = this.channels.get(channel);
		if (progress === undefined) return;
		const now = Date.now();
		const known = new Set(progress.listed.map(({ id }) => id));
		const added = messages
			.filter(({ id }) => !known.has(id) && compareIds(id, progress.cursor) > 0)
			.map(({ id, time }) => ({ id, time, listedAt: now }));
		progress.listed = [...progress.listed, ...added].sort((a, b) => compareIds(a.id, b.id));
		// A time that is missing or far in the future says nothing about the other messages.
		const latest = now + MAX_CLOCK_DIFFERENCE_MS;
		const timed = messages.filter(({ time }) => time > 0 && time <= latest);
		const newest = timed.reduce((highest, { time }) => Math.max(highest, time), -Infinity);
		for (const { id, time } of timed) {
			if (time <= newest - OVERLAP_MS && compareIds(id, progress.start) > 0) progress.start = id;
		}
		// In a channel without newer messages, the newest one is passed some seconds later. One from the
		// future is not: the messages after it may have lower ids.
		const before = startedAt - OVERLAP_MS;
		for (const message of progress.listed) {
			// A time in the future is one from before the clock was set back.
			message.listedAt = Math.min(message.listedAt, now);
			const { id, time, listedAt } = message;
			const isPast = time > 0 && time <= before && listedAt <= before;
			if (isPast && compareIds(id, progress.start) > 0) progress.start = id;
		}
		this.advance(progress);
	}

	/**
	 * Updates the static data of the node. Must be called before each emit.
	 *
	 * @param emitted the event that is emitted next
	 */
	store(emitted?: string): void {
		// Without a history nothing is emitted again.
		if (emitted !== undefined && this.channels.size > 0) this.addEmitted(emitted);
		for (const progress of this.channels.values()) this.advance(progress);
		const cursors = Object.fromEntries(
			[...this.channels].map(([channel, { cursor }]) => [channel, cursor]),
		);
		// Each change makes n8n write the whole workflow, so nothing is changed without need.
		const lists = [Object.values(cursors), this.done.slice(-1), [...this.emitted]];
		const state = lists.map((list) => list.join()).join(' ');
		if (state === this.lastStored) return;
		this.lastStored = state;
		this.stored.cursors = cursors;
		this.stored.done = [...this.done];
		this.stored.emitted = [...this.emitted];
	}

	private addEmitted(id: string): void {
		this.emitted.add(id);
		for (const oldest of this.emitted) {
			if (this.emitted.size <= MAX_STORED_IDS) return;
			this.emitted.delete(oldest);
		}
	}

	/** Moves the cursor up to the first message that is not done. */
	private advance(progress: ChannelProgress): void {
		const { listed } = progress;
		let passed = Math.max(listed.length - MAX_LISTED_MESSAGES, 0);
		for (; passed < listed.length; passed += 1) {
			const message = listed[passed];
			if (message === undefined || this.pending.has(`message:${message.id}`)) break;
			if (compareIds(message.id, progress.start) > 0) break;
		}
		const cursor = listed[passed - 1]?.id;
		if (cursor === undefined) return;
		progress.cursor = cursor;
		for (const { id } of listed.splice(0, passed)) this.emitted.delete(`message:${id}`);
	}

	private remember(id: string): void {
		this.seen.add(id);
		if (this.seen.size <= MAX_REMEMBERED_IDS) return;
		for (const oldest of this.seen) {
			this.seen.delete(oldest);
			break;
		}
	}

	/**
	 * Whether an event has the key of a recent one. Two events with different ids are two events: a reading
	 * of the history can list them within a moment although hours were between them.
	 */
	private isDuplicate(key: string | undefined, id: string | undefined): boolean {
		if (key === undefined) return false;
		const now = Date.now();
		for (const [known, { since }] of this.recentKeys) {
			// A time in the future is one from before the clock was set back.
			if (now - since < DEDUPLICATION_WINDOW_MS && since <= now) break;
			this.recentKeys.delete(known);
		}
		const recent = this.recentKeys.get(key);
		if (recent !== undefined && (recent.id === undefined || id === undefined)) {
			recent.id ??= id;
			return true;
		}
		this.recentKeys.delete(key);
		this.recentKeys.set(key, { since: now, id });
		return false;
	}
}

function readTexts(list: unknown): string[] {
	return Array.isArray(list) ? list.filter((id) => typeof id === 'string') : [];
}
