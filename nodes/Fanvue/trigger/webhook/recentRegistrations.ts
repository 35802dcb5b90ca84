import { sleep } from '../../../shared/sleep';
import type { StoredSubscription } from './signingSecret';

/**
 * URLs that are being registered by this process. Fanvue sends an unsigned request to the URL before
 * it answers the registration.
 */
const pendingUrls = new Map<string, number>();

/** A subscription that was just created. */
export interface RecentSubscription {
	created: StoredSubscription;
	/** The ID of the one that it replaced. */
	replacedId?: string;
}

/**
 * Subscriptions that this process created, by their URLs. n8n stores them only after the node has
 * activated, and events can arrive before.
 */
const subscriptions = new Map<string, RecentSubscription & { at: number }>();
/** With several main processes, another one may create the next subscription. */
const REMEMBERED_MS = 600_000;

/** How long a delivery waits for the end of the registration. Fanvue probably waits 5 s for a response. */
const MAX_WAIT_MS = 2000;
const POLL_INTERVAL_MS = 50;

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

export function rememberSubscription(url: string, subscription: RecentSubscription): void {
	subscriptions.set(url, { ...subscription, at: Date.now() });
}

export function forgetSubscription(url: string): void {
	subscriptions.delete(url);
}

/** Returns the subscription that this process created for a URL, after the end of its registration. */
export async function recentSubscription(url: string): Promise<RecentSubscription | undefined> {
	const deadline = Date.now() + MAX_WAIT_MS;
	while (isBeingRegistered(url) && Date.now() < deadline) await sleep(POLL_INTERVAL_MS);
	const recent = subscriptions.get(url);
	if (recent === undefined || Math.abs(Date.now() - recent.at) < REMEMBERED_MS) return recent;
	subscriptions.delete(url);
	return undefined;
}
