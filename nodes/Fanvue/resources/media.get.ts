import { locatorField } from '../../shared/definition/fields';
import type { Operation } from '../../shared/definition/operation';
import { subscriberPicker } from '../pickers';
import { media, variants } from '../words';

export const purchasedBy = locatorField(
	'purchasedBy',
	'Purchased By',
	'A fan. Adds whether this fan has bought the media.',
	subscriberPicker,
);

export const getMedia: Operation = {
	name: 'Get',
	action: 'Get media',
	description: 'One media item, with signed addresses if you ask for variants',
	endpoint: 'GET /media/:uuid',
	scopes: ['read:media'],
	traits: { v1: true, creator: ['read:creator', 'read:media'] },
	fields: [media],
	options: [purchasedBy, variants],
};
