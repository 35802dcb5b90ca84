import type { UnsignedRequest } from '../core/service';
import { DEMO } from '../demo';

/** Puts the token of the demo bot into the path of a request. */
export function signRequest(request: UnsignedRequest): UnsignedRequest {
	const url = request.url.replace('/fanbook/', `/fanbook/api/bot/${DEMO.fanbook.botToken}/`);
	return { ...request, url };
}
