import { NO_SECRETS } from '../../shared/secrets';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { NodeFailure, invalidParameter, toNodeError } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { isObject } from '../../shared/json';
import type { ListPage, News, PolledList } from '../../shared/polling/checkpoint';
import { parseCheckpoint, readNew, runExclusively } from '../../shared/polling/checkpoint';
import type { RetryPolicy } from '../../shared/client/retryPolicy';
import { ApiClient } from '../../shared/client/apiClient';
import { checkSetting, parseSwitch, toWireValue } from '../../shared/execution/parameterValues';
import { shown } from '../../shared/execution/shownValue';
import { cleanMessage } from '../output/message';
import { statusRow } from '../output/status';
import { userRow } from '../output/user';
import { fanfouApi } from '../api';
import { fieldNames } from '../commonFields';
import type { TriggerEvent } from './events';
import { EVENTS, idOf } from './events';
import { keyword, watchedUser } from './fields';
import { pagesOf } from './pages';
import type { Start } from './start';
import { findStart, isBeforeStart, parseStart, recentFilter } from './start';
import { nodeStaticData } from '../../shared/staticData';

/** Pages per poll; with 60 statuses each, 1,800 new statuses are read completely. */
const MAX_PAGES = 30;
/** Rows that a test in the editor returns, and pages in which it looks for them. */
const SAMPLE_SIZE = 5;
const MAX_SAMPLE_PAGES = 5;
/** Shorter waits than in an execution, because the next poll follows soon. */
const RETRY_POLICY: RetryPolicy = { maxAttempts: 4, timeoutMs: 60_000, maxWaitMs: 60_000 };

interface Settings {
	event: TriggerEvent;
	query: Record<string, string>;
	simplify: boolean;
	isChinese: boolean;
	skipsOwn: boolean;
}

/**
 * Returns what is new since the last poll, oldest first. The first poll only stores where to begin;
 * a test in the editor returns recent rows and stores nothing.
 */
export async function pollFanfou(context: IPollFunctions): Promise<JsonObject[]> {
	const client = new ApiClient(context, fanfouApi, RETRY_POLICY);
	try {
		const settings = readSettings(context);
		if (context.getMode() === 'manual') return await readSample(client, settings);
		return await runExclusively(context, async () => await readNews(context, client, settings));
	} catch (error) {
		throw toNodeError(context.getNode(), {
			error,
			itemIndex: undefined,
			secrets: await client.secrets(),
		});
	}
}

async function readNews(
	context: IPollFunctions,
	client: ApiClient,
	settings: Settings,
): Promise<JsonObject[]> {
	const stored = nodeStaticData(context);
	const { event } = settings;
	const watched = JSON.stringify([event.value, settings.query]);
	const credentialId = context.getNode().credentials?.[fanfouApi.credentialType]?.id ?? undefined;
	// Static data of older versions names no credential.
	const isSameAccount = stored.credentialId === undefined || stored.credentialId === credentialId;
	// A node whose event, filter or credential was changed starts at the current time.
	const isSame = stored.watched === watched && isSameAccount;
	const checkpoint = isSame ? parseCheckpoint(stored.checkpoint) : undefined;
	let start = isSame ? parseStart(stored.start) : undefined;
	if (event.rowType === 'status' && checkpoint === undefined) start = await findStart(client);
	const list = polledList(client, settings, start);
	const update = await readNew(list, checkpoint, { maxPages: MAX_PAGES });
	if (update.gap !== undefined) reportGap(context, event, update.gap);
	// Stored last: if a poll fails before this, the next one returns the same rows.
	stored.watched = watched;
	stored.credentialId = credentialId;
	stored.checkpoint = { ...update.checkpoint } satisfies IDataObject;
	stored.start = start === undefined ? undefined : { ...start };
	return toOutput(update.rows, settings);
}

