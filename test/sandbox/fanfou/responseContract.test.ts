import { loadOpenApi, type Schema } from '../../../sandbox/core/openApi';
import { FanfouClient, fields } from './client';
import { findDifferences } from './responseContract';
import { useSandbox } from '../../support/sandbox';

let client: FanfouClient;
useSandbox(
	(started) => {
		client = new FanfouClient(started);
	},
	{ keepsState: true },
);

const PATH = '/account/verify_credentials.json';

function differencesOf(json: unknown, path = PATH): string[] {
	const text = JSON.stringify(json);
	return findDifferences({
		method: 'GET',
		path,
		status: 200,
		contentType: 'application/json; charset=utf-8',
		text,
	});
}

describe('a response differs from the contract', () => {
	it.each([
		['has an unknown member', { new_member: 1 }, 'additional properties'],
		['has an unknown member in a nested object', { status: { user: {} } }, 'additional properties'],
		['has a number as text', { friends_count: '3' }, 'must be integer'],
		['has a date in another format', { created_at: '2026-06-15T08:30:00Z' }, 'must match pattern'],
		['lacks a member', { id: undefined }, "must have required property 'id'"],
	])('if it %s', async (_difference, change, message) => {
		const user = fields(await client.get(PATH));
		expect(differencesOf(user)).toEqual([]);
		expect(differencesOf({ ...user, ...change }).join('\n')).toContain(message);
	});

	it('if a list is expected', () => {
		expect(differencesOf({}, '/statuses/mentions.json')).toEqual([
			expect.stringContaining('must be array'),
		]);
	});

	it('if its status or content type is not described', () => {
		const sent = { method: 'GET', path: PATH, contentType: 'text/plain', text: 'x' };
		expect(findDifferences({ ...sent, status: 200 })).toEqual(['content type text/plain']);
		expect(findDifferences({ ...sent, status: 204 })).toEqual(['status 204']);
	});
});

describe('the response schemas of the contract', () => {
	const { paths, components } = loadOpenApi('fanfou');
	const schemas = Object.entries(components.schemas);

	/** Lists the members whose shape is left open. */
	function openMembers(schema: Schema, path: string): string[] {
		const { $ref, anyOf = [], items, properties = {}, type } = schema;
		if ($ref !== undefined || anyOf.length > 0) {
			return anyOf.flatMap((choice, index) => openMembers(choice, `${path}/${index}`));
		}
		if (type === undefined || (type === 'array' && items === undefined)) return [path];
		if (type === 'object' && Object.keys(properties).length === 0) return [path];
		return [
			...(items ? openMembers(items, `${path}[]`) : []),
			...Object.entries(properties).flatMap(([name, member]) =>
				openMembers(member, `${path}.${name}`),
			),
		];
	}

	it.each(schemas)('%s has a type for every member, a certainty and a source', (name, schema) => {
		expect(openMembers(schema, name)).toEqual([]);
		expect(schema).toMatchObject({
			description: expect.stringMatching(/./),
			'x-certainty': expect.stringMatching(/^(?:official|secondary|inferred)$/),
			'x-source': expect.stringMatching(/./),
		});
	});

	it.each(schemas)('%s describes every member', (_name, { properties = {} }) => {
		const undescribed = Object.entries(properties).filter(
			([name, { description, $ref, format }]) =>
				description === undefined && $ref === undefined && format === undefined && name !== 'id',
		);
		expect(undescribed.map(([name]) => name)).toEqual([]);
	});

	it('exist for every operation except three undocumented ones', () => {
		const undocumented = Object.values(paths).flatMap((item) =>
			Object.values(item)
				.filter(({ responses }) => JSON.stringify(responses).includes('Undocumented'))
				.map(({ operationId }) => operationId),
		);
		expect(undocumented).toEqual([
			'account.update_profile_background_image',
			'account.update_profile_colors',
			'account.register',
		]);
	});
});
