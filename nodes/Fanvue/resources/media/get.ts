import { locatorField } from '../../../shared/definition/fields';
import type { Operation } from '../../../shared/definition/operation';
import { subscriberLocator } from '../../locators';
import { mediaField, variantsField } from '../../commonFields';

export const purchasedBy = locatorField(
	'purchasedBy',
	'Purchased By',
	'A fan. Adds whether this fan has bought the media.',
	subscriberLocator,
);

export const getMedia: Operation = {
	name: 'Get',
	action: 'Get media',
	description: 'One media item, with signed addresses if you ask for variants',
	endpoint: 'GET /media/:uuid',
	scopes: ['read:media'],
	traits: { v1: true, creator: ['read:creator', 'read:media'] },
	fields: [mediaField],
	options: [purchasedBy, variantsField],
};
