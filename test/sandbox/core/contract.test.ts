import {
	findEndpoint,
	loadContract,
	methodsOf,
	SERVICE_NAMES,
} from '../../../sandbox/core/contract';
import { loadOpenApi, parseOpenApi } from '../../../sandbox/core/openApi';

describe('the contracts', () => {
	it.each(SERVICE_NAMES)('%s gives each endpoint an id and an operation of its own', (service) => {
		const { endpoints } = loadContract(service);
		expect(endpoints.length).toBeGreaterThan(0);
		const names = endpoints.map(({ resource, operation }) => `${resource}: ${operation}`);
		expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
		expect(new Set(names).size).toBe(endpoints.length);
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

	it.each(SERVICE_NAMES)(
		'%s finds no endpoint for an operation that is described only',
		(service) => {
			for (const { method, path } of loadContract(service).notSimulated) {
				expect(findEndpoint(service, { method, path })).toBeUndefined();
			}
		},
	);

	it('Fanvue describes the list of apps without simulating it', () => {
		expect(loadContract('fanvue').notSimulated.map(({ id }) => id)).toContain('listApps');
	});

	it('lists the creator parameter in every agency endpoint', () => {
		const { endpoints } = loadContract('fanvue');
		const twins = endpoints.filter(({ mirrors }) => mirrors !== undefined);
		const declared = Object.values(loadOpenApi('fanvue').paths).flatMap((item) =>
			Object.values(item).flatMap((operation) => operation['x-creator']?.operationId ?? []),
		);
		expect(twins.map(({ id }) => id).sort()).toEqual([...declared].sort());
		for (const twin of twins) {
			expect(endpoints.some(({ id }) => id === twin.mirrors)).toBe(true);
			expect(twin.parameters.some(({ name }) => name === 'creatorUserUuid')).toBe(true);
		}
	});

	it('rejects an unknown member', () => {
		const misspelt = { ...loadOpenApi('fanvue'), server: [] };
		expect(() => parseOpenApi(misspelt)).toThrow("Unrecognized key(s) in object: 'server'");
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
		const match = findEndpoint(service, { method, path });
		expect(match?.endpoint.id).toBe(id);
		expect(match?.variant).toBe(variant);
	});

	it('distinguishes two endpoints of one route by a parameter', () => {
		const find = (name: string): string | undefined =>
			findEndpoint('fanbook', {
				method: 'PUT',
				path: '/v2/guild/credit',
				has: (key) => key === name,
			})?.endpoint.id;
		expect(find('game_credit')).toBe('badge.setGameRecord');
		expect(find('guild_credit')).toBe('badge.set');
	});

	it('matches paths exactly, case included', () => {
		expect(findEndpoint('fanbook', { method: 'GET', path: '/getme' })).toBeUndefined();
		expect(findEndpoint('fanvue', { method: 'GET', path: '/users/me/' })).toBeUndefined();
		expect(methodsOf('fanbook', '/v2/guild/role').sort()).toEqual(['DELETE', 'PATCH']);
		expect(methodsOf('fanbook', '/nothing')).toEqual([]);
	});
});
