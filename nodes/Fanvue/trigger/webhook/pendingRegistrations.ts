/**
 * URLs that are being registered by this process. Fanvue sends an unsigned request to the URL before
 * it answers the registration.
 */
const pendingUrls = new Map<string, number>();

/** Marks a URL as being registered until `work` has ended. */
export async function whileRegistering<T>(url: string, work: () => Promise<T>): Promise<T> {
	pendingUrls.set(url, (pendingUrls.get(url) ?? 0) + 1);
	try {
		return await work();
	} finally {
		const count = (pendingUrls.get(url) ?? 1) - 1;
		if (count > 0) pendingUrls.set(url, count);
		else pendingUrls.delete(url);
	}
}

export function isBeingRegistered(url: string): boolean {
	return pendingUrls.has(url);
}
