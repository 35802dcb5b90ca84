import { parseBaseUrl } from '../shared/baseUrl';
import type { BaseUrlField } from '../shared/baseUrl';

const API_ADDRESS: BaseUrlField = {
	displayName: 'API Address',
	example: 'https://api.fanvue.com',
	domains: ['fanvue.com'],
	endpointSegments: ['v1'],
};

/**
 * Reads the address of the Fanvue API in a credential.
 *
 * @throws InvalidBaseUrlError if it cannot be used
 */
export function readApiAddress(value: unknown): string {
	return parseBaseUrl(value, API_ADDRESS);
}
