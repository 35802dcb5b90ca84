import type { Between } from '../happenings';
import type { World } from '../world';
import type { Shipment } from './deliver';
import { payloadOf, type Happening } from './payloads';

export type DeliverOptions = Omit<Shipment, 'payload'> &
	Between & { payload?: Shipment['payload'] };

/** A shipment about the newest thing of its kind in the state. */
export function sampleShipment(world: World, options: DeliverOptions): Shipment {
	const { creator, fan, payload, ...shipment } = options;
	if (payload) return { ...shipment, payload };
	const happening: Happening = {
		creator: world.byHandle(creator ?? 'mira'),
		fan: world.byHandle(fan ?? 'felix'),
		at: world.now(),
	};
	const { uuid: creatorUuid } = happening.creator;
	const messages = world.conversation(creatorUuid, happening.fan.uuid)?.messages ?? [];
	const sender = options.type === 'creator.message.sent' ? happening.creator : happening.fan;
	const message = messages.findLast(({ senderUuid }) => senderUuid === sender.uuid);
	if (message) happening.message = message;
	const isReversal = ['creator.refund.created', 'creator.dispute.created'].includes(options.type);
	const isTip = options.type === 'tip-received';
	const sale = world.sales.findLast(
		(item) =>
			item.creatorUuid === creatorUuid &&
			(item.reversedOrderId !== null) === isReversal &&
			(!isTip || item.source === 'tip'),
	);
	if (sale) happening.sale = sale;
	return { ...shipment, payload: payloadOf(world, options.type, happening) };
}
