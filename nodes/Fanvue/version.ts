/** The only version of Fanvue's API that is known; every request names it. */
export const API_VERSION = '2025-06-26';
