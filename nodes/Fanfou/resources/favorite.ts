import type { FanfouResource } from '../operation';
import { withConfirmation } from '../confirm/confirmation';
import { previewFavorite } from '../confirm/status';
import { simplifyFavorite } from '../output/results';
import { simplifyStatus } from '../output/status';
import { confirm, format, mode, optionalUser, status, statusFormat } from '../commonFields';

export const favorites: FanfouResource = {
	name: 'Favorite',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many favorites',
			description: 'Statuses that a user keeps as favorites, newest first',
			endpoint: 'GET favorites.json',
			returns: 'list',
			paging: 'page',
			filters: [optionalUser, mode, statusFormat],
			simplify: simplifyStatus,
		},
		{
			name: 'Create',
			action: 'Add a favorite',
			description: 'Keep a status as favorite',
			endpoint: 'POST favorites/create/:id.json',
			returns: 'status',
			fields: [status('The status to keep'), ...confirm],
			additionalFields: [mode, format],
			simplify: simplifyFavorite(true),
			execute: withConfirmation(previewFavorite(true)),
		},
		{
			name: 'Delete',
			action: 'Remove a favorite',
			description: 'Take a status out of the favorites',
			endpoint: 'POST favorites/destroy/:id.json',
			returns: 'status',
			fields: [status('The status to take out'), ...confirm],
			additionalFields: [mode, format],
			simplify: simplifyFavorite(false),
			execute: withConfirmation(previewFavorite(false)),
		},
	],
};
