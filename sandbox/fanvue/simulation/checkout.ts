import {
	checkoutLinkOf,
	createCheckoutPayment,
	createCheckoutSubscription,
	createPayout,
} from '../checkout';
import type { CheckoutPayment, CheckoutSubscription } from '../model';
import { recordSale } from '../mutations';
import type { FanvueState } from '../state';
import { MONTH } from '../time';
import type { EventDetails } from '../webhooks/payloads';
import { emit, findPeople, type Participants, type SimulatedEvent } from './emit';

type PaymentOptions = Partial<
	Pick<CheckoutPayment, 'status' | 'gross' | 'installment' | 'clientReferenceId' | 'metadata'>
>;

/** Purchases through checkout links and apps, and payouts. */
export class CheckoutSimulation {
	constructor(private readonly state: () => FanvueState) {}

	/** Pays for a product once. The result has the invoice number. */
	pay(options: Participants & PaymentOptions): SimulatedEvent {
		const { creator, fan, ...values } = options;
		return this.addPayment({ ...(creator && { creator }), ...(fan && { fan }) }, values);
	}

	/** Subscribes to a product. */
	subscribe(options: Participants): SimulatedEvent {
		const state = this.state();
		const people = findPeople(state, options);
		const link = checkoutLinkOf(state, people.creator);
		const subscription = createCheckoutSubscription(state, {
			link,
			purchaser: people.fan,
			values: {},
		});
		state.checkoutSubscriptions.push(subscription);
		const activated = this.emit('checkout_link.subscription.activated', subscription.uuid, {
			...people,
			at: state.now(),
			checkoutSubscription: subscription,
		});
		const paid = this.addPayment(options, {
			billingReason: 'subscription_initial',
			checkoutSubscriptionUuid: subscription.uuid,
		});
		return {
			uuid: subscription.uuid,
			deliveries: Promise.all([activated.deliveries, paid.deliveries]).then((all) => all.flat()),
		};
	}

	/** Renews a subscription for a month. The result has the invoice number. */
	renew(options: { subscriptionUuid: string }): SimulatedEvent {
		const { subscription, people } = this.find(options.subscriptionUuid);
		subscription.expiresAt += MONTH;
		return this.addPayment(people, {
			billingReason: 'subscription_renewal',
			checkoutSubscriptionUuid: subscription.uuid,
		});
	}

	/** Turns the renewal of a subscription off or on. */
	setAutoRenewal(options: { subscriptionUuid: string; autoRenewal: boolean }): SimulatedEvent {
		const { subscription, details } = this.find(options.subscriptionUuid);
		subscription.cancelAtPeriodEnd = !options.autoRenewal;
		const topic = 'checkout_link.subscription.cancel_at_period_end_changed';
		return this.emit(topic, subscription.uuid, details);
	}

	/** Ends a subscription. */
	unsubscribe(options: { subscriptionUuid: string }): SimulatedEvent {
		const { subscription, details } = this.find(options.subscriptionUuid);
		Object.assign(subscription, {
			status: 'expired',
			expiresAt: this.state().now(),
			deactivationReason: 'NON_RENEWING',
		});
		return this.emit('checkout_link.subscription.deactivated', subscription.uuid, details);
	}

	/** Refunds a payment. */
	refund(options: { paymentId: string; reason?: string }): SimulatedEvent {
		return this.reverse('checkout_link.refund.created', options);
	}

	/** Flags a payment as likely to be disputed, or disputes it. */
	dispute(options: {
		paymentId: string;
		stage: 'flagged' | 'created';
		reason?: string;
	}): SimulatedEvent {
		return this.reverse(`checkout_link.dispute.${options.stage}`, options);
	}

	/** Pays out earnings of a creator, in cents. */
	payOut(options: { creator?: string; amount: number }): SimulatedEvent {
		const state = this.state();
		const people = findPeople(state, options);
		const payout = createPayout(state, people.creator, options.amount);
		state.payouts.push(payout);
		return this.emit('payout.paid', payout.id, { ...people, at: state.now(), payout });
	}

