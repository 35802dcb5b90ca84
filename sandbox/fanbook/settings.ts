/** Settings that tests and the demo can change. A reset restores the defaults. */
export interface FanbookSettings {
	/** Whether the bot is on the allow-list for sending; false causes 10002 with HTTP 400. */
	sendAllowed: boolean;
	/** Sends per second before 10002; 0 for no limit. */
	sendsPerSecond: number;
	/** Whether the update queue receives all kinds of messages ("全量开关"). */
	fullMessages: boolean;
	/**
	 * The page that message/getList returns for behavior=after if there are more than `size` newer
	 * messages. The reference does not define it; `next` is the page next to the cursor.
	 */
	afterPage: 'next' | 'newest';
	/** How long a user_token can open gateway connections. */
	userTokenLifetimeMs: number;
	/** The gateway closes a connection that sent nothing for this time. */
	idleTimeoutMs: number;
	/** Whether gateway frames are text instead of binary. */
	textFrames: boolean;
	/** Whether error messages quote the address of the request, which contains the bot token. */
	quoteTokens: boolean;
	/**
	 * The form of successful results: as documented, or a list inside `{list}`, an empty object, null,
	 * or 3,000 nested objects.
	 */
	resultForm: ResultForm;
}

export const RESULT_FORMS = ['documented', 'wrapped', 'empty', 'null', 'nested'] as const;
export type ResultForm = (typeof RESULT_FORMS)[number];

export const DEFAULT_SETTINGS: Readonly<FanbookSettings> = {
	sendAllowed: true,
	sendsPerSecond: 0,
	fullMessages: false,
	afterPage: 'next',
	userTokenLifetimeMs: 24 * 60 * 60 * 1000,
	idleTimeoutMs: 70_000,
	textFrames: false,
	quoteTokens: false,
	resultForm: 'documented',
};
