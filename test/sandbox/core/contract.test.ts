import {
	findEndpoint,
	loadContract,
	methodsOf,
	SERVICE_NAMES,
} from '../../../sandbox/core/contract';
import { readContract } from '../../../sandbox/core/readContract';

describe('the contracts', () => {
	it.each([
		['fanvue', 149],
		['fanfou', 69],
		['fanbook', 68],
	] as const)('%s has %i endpoints, each with an id of its own', (service, count) => {
		const ids = loadContract(service).endpoints.map(({ id }) => id);
		expect(ids).toHaveLength(count);
		expect(new Set(ids).size).toBe(count);
	});

	it.each(SERVICE_NAMES)('%s declares every path parameter', (service) => {
		for (const endpoint of loadContract(service).endpoints) {
			for (const { path, parameters } of [endpoint, ...(endpoint.variants ?? [])]) {
				const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
				const declared = (parameters ?? endpoint.parameters).filter((p) => p.in === 'path');
				expect(declared.map(({ name }) => name).sort()).toEqual([...inPath].sort());
			}
		}
	});

	it('lists the creator parameter in every agency endpoint', () => {
		const { endpoints } = loadContract('fanvue');
		const twins = endpoints.filter(({ mirrors }) => mirrors !== undefined);
		expect(twins).toHaveLength(50);
		for (const twin of twins) {
			expect(endpoints.some(({ id }) => id === twin.mirrors)).toBe(true);
			expect(twin.parameters.some(({ name }) => name === 'creatorUserUuid')).toBe(true);
		}
	});

	it('rejects an unknown key', () => {
		const endpoint = { id: 'a', resource: 'A', operation: 'B', method: 'GET', path: '/a' };
		const rest = { contentTypes: [], parameters: [], certainty: 'official', limits: 5 };
		const contract = { service: 'fanvue', endpoints: [{ ...endpoint, ...rest }] };
		expect(() => readContract(contract)).toThrow('fanvue[0]: limits is not known');
	});
});

describe('finding an endpoint', () => {
	it.each([
		['fanvue', 'GET', '/chats/unread', 'getUnreadChatsCount', undefined],
		['fanvue', 'GET', '/media/bulk', 'getBulkMedia', undefined],
		['fanvue', 'GET', '/v1/chats', 'listChats', 'v1'],
		['fanvue', 'GET', '/v1/chats/8d2f8bd2-1f6c-4b0e-9d52-6d1f0a2b3c4d', 'getChat', undefined],
		['fanfou', 'POST', '/favorites/create/-abc.json', 'favorites.create', undefined],
		['fanfou', 'GET', '/statuses/show/x_y.json', 'statuses.show', undefined],
		['fanbook', 'DELETE', '/v2/guild/role', 'role.delete', undefined],
		['fanbook', 'GET', '/getUpdates', 'update.longPoll', undefined],
	] as const)('%s %s %s is %s', (service, method, path, id, variant) => {
		const match = findEndpoint(service, method, path);
		expect(match?.endpoint.id).toBe(id);
		expect(match?.variant).toBe(variant);
	});

	it('distinguishes two endpoints of one route by a parameter', () => {
		const find = (name: string): string | undefined =>
			findEndpoint('fanbook', 'PUT', '/v2/guild/credit', (key) => key === name)?.endpoint.id;
		expect(find('game_credit')).toBe('badge.setGameRecord');
		expect(find('guild_credit')).toBe('badge.set');
	});

	it('matches paths exactly, case included', () => {
		expect(findEndpoint('fanbook', 'GET', '/getme')).toBeUndefined();
		expect(findEndpoint('fanvue', 'GET', '/users/me/')).toBeUndefined();
		expect(methodsOf('fanbook', '/v2/guild/role').sort()).toEqual(['DELETE', 'PATCH']);
		expect(methodsOf('fanbook', '/nothing')).toEqual([]);
	});
});