function polledList(
	client: ApiClient,
	settings: Settings,
	start: Start | undefined,
): PolledList<JsonObject> {
	const { event } = settings;
	const recent = recentFilter();
	async function* pages(): AsyncGenerator<ListPage<JsonObject>> {
		for await (const page of pagesOf(client, event, requestQuery(settings))) {
			recent.add(page.rows);
			yield page;
		}
	}
	return {
		pages: pages(),
		id: idOf,
		position: event.position,
		isReadWhole: event.isReadWhole,
		...(event.rowType === 'message' ? { latest: Date.now() } : {}),
		...(event.hasOldRows === true ? { mayBeLate: recent.isRecent } : {}),
		...(start === undefined ? {} : { isBeforeStart: (row) => isBeforeStart(row, start) }),
	};
}

async function readSample(client: ApiClient, settings: Settings): Promise<JsonObject[]> {
	let count = 0;
	for await (const page of pagesOf(client, settings.event, requestQuery(settings))) {
		const rows = toOutput(page.rows, settings).slice(0, SAMPLE_SIZE).reverse();
		if (rows.length > 0) return rows;
		count += 1;
		if (count === MAX_SAMPLE_PAGES) break;
	}
	throw new NodeFailure(`Fanfou has no recent data for "${settings.event.name}"`, {
		description: 'Test again after an event. The published workflow works regardless',
	});
}

/** Returns the query: the filter, and texts as HTML where they are simplified. */
function requestQuery({ event, query, simplify }: Settings): Record<string, string> {
	if (!simplify) return query;
	return { ...query, mode: 'lite', ...(event.rowType === 'status' ? { format: 'html' } : {}) };
}

function toOutput(rows: JsonObject[], settings: Settings): JsonObject[] {
	const { event, simplify, isChinese, skipsOwn } = settings;
	const kept = skipsOwn ? rows.filter((row) => row.is_self !== true) : rows;
	if (!simplify) return kept;
	if (event.rowType === 'message') return kept.map(cleanMessage);
	return kept.map((row) =>
		event.rowType === 'user' ? userRow(row, isChinese) : statusRow(row, isChinese),
	);
}

/** Saves a failed execution about rows that may be missing; new rows start executions as usual. */
function reportGap(
	context: IPollFunctions,
	event: TriggerEvent,
	gap: Exclude<News<JsonObject>['gap'], undefined>,
): void {
	const failure =
		gap === 'missing'
			? new NodeFailure(
					`"${event.name}" has more than ${MAX_PAGES * event.pageSize} new rows since the last poll, the oldest of them are missing`,
					{ description: 'Poll more often' },
				)
			: new NodeFailure(
					`"${event.name}" skipped this poll: none of the rows of the last poll is in the list, so new rows cannot be told from old ones`,
					{ description: 'The next poll works as usual' },
				);
	context.__emitError(
		toNodeError(context.getNode(), { error: failure, itemIndex: undefined, secrets: NO_SECRETS }),
	);
}

function readSettings(context: IPollFunctions): Settings {
	const chosen: unknown = context.getNodeParameter('event', 'homeStatus');
	const event = EVENTS.find(({ value }) => value === chosen);
	if (event === undefined) {
		throw invalidParameter('Event', `cannot be "${shown(chosen)}"`, 'Choose one from the list');
	}
	const given: unknown = context.getNodeParameter('options', {});
	const options = isObject(given) ? given : {};
	return {
		event,
		query: readFilter(context, event),
		simplify: parseSwitch('Simplify', context.getNodeParameter('simplify', true), true),
		isChinese: checkSetting(fieldNames, options.fieldNames) === 'chinese',
		skipsOwn: parseSwitch('Ignore Own Statuses', options.leaveOutOwn, false),
	};
}

function readFilter(context: IPollFunctions, event: TriggerEvent): Record<string, string> {
	const field =
		event.value === 'userStatus' ? watchedUser : event.value === 'keyword' ? keyword : undefined;
	if (field === undefined) return {};
	const value = toWireValue(field, context.getNodeParameter(field.key, ''), context.getTimezone());
	if (typeof value !== 'string' || value.trim() === '') {
		throw invalidParameter(field.displayName, 'is empty', `Fill in "${field.displayName}"`);
	}
	return { [field.key]: value };
}
