/** Decodes percent-encoded UTF-8. Returns undefined for malformed text. */
export function percentDecode(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
