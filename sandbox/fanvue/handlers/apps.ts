import { MONTH } from '../time';
import type { FanvueContext, FanvueHandlers } from '../context';
import { uuidOf } from '../ids';
import { forbidden, iso, notFound, ok } from '../replies';

/** The app of the demo client. */
export const DEMO_APP = { uuid: uuidOf('app demo'), name: 'Demo App' };
/** An app of another client. */
export const OTHER_APP_UUID = uuidOf('app other');

const PLANS = [
	{
		uuid: uuidOf('plan monthly'),
		name: 'Monthly',
		billingType: 'recurring',
		interval: 'monthly',
		price: 1900,
		currencyCode: 'USD',
		status: 'active',
	},
	{
		uuid: uuidOf('plan yearly'),
		name: 'Yearly',
		billingType: 'recurring',
		interval: 'yearly',
		price: 19_000,
		currencyCode: 'USD',
		status: 'active',
	},
];

/** Throws 403 or 404 unless the app in the path is the app of the token. */
function requireOwnApp(context: FanvueContext): void {
	const uuid = context.id('appUuid');
	if (uuid === OTHER_APP_UUID) throw forbidden('The token does not belong to this app');
	if (uuid !== DEMO_APP.uuid) throw notFound('App');
}

/** Returns the app subscription of a user. Only Mira has one. */
function subscriptionOf({ state }: FanvueContext, userUuid: string): Record<string, unknown> {
	const [monthly] = PLANS;
	const isActive = state.user(userUuid)?.handle === 'mira';
	return {
		userUuid,
		hasActiveSubscription: isActive,
		status: isActive ? 'active' : 'none',
		planUuid: isActive ? monthly?.uuid : null,
		planName: isActive ? monthly?.name : null,
		currentPeriodEnd: isActive ? iso(state.now() + MONTH) : null,
		cancelAtPeriodEnd: false,
	};
}

export const appHandlers: FanvueHandlers = {
	getAppStoreListing(context) {
		requireOwnApp(context);
		// The response is not documented. These members are an assumption.
		return ok({ ...DEMO_APP, pricingPlans: PLANS });
	},

	getAppSubscriptionStatus(context) {
		requireOwnApp(context);
		return ok({
			appUuid: DEMO_APP.uuid,
			appName: DEMO_APP.name,
			availability: 'complete',
			overallStatus: 'active',
			pricingPlans: PLANS,
		});
	},

	getAppCurrentUserSubscription(context) {
		requireOwnApp(context);
		const { state, owner } = context;
		const member = state.agency.members.find(({ userUuid }) => userUuid === owner.uuid);
		const creators = member?.creatorAccess ?? [];
		return ok({
			appUuid: DEMO_APP.uuid,
			...subscriptionOf(context, owner.uuid),
			managedCreators: creators.map(({ uuid }) => subscriptionOf(context, uuid)),
		});
	},
};
