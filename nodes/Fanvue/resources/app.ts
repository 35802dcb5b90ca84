import type { FanvueResource } from '../operation';
import { idField } from '../../shared/definition/fields';

const appUuid = idField('appUuid', 'App', 'UUID of the app in the developer area', {
	placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
});

export const app: FanvueResource = {
	name: 'App',
	preferred: 'Get My Subscription',
	operations: [
		{
			name: 'Get',
			action: 'Get an app',
			description: 'Get the listing of an app in the app store',
			endpoint: 'GET /apps/:appUuid',
			scopes: ['read:self'],
			fields: [appUuid],
		},
		{
			name: 'Get Pricing Status',
			action: 'Get the pricing status of an app',
			description: 'Get the status of the pricing plans of one of your apps',
			endpoint: 'GET /apps/:appUuid/subscription-status',
			scopes: ['read:self'],
			fields: [appUuid],
		},
		{
			name: 'Get My Subscription',
			action: 'Get my subscription to an app',
			description:
				'Get whether the connected account pays for the app it is connected through, with plan and period',
			endpoint: 'GET /apps/:appUuid/subscription/me',
			scopes: ['read:self'],
			fields: [appUuid],
		},
	],
};
