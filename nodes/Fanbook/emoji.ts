import { percentEncode } from '../shared/client/request';

/** Emoji travel by their names, percent-encoded even inside JSON. */

/** A name as the API wants it. Twice encoded it is unknown. */
export function encodedEmoji(name: string): string {
	return percentEncode(decodedEmoji(name));
}

export function decodedEmoji(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
