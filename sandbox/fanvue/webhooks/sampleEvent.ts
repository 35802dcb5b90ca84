import type { Participants } from '../simulation';
import type { FanvueState } from '../state';
import type { WebhookEvent } from './deliver';
import { buildPayload, type EventDetails } from './payloads';

export type DeliverOptions = Omit<WebhookEvent, 'payload'> &
	Participants & { payload?: WebhookEvent['payload'] };

/** Creates an event about the newest matching entities of the state. */
export function sampleEvent(state: FanvueState, options: DeliverOptions): WebhookEvent {
	const { creator, fan, payload, ...event } = options;
	if (payload) return { ...event, payload };
	const details: EventDetails = {
		creator: state.userByHandle(creator ?? 'mira'),
		fan: state.userByHandle(fan ?? 'felix'),
		at: state.now(),
	};
	const { uuid: creatorUuid } = details.creator;
	const messages = state.conversation(creatorUuid, details.fan.uuid)?.messages ?? [];
	const sender = options.type === 'creator.message.sent' ? details.creator : details.fan;
	const message = messages.findLast(({ senderUuid }) => senderUuid === sender.uuid);
	if (message) details.message = message;
	const isReversal = ['creator.refund.created', 'creator.dispute.created'].includes(options.type);
	const isTip = options.type === 'tip-received';
	const sale = state.sales.findLast(
		(item) =>
			item.creatorUuid === creatorUuid &&
			(item.reversedOrderId !== null) === isReversal &&
			(!isTip || item.source === 'tip'),
	);
	if (sale) details.sale = sale;
	return { ...event, payload: buildPayload(state, options.type, details) };
}
