import type { FanfouResource } from '../operation';
import { confirmWith } from '../confirm/confirmation';
import { previewFavorite } from '../confirm/status';
import { simplifyFavorite } from '../output/results';
import { simplifyStatus } from '../output/status';
import { format, mode, optionalUser, statusFormat, statusOf } from '../commonFields';

export const favorites: FanfouResource = {
	name: 'Favorite',
	preferred: 'Get Many',
	operations: [
		{
			name: 'Get Many',
			action: 'Get many favorites',
			description: 'Get the favorites of a user, newest first',
			endpoint: 'GET favorites.json',
			paging: 'page',
			fields: [optionalUser],
			filters: [mode, statusFormat],
			simplify: simplifyStatus,
		},
		{
			name: 'Create',
			action: 'Add a favorite',
			description: 'Add a status to your favorites',
			endpoint: 'POST favorites/create/:id.json',
			fields: [statusOf('homeStatus', 'The status to add')],
			additionalFields: [mode, format],
			simplify: simplifyFavorite(true),
			confirmation: confirmWith(previewFavorite(true)),
		},
		{
			name: 'Delete',
			action: 'Remove a favorite',
			description: 'Remove a status from your favorites',
			endpoint: 'POST favorites/destroy/:id.json',
			fields: [statusOf('favorite', 'The status to remove')],
			additionalFields: [mode, format],
			simplify: simplifyFavorite(false),
			confirmation: confirmWith(previewFavorite(false)),
		},
	],
};