	/** Buys something in an app. Only endpoints of the developer area get the event. */
	buyInApp(options: { fan?: string; amount: number }): SimulatedEvent {
		const state = this.state();
		const people = findPeople(state, options);
		const appPurchase = {
			reference: `appotp_${100_001 + state.appPurchases.length}`,
			purchaserUuid: people.fan.uuid,
			amount: options.amount,
			paidAt: state.now(),
			refundedAt: null,
		};
		state.appPurchases.push(appPurchase);
		const details = { ...people, at: state.now(), appPurchase };
		return this.emit('app.payment.succeeded', appPurchase.reference, details);
	}

	/** Refunds a purchase in an app. */
	refundInApp(options: { reference: string }): SimulatedEvent {
		const state = this.state();
		const appPurchase = state.appPurchases.find(({ reference }) => reference === options.reference);
		if (!appPurchase) throw new TypeError(`${options.reference} is not a purchase in an app`);
		appPurchase.refundedAt = state.now();
		const details = { ...findPeople(state, {}), at: state.now(), appPurchase };
		return this.emit('app.payment.refunded', appPurchase.reference, details);
	}

	private addPayment(options: Participants, values: Partial<CheckoutPayment>): SimulatedEvent {
		const state = this.state();
		const people = findPeople(state, options);
		const link = checkoutLinkOf(state, people.creator);
		const payment = createCheckoutPayment(state, { link, purchaser: people.fan, values });
		if (payment.status === 'succeeded') {
			const { orderId } = recordSale(state, {
				creatorUuid: people.creator.uuid,
				fanUuid: people.fan.uuid,
				source: 'checkoutLink',
				gross: payment.gross,
			});
			payment.orderId = orderId;
		}
		state.checkoutPayments.push(payment);
		const details = { ...people, at: state.now(), checkoutPayment: payment };
		return this.emit(`checkout_link.payment.${payment.status}`, payment.id, details);
	}

	private reverse(
		topic: string,
		{ paymentId, reason = null }: { paymentId: string; reason?: string | null },
	): SimulatedEvent {
		const state = this.state();
		const payment = state.checkoutPayments.find(({ id }) => id === paymentId);
		const sale = payment && state.sales.find(({ orderId }) => orderId === payment.orderId);
		const fan = payment && state.user(payment.purchaserUuid);
		const creator = payment && state.user(payment.checkoutLink.creatorUuid);
		if (!payment || !sale || !fan || !creator) {
			throw new TypeError(`${paymentId} is not a succeeded payment`);
		}
		const createdAt = state.now();
		// The warning before a dispute moves no money.
		if (topic !== 'checkout_link.dispute.flagged') {
			state.addSale({
				...sale,
				orderId: state.ids.next('order'),
				source: topic === 'checkout_link.refund.created' ? 'refund' : 'chargeback',
				gross: -sale.gross,
				net: -sale.net,
				at: createdAt,
				reversedOrderId: sale.orderId,
			});
		}
		const id = payment.id.replace('FV-', 'FVC-');
		const checkoutReversal = { id, payment, reason, createdAt };
		return this.emit(topic, id, { creator, fan, at: createdAt, checkoutReversal });
	}

	private find(uuid: string): {
		subscription: CheckoutSubscription;
		people: Participants;
		details: EventDetails;
	} {
		const state = this.state();
		const subscription = state.checkoutSubscriptions.find((item) => item.uuid === uuid);
		const fan = subscription && state.user(subscription.purchaserUuid);
		const creator = subscription && state.user(subscription.checkoutLink.creatorUuid);
		if (!subscription || !fan || !creator) {
			throw new TypeError(`${uuid} is not a checkout subscription`);
		}
		return {
			subscription,
			people: { creator: creator.handle, fan: fan.handle },
			details: { creator, fan, at: state.now(), checkoutSubscription: subscription },
		};
	}

	private emit(topic: string, uuid: string, details: EventDetails): SimulatedEvent {
		return emit(this.state(), { topics: [topic], uuid, details });
	}
}
