import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { parseEndpoint } from '../../endpoint';
import type { Operation, Service } from '../../definition/operation';

/**
 * Returns the list search method that offers the paths of the service's own operations for the chosen
 * method, with `{name}` for each path parameter.
 *
 * @param otherPaths further paths of the same operation, without a leading slash
 */
export function createEndpointSearch(
	service: Service,
	otherPaths: (operation: Operation, path: string) => string[] = () => [],
) {
	return async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const chosen: unknown = this.getCurrentNodeParameter('method');
		const names = new Map<string, string>();
		for (const { name: resource, operations } of service.resources) {
			for (const operation of operations) {
				const { method, path } = parseEndpoint(operation.endpoint);
				if (operation.anyEndpoint === true || method !== chosen) continue;
				// A path is below the main address of the service.
				if (operation.host !== undefined) continue;
				for (const each of [path, ...otherPaths(operation, path)]) {
					const value = `/${each.replace(/:([A-Za-z_]\w*)/g, '{$1}')}`;
					if (!names.has(value)) names.set(value, `${value} (${resource}: ${operation.name})`);
				}
			}
		}
		const wanted = filter.trim().toLowerCase();
		return {
			results: [...names]
				.map(([value, name]) => ({ name, value }))
				.filter(({ name }) => name.toLowerCase().includes(wanted))
				.sort((a, b) => a.value.localeCompare(b.value, 'en')),
		};
	};
}
