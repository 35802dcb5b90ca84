import { parseBaseUrl } from '../shared/baseUrl';
import type { BaseUrlField } from '../shared/baseUrl';

const DEFAULT_GATEWAY_URL = 'wss://gateway-bot.fanbook.mobi/websocket';

const GATEWAY_URL: BaseUrlField = {
	displayName: 'Gateway URL',
	example: DEFAULT_GATEWAY_URL,
	domains: [],
	endpointSegments: [],
	protocols: ['ws', 'wss'],
};

/**
 * Reads the address of the event gateway. Defaults to Fanbook's own gateway.
 *
 * @throws InvalidBaseUrlError if it cannot be used
 */
export function readGatewayUrl(value: unknown): string {
	if (typeof value !== 'string' || value.trim() === '') return DEFAULT_GATEWAY_URL;
	return parseBaseUrl(value, GATEWAY_URL);
}
