import { percentEncode } from '../shared/client/request';

/** Percent-encodes an emoji name, as Fanbook requires even in JSON. Encoded names stay as they are. */
export function encodeEmoji(name: string): string {
	return percentEncode(decodeEmoji(name));
}

export function decodeEmoji(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
