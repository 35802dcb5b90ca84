import type { FieldOption } from '../shared/definition/operation';
import { invalidParameter } from '../shared/errors';
import { parseStringList } from '../shared/execution/parameterValues';
import { shown } from '../shared/execution/shownValue';

/** A topic of Fanvue's webhooks, as the Events parameter offers it. */
export interface Topic extends FieldOption {
	value: string;
	description: string;
	/** Scope that the connection needs. Fanvue's own mapping is not public; inferred except for a few. */
	scope?: string;
	/** Name of the same event in payloads without an envelope. */
	flat?: boolean;
	/** Sent to the endpoint of the app without a subscription. */
	appOnly?: boolean;
}

const CHAT = 'read:chat';
const FAN = 'read:fan';
const CREATOR = 'read:creator';

type TopicEntry = [value: string, name: string, description: string];

const withScope = (scope: string, entries: TopicEntry[]): Topic[] =>
	entries.map(([value, name, description]) => ({ name, value, description, scope }));

/** Topics that a subscription can name and whose payloads have an envelope. */
export const TOPICS: Topic[] = [
	...withScope(CHAT, [
		['creator.message.deleted', 'Message: Deleted', 'A message was deleted'],
		['creator.message.reaction', 'Message: Reaction', 'Someone reacted to a message with an emoji'],
		['creator.message.read', 'Message: Read', 'A fan read messages of the creator'],
		['creator.message.received', 'Message: Received', 'A fan sent the creator a message'],
		['creator.message.sent', 'Message: Sent', 'The creator sent a message'],
	]),
	...withScope(FAN, [
		['creator.fan.presence_changed', 'Fan: Presence Changed', 'A fan went online or offline'],
		['creator.fan.status_changed', 'Fan: Status Changed', 'A fan was muted or unmuted'],
		['creator.follow.created', 'Fan: New Follower', 'A user followed the creator'],
	]),
	...withScope(CREATOR, [
		['creator.subscription.activated', 'Subscriber: New', 'A subscription began'],
		[
			'creator.subscription.cancel_at_period_end_changed',
			'Subscriber: Renewal Setting Changed',
			'A subscriber turned automatic renewal on or off',
		],
		['creator.subscription.deactivated', 'Subscriber: Ended', 'A subscription ended'],
		['creator.subscription.renewed', 'Subscriber: Renewed', 'A subscription was renewed'],
		['creator.dispute.created', 'Sale: Dispute Opened', 'A fan disputed a payment'],
		[
			'creator.payment.succeeded',
			'Sale: Payment Received',
			'A purchase, tip, subscription or renewal was paid',
		],
		['creator.refund.created', 'Sale: Refunded', 'A payment was refunded'],
		['checkout_link.dispute.created', 'Checkout: Dispute Opened', 'A buyer disputed a payment'],
		[
			'checkout_link.dispute.flagged',
			'Checkout: Dispute Warning',
			'A bank announced that a dispute may follow',
		],
		[
			'checkout_link.payment.failed',
			'Checkout: Payment Failed',
			'A payment through a checkout link failed',
		],
		[
			'checkout_link.payment.pending',
			'Checkout: Payment Pending',
			'A payment through a checkout link is being processed',
		],
		[
			'checkout_link.payment.succeeded',
			'Checkout: Payment Received',
			'A payment through a checkout link succeeded, renewals included',
		],
		[
			'checkout_link.refund.created',
			'Checkout: Refunded',
			'A payment through a checkout link was refunded',
		],
		[
			'checkout_link.subscription.activated',
			'Checkout: Subscription Started',
			'A subscription bought through a checkout link began',
		],
		[
			'checkout_link.subscription.cancel_at_period_end_changed',
			'Checkout: Subscription Renewal Setting Changed',
			'Automatic renewal of a checkout subscription was turned on or off',
		],
		[
			'checkout_link.subscription.deactivated',
			'Checkout: Subscription Ended',
			'A subscription bought through a checkout link ended',
		],
		['payout.paid', 'Payout: Paid', 'Fanvue paid out earnings'],
	]),
];

