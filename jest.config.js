/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	globalSetup: '<rootDir>/test/support/jestSetup.ts',
	globalTeardown: '<rootDir>/test/support/jestTeardown.ts',
	setupFiles: ['<rootDir>/test/support/environment.ts'],
	transform: {
		'^.+\\.(t|j|mj)s$': [
			'@swc/jest',
			{
				jsc: {
					target: 'es2022',
					parser: { syntax: 'typescript', decorators: true },
				},
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	// lossless-json and fanfou-sdk are ES modules; everything else is taken as it is.
	transformIgnorePatterns: ['/node_modules/(?!(fanfou-sdk|fanfou-[a-z-]+|camelcase-keys|got|ky)/)'],
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	// Half the time that V8's own counting takes.
	coverageProvider: 'babel',
	coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
	testTimeout: 30_000,
	// n8n's modules stay in memory after each file, and collecting the garbage takes ever longer.
	workerIdleMemoryLimit: '1GB',
};
