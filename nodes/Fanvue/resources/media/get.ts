import type { FanvueOperation } from '../../operation';
import { locatorField } from '../../../shared/definition/fields';

import { subscriberLocator } from '../../locators';
import { mediaField, variantsField } from '../../commonFields';

export const purchasedBy = locatorField(
	'purchasedBy',
	'Purchased By',
	'A fan. Adds whether this fan has bought the media.',
	subscriberLocator,
);

export const getMedia: FanvueOperation = {
	name: 'Get',
	action: 'Get media',
	description: 'Get a media item, with signed addresses if you choose variants',
	endpoint: 'GET /media/:uuid',
	scopes: ['read:media'],
	v1: true,
	creator: ['read:creator', 'read:media'],
	fields: [mediaField],
	additionalFields: [purchasedBy, variantsField],
};