/** Topics of the app itself: no subscription can name them. */
const APP_TOPICS: Topic[] = [
	{
		name: 'App: Payment Received',
		value: 'app.payment.succeeded',
		description: 'Someone bought the app. Needs Registration set to Manual.',
		appOnly: true,
	},
	{
		name: 'App: Payment Refunded',
		value: 'app.payment.refunded',
		description:
			'A purchase of the app was refunded or cancelled. Needs Registration set to Manual.',
		appOnly: true,
	},
];

/** Older topics with payloads that do not name their event, and the topic that replaces each. */
const REPLACED_TOPICS = new Map([
	['message.received', 'creator.message.received'],
	['message.read', 'creator.message.read'],
	['follow.new', 'creator.follow.created'],
	['subscription.new', 'creator.subscription.activated'],
	['purchase.new', 'creator.payment.succeeded'],
	['tip.new', 'creator.payment.succeeded'],
]);

/** Returns the topic that replaced an older one; other topics as they are. */
export function currentTopic(topic: string): string {
	return REPLACED_TOPICS.get(topic) ?? topic;
}

const legacy = (scope: string, entries: TopicEntry[]): Topic[] =>
	withScope(scope, entries).map((topic) => ({ ...topic, flat: true }));

const LEGACY_TOPICS: Topic[] = [
	...legacy(CHAT, [
		['message.read', 'Legacy: Message Read', 'Older topic for Message: Read'],
		['message.received', 'Legacy: Message Received', 'Older topic for Message: Received'],
	]),
	...legacy(FAN, [['follow.new', 'Legacy: New Follower', 'Older topic for Fan: New Follower']]),
	...legacy(CREATOR, [
		['purchase.new', 'Legacy: New Purchase', 'Older topic for purchases of posts and messages'],
		['subscription.new', 'Legacy: New Subscriber', 'Older topic for Subscriber: New'],
		['tip.new', 'Legacy: New Tip', 'Older topic for tips'],
	]),
];

export const ALL_TOPICS: Topic[] = [...TOPICS, ...APP_TOPICS, ...LEGACY_TOPICS];

export const ANY_EVENT = '*';

/** Returns choices in the order that n8n requires; the beginnings of the names form groups. */
function optionsOf(topics: Topic[]): FieldOption[] {
	return topics
		.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
		.map(({ name, value, description }) => ({ name, value, description }));
}

/** The choices of the trigger's Events parameter. */
export const EVENTS: FieldOption[] = [
	{
		name: 'Any Event',
		value: ANY_EVENT,
		description: 'Every event that the connection has the scopes for',
	},
	...optionsOf(ALL_TOPICS),
];

/** The topics that a subscription can name. */
export const SUBSCRIBABLE_EVENTS: FieldOption[] = optionsOf([...TOPICS, ...LEGACY_TOPICS]);

/** Shown as event when a payload does not name its event and has none of the known members. */
export const UNKNOWN_EVENT = 'unknown';

/** `creator.message.received`: words with dots between them. */
const TOPIC = /^[a-z_]+(?:\.[a-z_]+)+$/;

/**
 * Returns the chosen topics of a list, or of text from an expression. Fanvue may know more topics than
 * this list.
 *
 * @throws NodeFailure when an entry cannot be the name of a topic
 */
export function selectedEvents(value: unknown): string[] {
	const chosen = parseStringList('Events', value).map((entry) => entry.toLowerCase());
	const invalid = chosen.find((entry) => entry !== ANY_EVENT && !TOPIC.test(entry));
	if (invalid === undefined) return chosen;
	throw invalidParameter(
		'Events',
		`cannot contain "${shown(invalid)}"`,
		'Choose events from the list, or give their names, such as creator.message.received',
	);
}
