/** Scopes of an app for which every scope is selected in the developer area. */
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

/** Scopes that every app has and every sign-in must request. */
export const SYSTEM_SCOPES: readonly string[] = ['openid', 'offline_access', 'offline'];

export const API_VERSION = '2025-06-26';

/** Behavior that tests can change. Times are measured with the sandbox clock. */
export interface FanvueSettings {
	/** Token bucket per client, user and managed creator. */
	rateLimit: {
		/** Capacity in requests. */
		size: number;
		/** Time in which an empty bucket refills, in milliseconds. */
		refillMs: number;
	};
	/** The separate token bucket for online statuses. It refills like the others. */
	statusesRateLimit: { size: number };
	login: {
		/** Scopes selected for the app. A sign-in must request exactly these. */
		appScopes: string[];
		/** Registered redirect URLs. If empty, any HTTPS URL and any URL of this machine is accepted. */
		redirectUris: string[];
		accessTokenSeconds: number;
		/** How long a used refresh token is still accepted. Reported for the real service: 30 s. */
		refreshGraceSeconds: number;
	};
	version: {
		/** Retired versions, each with the version that replaced it, if known. */
		retired: Record<string, string | null>;
		/** If set, responses have Deprecation, Sunset and next-version headers. */
		deprecation: { since: string; sunset: string; next: string } | null;
	};
	media: {
		/** Time from a completed upload to `ready`, in milliseconds. */
		processingMs: number;
		/** Status after processing. */
		outcome: 'ready' | 'error';
		/** Minimum size of every part except the last, in bytes. */
		minimumPartSize: number;
		/** Part size that `/v1` responses recommend, in bytes. */
		partSize: number;
		/** Lifetime of a presigned part URL. */
		uploadSeconds: number;
		/** Lifetime of the signed URL of a variant. */
		downloadSeconds: number;
	};
	webhooks: {
		/** `refused` rejects every registration with 400, as reported for some private apps. */
		registration: 'allowed' | 'refused';
		/**
		 * Whether a new subscription is refused unless its URL accepts an unsigned POST with `{}`.
		 * Reported for the real service; method and body are inferred. Only URLs of this machine are
		 * probed, because the sandbox does not contact other hosts on its own.
		 */
		probe: boolean;
		/** Whether HTTP and URLs of this machine are refused, as by the real service. */
		requireHttps: boolean;
		/** Whether deliveries have the headers X-Fanvue-Topic and X-Fanvue-Event-Id. */
		topicHeaders: boolean;
		/**
		 * Signature header while a secret is replaced: both values after one `v0=` (reported), or one
		 * `v0=` each.
		 */
		rotatedSignatures: 'joined' | 'repeated';
		/** How long the previous secret of a rotation is still used. */
		previousSecretSeconds: number;
		/** Delays before the second, third, ... attempt of a delivery, in milliseconds. */
		retryDelaysMs: number[];
	};
}

export function defaultSettings(): FanvueSettings {
	return {
		rateLimit: { size: 200, refillMs: 60_000 },
		statusesRateLimit: { size: 80 },
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
			minimumPartSize: 5 * 1024 * 1024,
			partSize: 8 * 1024 * 1024,
			uploadSeconds: 3600,
			downloadSeconds: 300,
		},
		webhooks: {
			registration: 'allowed',
			probe: true,
			requireHttps: false,
			topicHeaders: true,
			rotatedSignatures: 'joined',
			previousSecretSeconds: 24 * 3600,
			retryDelaysMs: [1000, 5000, 30_000],
		},
	};
}
