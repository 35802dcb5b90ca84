import type { FanvueState } from '../state';
import { postJson } from './deliver';

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Returns whether a URL is on this machine. */
export function isLocal(url: URL): boolean {
	return LOCAL_HOSTS.has(url.hostname);
}

/** Returns whether a URL accepts an unsigned POST with `{}`. URLs of other hosts are not probed. */
export async function acceptsProbe(state: FanvueState, url: string): Promise<boolean> {
	if (!isLocal(new URL(url))) return true;
	const { status } = await postJson(state, url, '{}');
	return status >= 200 && status < 300;
}
