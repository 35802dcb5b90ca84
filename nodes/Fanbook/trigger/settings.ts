import type { ITriggerFunctions } from 'n8n-workflow';
import type { NodeFailure } from '../../shared/errors';
import { invalidParameter } from '../../shared/errors';
import { booleanField } from '../../shared/definition/fields';
import { isObject } from '../../shared/json';
import type { Field } from '../../shared/definition/operation';
import { isEmpty, parseStringList, toWireValue } from '../../shared/execution/parameterValues';
import { longIds } from '../ids';
import type { Wishes } from './filter';
import { EVENTS, MESSAGE_TYPES } from './happening';
import { FIELDS } from './parameters';

export const MODES = ['gateway', 'updateQueue', 'channelHistory'] as const;
export type Mode = (typeof MODES)[number];

/** Everything the editor holds, read once: later n8n can no longer resolve an expression. */
export interface Settings {
	mode: Mode;
	wishes: Wishes;
	channels: string[];
	catchUp: boolean;
	/** Show the newest message in a test instead of waiting for one. */
	testWithLast: boolean;
	/** Hours. */
	maxAge: number;
	maxCount: number;
	/** Seconds. */
	pollInterval: number;
	longPolling: boolean;
	circleUpdates: boolean;
	/** `undefined` when every event starts a run at once. */
	room: { runs: number; waiting: number } | undefined;
}

/**
 * @throws Failure naming the parameter that does not fit
 */
export function readSettings(context: ITriggerFunctions): Settings {
	const read = (name: string): unknown => context.getNodeParameter(name, null) ?? undefined;
	const filters = objectOf(read('filters'));
	const options = objectOf(read('options'));
	const value = (field: Field, raw: unknown) => toWireValue(field, raw, context.getTimezone());
	const ids = (field: Field, raw: unknown) => longIds(field.displayName, raw);
	const whole = (field: Field, raw: unknown) =>
		Number(value(field, isEmpty(raw) ? field.default : raw));
	const isOn = (label: string, raw: unknown, usual = false) =>
		(value(booleanField('', label, ''), raw) ?? usual) === true;

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
	const events = chosen('Events', ['any', ...EVENTS] as const, read('events'));
	if (events.length === 0) {
		throw invalidParameter('Events', 'is empty', 'Choose what shall start the workflow');
	}
	const server = value(FIELDS.server, read('guildId'));
	return {
		mode,
		channels,
		wishes: {
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
			commands: isEmpty(filters.commands)
				? []
				: parseStringList(FIELDS.commands.displayName, filters.commands).map((name) =>
						name.replace(/^\//, ''),
					),
			pattern: pattern(String(value(FIELDS.pattern, filters.pattern) ?? '')),
		},
		catchUp:
			mode === 'gateway' &&
			isOn('Catch Up Missed Messages', read('catchUp'), true) &&
			channels.length > 0,
		testWithLast: read('whenTesting') === 'lastMessage',
		maxAge: whole(FIELDS.maxAge, options.catchUpMaxAge),
		maxCount: whole(FIELDS.maxCount, options.catchUpMaxCount),
		pollInterval: whole(FIELDS.pollInterval, options.pollInterval),
		longPolling: isOn('Long Polling', options.longPolling),
		circleUpdates: isOn('Circle Updates', options.circleUpdates),
		room: isOn('Wait for the Workflow to Finish', options.waitForFinish)
			? {
					runs: whole(FIELDS.runsAtOnce, options.runsAtOnce),
					waiting: whole(FIELDS.waitingEvents, options.waitingEvents),
				}
			: undefined,
	};
}

function channelIds(raw: unknown, value: (field: Field, raw: unknown) => unknown): string[] {
	const entries = objectOf(raw).channel;
	if (!Array.isArray(entries)) return [];
	const ids = entries.map((entry: unknown) => value(FIELDS.channel, objectOf(entry).channelId));
	return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

/** Some of the known ones. */
function chosen<Choice extends string>(
	label: string,
	known: readonly Choice[],
	raw: unknown,
): Choice[] {
	const names = isEmpty(raw) ? [] : parseStringList(label, raw);
	const unknown = names.find((name) => !known.some((choice) => choice === name));
	if (unknown === undefined) return known.filter((choice) => names.includes(choice));
	throw invalidParameter(label, `cannot hold "${unknown}"`, 'Choose from the list');
}

/** `order \d+`, or with flags `/order \d+/i`. */
function pattern(source: string): RegExp | undefined {
	if (source === '') return undefined;
	const [, inner = source, flags = ''] = /^\/([\s\S]+)\/([a-z]*)$/.exec(source) ?? [];
	try {
		// The flags g and y would make a pattern remember where it stopped.
		return new RegExp(inner, flags.replace(/[gy]/g, ''));
	} catch {
		throw badPattern(source);
	}
}

function badPattern(source: string): NodeFailure {
	return invalidParameter(
		FIELDS.pattern.displayName,
		`is no regular expression: ${source}`,
		'Check its brackets and backslashes',
	);
}

function objectOf(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}
