export const HOUR = 3_600_000;
export const DAY = 86_400_000;
/** The length of a subscription period. */
export const MONTH = 30 * DAY;
