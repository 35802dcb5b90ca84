/** Topics with flat payloads, which do not contain the topic. */
export const FLAT_TOPICS: readonly string[] = [
	'message-received',
	'message-read',
	'new-follower',
	'new-subscriber',
	'purchase-received',
	'tip-received',
];

/** Topics with an envelope: `{id, type, timestamp, data}`. */
export const ENVELOPE_TOPICS: readonly string[] = [
	'creator.message.received',
	'creator.message.sent',
	'creator.message.deleted',
	'creator.message.read',
	'creator.follow.created',
	'creator.subscription.activated',
	'creator.subscription.renewed',
	'creator.subscription.deactivated',
	'creator.payment.succeeded',
	'creator.refund.created',
	'creator.dispute.created',
	'creator.fan.presence_changed',
	'creator.fan.status_changed',
];

export const TOPICS: readonly string[] = [...FLAT_TOPICS, ...ENVELOPE_TOPICS];
