import type {
	AppPurchase,
	CheckoutLink,
	CheckoutPayment,
	CheckoutSubscription,
	Payout,
} from '../model';
import { iso } from '../replies';
import type { FanvueState } from '../state';

type Payload = Record<string, unknown>;

/** Share of the platform in a checkout payment. */
const FANVUE_SHARE = 0.2;
const TRANSACTION_FEE = 30;

/** A refund or dispute of a checkout payment. */
export interface CheckoutReversal {
	/** Number `FVC-…`. */
	id: string;
	payment: CheckoutPayment;
	reason: string | null;
	createdAt: number;
}

function linkAndPeople(
	state: FanvueState,
	{
		link,
		purchaserUuid,
		metadata,
	}: { link: CheckoutLink; purchaserUuid: string; metadata: Record<string, string> },
): Payload {
	return {
		checkout_link: {
			uuid: link.uuid,
			name: link.name,
			product_uuid: link.productUuid,
			product_price_uuid: link.productPriceUuid,
		},
		purchaser: { uuid: purchaserUuid, email: state.user(purchaserUuid)?.email ?? null },
		creator: { uuid: link.creatorUuid },
		metadata,
	};
}

export function checkoutPaymentData(state: FanvueState, payment: CheckoutPayment): Payload {
	const hasSucceeded = payment.status === 'succeeded';
	const fanvueFee = Math.trunc(payment.gross * FANVUE_SHARE);
	const subscription = payment.checkoutSubscriptionUuid;
	return {
		object: 'payment',
		id: payment.id,
		status: payment.status,
		billing_reason: payment.billingReason,
		gross: payment.gross,
		net: hasSucceeded ? payment.gross - fanvueFee - TRANSACTION_FEE : null,
		fees: {
			fanvue_fee: hasSucceeded ? fanvueFee : null,
			transaction_fee: hasSucceeded ? TRANSACTION_FEE : null,
		},
		currency: 'USD',
		// A sale in installments is paid in full with the last one.
		paid_in_full:
			hasSucceeded &&
			(payment.installment === null || payment.installment.number === payment.installment.of),
		installment: payment.installment,
		subscription: subscription === null ? null : { uuid: subscription },
		client_reference_id: payment.clientReferenceId,
		transaction_id: payment.orderId,
		created_at: iso(payment.createdAt),
		paid_at: iso(payment.paidAt),
		...linkAndPeople(state, {
			link: payment.checkoutLink,
			purchaserUuid: payment.purchaserUuid,
			metadata: payment.metadata,
		}),
	};
}

export function checkoutSubscriptionData(
	state: FanvueState,
	subscription: CheckoutSubscription,
): Payload {
	const { checkoutLink, purchaserUuid, metadata } = subscription;
	return {
		object: 'subscription',
		id: subscription.uuid,
		status: subscription.status,
		cancel_at_period_end: subscription.cancelAtPeriodEnd,
		expires_at: iso(subscription.expiresAt),
		created_at: iso(subscription.createdAt),
		client_reference_id: subscription.clientReferenceId,
		deactivation_reason: subscription.deactivationReason,
		...linkAndPeople(state, { link: checkoutLink, purchaserUuid, metadata }),
	};
}

function reversalData(state: FanvueState, reversal: CheckoutReversal): Payload {
	const { payment } = reversal;
	return {
		id: reversal.id,
		payment_id: payment.id,
		amount: payment.gross,
		currency: 'USD',
		reason: reversal.reason,
		created_at: iso(reversal.createdAt),
		client_reference_id: payment.clientReferenceId,
		...linkAndPeople(state, {
			link: payment.checkoutLink,
			purchaserUuid: payment.purchaserUuid,
			metadata: payment.metadata,
		}),
	};
}

export function checkoutRefundData(state: FanvueState, reversal: CheckoutReversal): Payload {
	return { object: 'refund', ...reversalData(state, reversal), full_amount: true };
}

/** Returns the data of a dispute. Its members are not documented and assumed to be like a refund's. */
export function checkoutDisputeData(state: FanvueState, reversal: CheckoutReversal): Payload {
	return { object: 'dispute', ...reversalData(state, reversal) };
}

export function payoutData(payout: Payout): Payload {
	return {
		object: 'payout',
		id: payout.id,
		status: 'paid',
		amount: payout.amount,
		currency: 'USD',
		fees: { transaction_fee: payout.transactionFee },
		fx_rate: null,
		external_reference_id: null,
		paid_at: iso(payout.paidAt),
		creator: { uuid: payout.creatorUuid },
	};
}

/** Returns the data of an app purchase or its refund. Only these two members are documented. */
export function appPurchaseData({ reference, refundedAt }: AppPurchase): Payload {
	const object = refundedAt === null ? 'payment' : 'refund';
	return { object, purchase_reference: reference };
}
