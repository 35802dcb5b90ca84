/** Ways in which the real service may behave; each can be switched while the sandbox runs. */
export interface FanfouSettings {
	/** `max_id` gives the named item again. Photos always do; for the rest sources differ. */
	maxIdInclusive: boolean;
	/** Pages lack some items without being the last, as when items were deleted or hidden. */
	shortPages: boolean;
	/** Every page of a list is its first page. */
	repeatedPages: boolean;
	/** A reply that does not begin with `@name` of the author keeps no link to the status. */
	replyNeedsMention: boolean;
	/** The same text twice in a row answers 400. Undocumented, so off. */
	rejectDuplicates: boolean;
	/** Status of the answer that says a follow request was sent. Undocumented: 200 or 403. */
	followRequestStatus: number;
	/** Status of blocks/exists for a user who is not blocked. Undocumented. */
	notBlockedStatus: number;
	/** update_notify_num answers the number as text; clients saw both. */
	textNotifyNum: boolean;
	/** The API answers OAuth refusals as XML, as the OAuth pages do. */
	xmlErrors: boolean;
	/** Calls in an hour per user; undocumented what happens then, so 429 with Retry-After. */
	hourlyLimit: number;
	/** Every answer carries X-RateLimit-* headers. Undocumented, so off. */
	rateLimitHeaders: boolean;
}

/** The mildest reading of everything the reference leaves open. */
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
