import type { FieldOption } from '../../../shared/definition/operation';

/** The topics of Fanvue's webhooks, as the second generation of payloads names them. */
export const TOPICS: FieldOption[] = [
	{ name: 'Dispute Opened', value: 'creator.dispute.created' },
	{ name: 'Fan Presence Changed', value: 'creator.fan.presence_changed' },
	{ name: 'Fan Status Changed', value: 'creator.fan.status_changed' },
	{ name: 'Message Deleted', value: 'creator.message.deleted' },
	{ name: 'Message Read', value: 'creator.message.read' },
	{ name: 'Message Received', value: 'creator.message.received' },
	{ name: 'Message Sent', value: 'creator.message.sent' },
	{
		name: 'New Follower',
		value: 'creator.follow.created',
	},
	{
		name: 'New Subscriber',
		value: 'creator.subscription.activated',
		description: 'A subscription began',
	},
	{
		name: 'Payment Received',
		value: 'creator.payment.succeeded',
		description: 'A purchase, a tip, a subscription or a renewal was paid',
	},
	{ name: 'Refund Made', value: 'creator.refund.created' },
	{ name: 'Subscription Ended', value: 'creator.subscription.deactivated' },
	{ name: 'Subscription Renewed', value: 'creator.subscription.renewed' },
];

export const ANY_EVENT = '*';

/** What the Events parameter offers. */
export const EVENTS: FieldOption[] = [
	{
		name: 'Any Event',
		value: ANY_EVENT,
		description: 'Also events that are not in this list, such as those of checkout links',
	},
	...TOPICS,
];

/** Shown as event where a payload of the first generation does not tell what it is. */
export const UNKNOWN_EVENT = 'unknown';
