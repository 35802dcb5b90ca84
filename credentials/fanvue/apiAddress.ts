import { trimInvisible } from '../../nodes/shared/text';
import { parseBaseUrl } from '../shared/baseUrl';
import type { BaseUrlField } from '../shared/baseUrl';

export const DEFAULT_API_ADDRESS = 'https://api.fanvue.com';

const API_ADDRESS: BaseUrlField = {
	displayName: 'Base URL',
	example: DEFAULT_API_ADDRESS,
	domains: ['fanvue.com'],
	endpointSegments: ['v1'],
};

/**
 * Reads the address of the Fanvue API in a credential.
 *
 * @throws InvalidBaseUrlError if it cannot be used
 */
export function readApiAddress(value: unknown): string {
	return value === undefined ? DEFAULT_API_ADDRESS : parseBaseUrl(value, API_ADDRESS);
}

/**
 * Returns the address that a credential has. n8n provides `customBaseUrl` only while Advanced is on.
 */
export function apiAddressOf(credential: { customBaseUrl?: unknown; baseUrl?: unknown }): unknown {
	const { customBaseUrl, baseUrl } = credential;
	const isEntered = typeof customBaseUrl === 'string' && trimInvisible(customBaseUrl) !== '';
	return isEntered ? customBaseUrl : baseUrl;
}
