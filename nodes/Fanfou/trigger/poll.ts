import { NO_SECRETS } from '../../shared/secrets';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { NodeFailure, invalidParameter, toNodeError } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { isObject } from '../../shared/json';
import { runExclusively } from '../../shared/polling/checkpoint';
import { ApiClient } from '../../shared/client/apiClient';
import { toWireValue } from '../../shared/execution/parameterValues';
import { cleanMessage } from '../output/message';
import { statusRow } from '../output/status';
import { userRow } from '../output/user';
import { fanfouApi } from '../api';
import type { Event } from './events';
import { EVENTS } from './events';
import { keyword, watchedUser } from './fields';
import { readMark, readOn } from './mark';
import { pagesOf } from './pages';
import type { RetryPolicy } from '../../shared/client/retryPolicy';

/** Pages of one poll; sixty statuses each, so a burst of 1,800 is read whole. */
const MOST_PAGES = 30;
/** How many recent rows a test shows, and in how many pages it looks for them. */
const SAMPLE = 5;
const SAMPLE_PAGES = 5;
/** A poll waits less for a busy service than an execution: the next one comes soon. */
const PATIENCE: RetryPolicy = { maxAttempts: 4, timeoutMs: 60_000, maxWaitMs: 60_000 };

interface Settings {
	event: Event;
	query: Record<string, string>;
	simplify: boolean;
	chinese: boolean;
	leaveOutOwn: boolean;
}

/**
 * What is new since the last poll, oldest first. The first poll finds out where to begin; a test in
 * the editor shows recent rows and moves nothing.
 */
export async function pollFanfou(context: IPollFunctions): Promise<JsonObject[]> {
	const session = new ApiClient(context, fanfouApi, PATIENCE);
	try {
		const settings = readSettings(context);
		if (context.getMode() === 'manual') return await sample(session, settings);
		return await runExclusively(context, async () => await readNews(context, session, settings));
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined, await session.secrets());
	}
}

async function readNews(
	context: IPollFunctions,
	session: ApiClient,
	settings: Settings,
): Promise<JsonObject[]> {
	const kept = context.getWorkflowStaticData('node');
	const watched = JSON.stringify([settings.event.value, settings.query]);
	// A node that now watches something else begins anew.
	const mark = kept.watched === watched ? readMark(kept.mark) : undefined;
	const pages = pagesOf(session, settings.event, asked(settings));
	const reading = await readOn(pages, settings.event.rows, mark, MOST_PAGES);
	if (reading.cut) reportGap(context, settings.event);
	// Set last: a poll that failed on its way is simply made again.
	kept.watched = watched;
	kept.mark = { seen: reading.mark.seen, floor: reading.mark.floor } satisfies IDataObject;
	return shown(reading.rows, settings);
}

async function sample(session: ApiClient, settings: Settings): Promise<JsonObject[]> {
	let pages = 0;
	for await (const page of pagesOf(session, settings.event, asked(settings))) {
		const rows = shown(page, settings).slice(0, SAMPLE).reverse();
		if (rows.length > 0) return rows;
		pages += 1;
		if (pages === SAMPLE_PAGES) break;
	}
	throw new NodeFailure(`Fanfou has nothing to show for "${settings.event.name}"`, {
		description: 'Try again once there is something; the trigger itself works all the same',
	});
}

/** The query: what is watched, and texts as HTML where they are taken apart. */
function asked({ event, query, simplify }: Settings): Record<string, string> {
	if (!simplify) return query;
	return { ...query, mode: 'lite', ...(event.holds === 'status' ? { format: 'html' } : {}) };
}

function shown(rows: JsonObject[], settings: Settings): JsonObject[] {
	const { event, simplify, chinese, leaveOutOwn } = settings;
	const wanted = leaveOutOwn ? rows.filter((row) => row.is_self !== true) : rows;
	if (!simplify) return wanted;
	if (event.holds === 'message') return wanted.map(cleanMessage);
	return wanted.map((row) =>
		event.holds === 'user' ? userRow(row, chinese) : statusRow(row, chinese),
	);
}

/** Tells of news that may be missing, in an execution of its own; the others start all the same. */
function reportGap(context: IPollFunctions, event: Event): void {
	const failure = new NodeFailure(
		`More than ${MOST_PAGES * event.size} rows came since the last poll of "${event.name}", the oldest of them are missing`,
		{ description: 'Poll more often' },
	);
	context.__emitError(toNodeError(context.getNode(), failure, undefined, NO_SECRETS));
}

function readSettings(context: IPollFunctions): Settings {
	const chosen: unknown = context.getNodeParameter('event', 'homeStatus');
	const event = EVENTS.find(({ value }) => value === chosen);
	if (event === undefined) {
		throw invalidParameter('Event', `cannot be "${String(chosen)}"`, 'Choose one from the list');
	}
	const given: unknown = context.getNodeParameter('options', {});
	const options = isObject(given) ? given : {};
	return {
		event,
		query: watchedQuery(context, event),
		simplify: context.getNodeParameter('simplify', true) === true,
		chinese: options.fieldNames === 'chinese',
		leaveOutOwn: options.leaveOutOwn === true,
	};
}

function watchedQuery(context: IPollFunctions, event: Event): Record<string, string> {
	const field =
		event.value === 'userStatus' ? watchedUser : event.value === 'keyword' ? keyword : undefined;
	if (field === undefined) return {};
	const value = toWireValue(field, context.getNodeParameter(field.key, ''), context.getTimezone());
	if (typeof value !== 'string' || value.trim() === '') {
		throw invalidParameter(field.displayName, 'is empty', `Fill in "${field.displayName}"`);
	}
	return { [field.key]: value };
}
