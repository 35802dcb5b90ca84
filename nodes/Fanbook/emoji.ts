import { percentEncode } from '../shared/client/request';
import { percentDecode } from '../shared/http';

/** Percent-encodes an emoji name, as Fanbook requires even in JSON. Encoded names stay as they are. */
export function encodeEmoji(name: string): string {
	return percentEncode(percentDecode(name));
}
