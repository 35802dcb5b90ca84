/** The scopes of an app that has everything ticked in the developer area. */
export const ALL_SCOPES: readonly string[] = [
	'openid',
	'offline_access',
	'offline',
	'read:self',
	'read:chat',
	'write:chat',
	'read:fan',
	'read:post',
	'write:post',
	'read:media',
	'write:media',
	'read:creator',
	'write:creator',
	'read:insights',
	'read:tracking_links',
	'write:tracking_links',
	'read:agency',
	'write:agency',
];

/** Scopes every app has and every sign-in must ask for. */
export const SYSTEM_SCOPES: readonly string[] = ['openid', 'offline_access', 'offline'];

export const API_VERSION = '2025-06-26';

/** What of the service can be turned. Times are of the sandbox's clock. */
export interface FanvueSettings {
	/** A token bucket per client and user (and managed creator). */
	rateLimit: {
		/** Requests that a full bucket holds. */
		size: number;
		/** Milliseconds in which an empty bucket fills. */
		refillMs: number;
	};
	login: {
		/** Scopes ticked for the app; a sign-in must ask for exactly these. */
		appScopes: string[];
		/** Registered redirect addresses; empty: any https address and any on this machine. */
		redirectUris: string[];
		accessTokenSeconds: number;
		/** How long a used refresh token is still taken (the service is said to grant 30 s). */
		refreshGraceSeconds: number;
	};
	version: {
		/** Retired versions and the version that replaced each, if one is known. */
		retired: Record<string, string | null>;
		/** Set: the current version answers with Deprecation, Sunset and next-version headers. */
		deprecation: { since: string; sunset: string; next: string } | null;
	};
	media: {
		/** From a completed upload to `ready`, in milliseconds. */
		processingMs: number;
		/** Where processing ends. */
		outcome: 'ready' | 'error';
		/** Fewest bytes of every part but the last. */
		smallestPart: number;
		/** What the `/v1` answer advises. */
		partSize: number;
		/** How long a presigned part address is good. */
		uploadSeconds: number;
		/** How long a signed address of a variant is good. */
		downloadSeconds: number;
	};
	webhooks: {
		/** `refused`: every registration is answered with 400, as some private apps saw it. */
		registration: 'allowed' | 'refused';
		/** Pauses before the second, third, ... try of a delivery, in milliseconds. */
		retryDelaysMs: number[];
	};
}

export function defaultSettings(): FanvueSettings {
	return {
		rateLimit: { size: 200, refillMs: 60_000 },
		login: {
			appScopes: [...ALL_SCOPES],
			redirectUris: [],
			accessTokenSeconds: 3600,
			refreshGraceSeconds: 0,
		},
		version: { retired: {}, deprecation: null },
		media: {
			processingMs: 250,
			outcome: 'ready',
			smallestPart: 5 * 1024 * 1024,
			partSize: 8 * 1024 * 1024,
			uploadSeconds: 3600,
			downloadSeconds: 300,
		},
		webhooks: { registration: 'allowed', retryDelaysMs: [1000, 5000, 30_000] },
	};
}
