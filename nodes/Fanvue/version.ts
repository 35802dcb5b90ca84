/** The only known version of Fanvue's API, which every request states. */
export const API_VERSION = '2025-06-26';
