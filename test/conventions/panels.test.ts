import type { INodeProperties } from 'n8n-workflow';
import { shippedNodes } from '../../scripts/shipped';

/** Rules for what a panel shows, checked on the descriptions that n8n loads. */

const nodes = shippedNodes();

/** An empty value removes something, so the field must be left out to keep it. */
const CLEARED_WHEN_EMPTY = ['agency/updateTeamMember/updateFields'];

/** Collections of optional fields with their place, also those within other collections. */
function collections(properties: INodeProperties[], place = ''): Array<[string, INodeProperties]> {
	return properties.flatMap((property) => {
		const { resource, operation } = property.displayOptions?.show ?? {};
		const at = [place, resource?.join(), operation?.join(), property.name]
			.filter((part) => part !== undefined && part !== '')
			.join('/');
		const inner = (property.options ?? []).flatMap((option) =>
			'type' in option ? [option] : 'values' in option ? option.values : [],
		);
		return [
			...(property.type === 'collection' ? [[at, property] as [string, INodeProperties]] : []),
			...collections(inner, at),
		];
	});
}

test.each(nodes)('$className has no collection with a single member', ({ node }) => {
	const single = collections(node.description.properties)
		.filter(([, { options = [] }]) => options.length < 2)
		.map(([place]) => place);
	expect(single.filter((place) => !CLEARED_WHEN_EMPTY.includes(place))).toEqual([]);
});
