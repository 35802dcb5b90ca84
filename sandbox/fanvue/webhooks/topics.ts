/** How the payload of a topic is wrapped. */
type Family = 'envelope' | 'app' | 'flat';

interface Topic {
	family: Family;
	/** Scope that the subscribing account needs. The complete mapping of the service is not known. */
	scope: string;
}

const envelope = (scope: string): Topic => ({ family: 'envelope', scope });
const flat = (scope: string): Topic => ({ family: 'flat', scope });

const TOPIC_TABLE: Readonly<Record<string, Topic>> = {
	'creator.message.received': envelope('read:chat'),
	'creator.message.sent': envelope('read:chat'),
	'creator.message.deleted': envelope('read:chat'),
	'creator.message.read': envelope('read:chat'),
	'creator.message.reaction': envelope('read:chat'),
	'creator.follow.created': envelope('read:fan'),
	'creator.subscription.activated': envelope('read:creator'),
	'creator.subscription.renewed': envelope('read:creator'),
	'creator.subscription.deactivated': envelope('read:creator'),
	'creator.subscription.cancel_at_period_end_changed': envelope('read:creator'),
	'creator.payment.succeeded': envelope('read:creator'),
	'creator.refund.created': envelope('read:creator'),
	'creator.dispute.created': envelope('read:creator'),
	'creator.fan.presence_changed': envelope('read:fan'),
	'creator.fan.status_changed': envelope('read:fan'),
	'checkout_link.payment.pending': envelope('read:creator'),
	'checkout_link.payment.succeeded': envelope('read:creator'),
	'checkout_link.payment.failed': envelope('read:creator'),
	'checkout_link.subscription.activated': envelope('read:creator'),
	'checkout_link.subscription.deactivated': envelope('read:creator'),
	'checkout_link.subscription.cancel_at_period_end_changed': envelope('read:creator'),
	'checkout_link.refund.created': envelope('read:creator'),
	'checkout_link.dispute.flagged': envelope('read:creator'),
	'checkout_link.dispute.created': envelope('read:creator'),
	'payout.paid': envelope('read:creator'),
	'app.payment.succeeded': { family: 'app', scope: '' },
	'app.payment.refunded': { family: 'app', scope: '' },
	'message.received': flat('read:chat'),
	'message.read': flat('read:chat'),
	'follow.new': flat('read:fan'),
	'subscription.new': flat('read:creator'),
	'purchase.new': flat('read:creator'),
	'tip.new': flat('read:creator'),
};

function topicsOf(...families: Family[]): readonly string[] {
	return Object.entries(TOPIC_TABLE)
		.filter(([, { family }]) => families.includes(family))
		.map(([topic]) => topic);
}

export const TOPICS: readonly string[] = Object.keys(TOPIC_TABLE);
/** Topics with flat payloads, which do not contain the topic. */
export const FLAT_TOPICS = topicsOf('flat');
/** Topics with an envelope: `{id, type, timestamp, data}`. */
export const ENVELOPE_TOPICS = topicsOf('envelope', 'app');
/** Topics that the app always receives at its own endpoint. Nobody can subscribe to them. */
export const APP_TOPICS = topicsOf('app');
/** Topics that a subscription may name. */
export const SUBSCRIBABLE_TOPICS = topicsOf('envelope', 'flat');

/** Returns the scope of a topic, or undefined for an unknown topic. */
export function topicScope(topic: string): string | undefined {
	return TOPIC_TABLE[topic]?.scope;
}
