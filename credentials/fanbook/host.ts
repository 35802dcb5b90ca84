import { parseBaseUrl } from '../shared/baseUrl';
import type { BaseUrlField } from '../shared/baseUrl';

export const DEFAULT_HOST = 'https://a1.fanbook.cn';

const HOST: BaseUrlField = {
	displayName: 'Base URL',
	example: DEFAULT_HOST,
	domains: ['fanbook.cn', 'fanbook.mobi'],
	endpointSegments: ['api', 'bot'],
};

/**
 * Reads the address of the Fanbook API in a credential.
 *
 * @throws InvalidBaseUrlError if it cannot be used
 */
export function readHost(value: unknown): string {
	return parseBaseUrl(value, HOST);
}
