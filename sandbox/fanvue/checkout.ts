import type { CheckoutLink, CheckoutPayment, CheckoutSubscription, Payout, User } from './model';
import type { FanvueState } from './state';
import { MONTH } from './time';

/** Returns the checkout link of a creator. */
export function checkoutLinkOf(state: FanvueState, creator: User): CheckoutLink {
	const link = state.checkoutLinks.find(({ creatorUuid }) => creatorUuid === creator.uuid);
	if (!link) throw new TypeError(`${creator.handle} has no checkout link`);
	return link;
}

/** Creates a payment without adding it to the state. */
export function createCheckoutPayment(
	state: FanvueState,
	{
		link,
		purchaser,
		values,
	}: { link: CheckoutLink; purchaser: User; values: Partial<CheckoutPayment> },
): CheckoutPayment {
	return {
		id: `FV-${100_001 + state.checkoutPayments.length}`,
		checkoutLink: link,
		purchaserUuid: purchaser.uuid,
		status: 'succeeded',
		billingReason: 'one_time',
		gross: link.price,
		installment: null,
		checkoutSubscriptionUuid: null,
		clientReferenceId: null,
		metadata: {},
		createdAt: state.now(),
		paidAt: values.status === undefined || values.status === 'succeeded' ? state.now() : null,
		orderId: null,
		...values,
	};
}

/** Creates a subscription without adding it to the state. */
export function createCheckoutSubscription(
	state: FanvueState,
	{
		link,
		purchaser,
		values,
	}: { link: CheckoutLink; purchaser: User; values: Partial<CheckoutSubscription> },
): CheckoutSubscription {
	return {
		uuid: state.ids.next('checkout subscription'),
		checkoutLink: link,
		purchaserUuid: purchaser.uuid,
		status: 'active',
		cancelAtPeriodEnd: false,
		createdAt: state.now(),
		expiresAt: state.now() + MONTH,
		deactivationReason: null,
		clientReferenceId: null,
		metadata: {},
		...values,
	};
}

/** Creates a payout without adding it to the state. */
export function createPayout(state: FanvueState, creator: User, amount: number): Payout {
	const id = `FVW-${100_001 + state.payouts.length}`;
	return { id, creatorUuid: creator.uuid, amount, transactionFee: 100, paidAt: state.now() };
}
