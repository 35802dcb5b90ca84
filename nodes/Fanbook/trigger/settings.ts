import type { ITriggerFunctions } from 'n8n-workflow';
import type { NodeFailure } from '../../shared/errors';
import { invalidParameter } from '../../shared/errors';
import { booleanField } from '../../shared/definition/fields';
import { isObject } from '../../shared/json';
import type { Field } from '../../shared/definition/operation';
import { isEmptyValue, parseStringList, toWireValue } from '../../shared/execution/parameterValues';
import { parseLongIds } from '../ids';
import { normalizeCommand } from './events/content';
import { EVENT_NAMES, MESSAGE_TYPES } from './events/event';
import type { EventFilter } from './events/filter';
import { FIELDS } from './parameters';
import type { QueueLimits } from './runQueue';

export const MODES = ['gateway', 'updateQueue', 'channelHistory'] as const;
export type Mode = (typeof MODES)[number];

/** Parameters of the trigger. */
export interface Settings {
	mode: Mode;
	filter: EventFilter;
	channels: string[];
	catchUp: boolean;
	/** Whether a test emits the newest message instead of waiting for one. */
	testWithLastMessage: boolean;
	/** Hours. */
	maxAge: number;
	maxCount: number;
	/** Seconds. */
	pollInterval: number;
	longPolling: boolean;
	circleUpdates: boolean;
	/** `undefined` when every event starts a run at once. */
	queueLimits: QueueLimits | undefined;
}

/**
 * Reads all parameters of the trigger.
 *
 * @throws NodeFailure that names the invalid parameter
 */
export function readSettings(context: ITriggerFunctions): Settings {
	const read = (name: string): unknown => context.getNodeParameter(name, null) ?? undefined;
	const filters = asObject(read('filters'));
	const options = asObject(read('options'));
	const value = (field: Field, raw: unknown) => toWireValue(field, raw, context.getTimezone());
	const ids = (field: Field, raw: unknown) => parseLongIds(field.displayName, raw);
	const integer = (field: Field, raw: unknown) =>
		Number(value(field, isEmptyValue(raw) ? field.default : raw));
	const isOn = (displayName: string, raw: unknown, byDefault = false) =>
		(value(booleanField('', displayName, ''), raw) ?? byDefault) === true;

	const mode = MODES.find((known) => known === read('connectionMode'));
	if (mode === undefined) {
		throw invalidParameter('Connection Mode', 'is not known', 'Choose one from the list');
	}
	const channels = channelIds(read('channels'), value);
	if (mode === 'channelHistory' && channels.length === 0) {
		throw invalidParameter(
			'Channels',
			'is empty',
			'Add the channels to read, or choose another Connection Mode',
		);
	}
	const events = chosen('Events', ['any', ...EVENT_NAMES] as const, read('events'));
	if (events.length === 0) {
		throw invalidParameter('Events', 'is empty', 'Choose the events that start the workflow');
	}
	const server = value(FIELDS.server, read('guildId'));
	return {
		mode,
		channels,
		filter: {
			events,
			messageTypes: chosen('Message Types', MESSAGE_TYPES, read('messageTypes')),
			servers: [
				...(typeof server === 'string' ? [server] : []),
				...ids(FIELDS.servers, filters.guildIds),
			],
			channels,
			users: ids(FIELDS.users, filters.userIds),
			roles: ids(FIELDS.roles, filters.roleIds),
			ignoreBots: isOn('Ignore Bots', filters.ignoreBots, true),
			onlyMentions: isOn('Only Mentions', filters.onlyMentions),
			contains: String(value(FIELDS.contains, filters.contains) ?? ''),
			commands: parseStringList(FIELDS.commands.displayName, filters.commands ?? '').map(
				normalizeCommand,
			),
			pattern: parsePattern(String(value(FIELDS.pattern, filters.pattern) ?? '')),
		},
		catchUp:
			mode === 'gateway' &&
			isOn('Catch Up Missed Messages', read('catchUp'), true) &&
			channels.length > 0,
		testWithLastMessage: read('whenTesting') === 'lastMessage',
		maxAge: integer(FIELDS.maxAge, options.catchUpMaxAge),
		maxCount: integer(FIELDS.maxCount, options.catchUpMaxCount),
		pollInterval: integer(FIELDS.pollInterval, options.pollInterval),
		longPolling: isOn('Long Polling', options.longPolling),
		circleUpdates: isOn('Circle Updates', options.circleUpdates),
		queueLimits: isOn('Wait for the Workflow to Finish', options.waitForFinish)
			? {
					maxRuns: integer(FIELDS.runsAtOnce, options.runsAtOnce),
					maxWaiting: integer(FIELDS.waitingEvents, options.waitingEvents),
				}
			: undefined,
	};
}

function channelIds(raw: unknown, value: (field: Field, raw: unknown) => unknown): string[] {
	const entries = asObject(raw).channel;
	if (!Array.isArray(entries)) return [];
	const ids = entries.map((entry: unknown) => value(FIELDS.channel, asObject(entry).channelId));
	return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

/** Reads a multi-select list. */
function chosen<Choice extends string>(
	displayName: string,
	known: readonly Choice[],
	raw: unknown,
): Choice[] {
	const names = parseStringList(displayName, raw ?? '');
	const unknown = names.find((name) => !known.some((choice) => choice === name));
	if (unknown === undefined) return known.filter((choice) => names.includes(choice));
	throw invalidParameter(displayName, `cannot contain "${unknown}"`, 'Choose from the list');
}

/** Parses a regular expression: `order \d+`, or with flags `/order \d+/i`. */
function parsePattern(source: string): RegExp | undefined {
	if (source === '') return undefined;
	const [, inner = source, flags = ''] = /^\/([\s\S]+)\/([a-z]*)$/.exec(source) ?? [];
	try {
		// With the flags g and y a pattern would continue where its last match ended.
		return new RegExp(inner, flags.replace(/[gy]/g, ''));
	} catch {
		throw invalidPattern(source);
	}
}

function invalidPattern(source: string): NodeFailure {
	return invalidParameter(
		FIELDS.pattern.displayName,
		`is not a valid regular expression: ${source}`,
		'Check its brackets and backslashes',
	);
}

function asObject(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}
