/** Variations of the real service's behavior. They can be changed while the sandbox runs. */
export interface FanfouSettings {
	/** Whether `max_id` includes the named item. It always does for photos; for others, sources differ. */
	maxIdInclusive: boolean;
	/** Whether pages can be shorter than `count` before the last one, as after deletions. */
	shortPages: boolean;
	/** Whether every page of a list repeats the first one. */
	repeatedPages: boolean;
	/** Whether a reply must start with the author's `@name` to stay linked to the original status. */
	replyNeedsMention: boolean;
	/** Whether to reject the same text twice in a row with 400. Undocumented, so off. */
	rejectDuplicates: boolean;
	/** Response status when a follow request was sent. Undocumented: 200 or 403. */
	followRequestStatus: number;
	/** Response status of blocks/exists for a user who is not blocked. Undocumented. */
	notBlockedStatus: number;
	/** Whether update_notify_num returns the number as text. Clients have seen both. */
	textNotifyNum: boolean;
	/** Whether the API returns OAuth errors as XML, like the OAuth pages. */
	xmlErrors: boolean;
	/** Requests per user and hour. The real response is undocumented; the sandbox sends 429 and Retry-After. */
	hourlyLimit: number;
	/** Whether responses have X-RateLimit-* headers. Undocumented, so off. */
	rateLimitHeaders: boolean;
}

/** The least strict assumption wherever the reference is incomplete. */
export const DEFAULT_SETTINGS: Readonly<FanfouSettings> = {
	maxIdInclusive: false,
	shortPages: false,
	repeatedPages: false,
	replyNeedsMention: true,
	rejectDuplicates: false,
	followRequestStatus: 200,
	notBlockedStatus: 404,
	textNotifyNum: false,
	xmlErrors: false,
	hourlyLimit: 1500,
	rateLimitHeaders: false,
};
