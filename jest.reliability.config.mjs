/** The reliability tests, which `npm run test:reliability` runs. */
import base from './jest.config.js';

/** @type {import('jest').Config} */
export default {
	...base,
	testMatch: ['**/reliability/*.reliability.ts'],
	collectCoverageFrom: [],
};
