import type { FanvueContext, FanvueHandlers } from '../context';
import { uuidOf } from '../ids';
import { forbidden, iso, notFound, ok } from '../replies';

/** The app that the demo client belongs to. */
export const DEMO_APP = { uuid: uuidOf('app demo'), name: 'Demo App' };
/** Somebody else's app. */
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

/** The app in the path; refuses unless the token belongs to it. */
function requireOwnApp(call: FanvueContext): void {
	const uuid = call.id('appUuid');
	if (uuid === OTHER_APP_UUID) throw forbidden('The token does not belong to this app');
	if (uuid !== DEMO_APP.uuid) throw notFound('App');
}

/** Of the demo accounts, Mira pays for the app. */
function subscriptionOf({ state }: FanvueContext, userUuid: string): Record<string, unknown> {
	const [monthly] = PLANS;
	const isActive = state.user(userUuid)?.handle === 'mira';
	const month = 30 * 86_400_000;
	return {
		userUuid,
		hasActiveSubscription: isActive,
		status: isActive ? 'active' : 'none',
		planUuid: isActive ? monthly?.uuid : null,
		planName: isActive ? monthly?.name : null,
		currentPeriodEnd: isActive ? iso(state.now() + month) : null,
		cancelAtPeriodEnd: false,
	};
}

export const appHandlers: FanvueHandlers = {
	getAppSubscriptionStatus(call) {
		requireOwnApp(call);
		return ok({
			appUuid: DEMO_APP.uuid,
			appName: DEMO_APP.name,
			availability: 'complete',
			overallStatus: 'active',
			pricingPlans: PLANS,
		});
	},

	getAppCurrentUserSubscription(call) {
		requireOwnApp(call);
		const { state, owner } = call;
		const member = state.agency.members.find(({ userUuid }) => userUuid === owner.uuid);
		const creators = member?.creatorAccess ?? [];
		return ok({
			appUuid: DEMO_APP.uuid,
			...subscriptionOf(call, owner.uuid),
			managedCreators: creators.map(({ uuid }) => subscriptionOf(call, uuid)),
		});
	},
};
