/**
 * Import rules of docs/ARCHITECTURE.md: no circles (type-only imports included), and imports run
 * down only.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
	forbidden: [
		{
			name: 'no-circular',
			comment: 'Two files that import each other, directly or through others, are one thing.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'sandbox-is-independent',
			comment: 'The sandbox must be able to disagree with the nodes.',
			severity: 'error',
			from: { path: '^sandbox/' },
			to: { path: '^(nodes|credentials)/' },
		},
		{
			name: 'package-is-independent',
			comment: 'What is published imports nothing from the tools around it.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(sandbox|host|scripts|test|examples)/' },
		},
		{
			name: 'contract-types-are-types',
			comment: 'What is derived from the contract is imported as types, which leaves no code.',
			severity: 'error',
			from: { pathNot: '^types/' },
			to: { path: '^types/', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'services-are-independent',
			comment: 'A service imports no other service.',
			severity: 'error',
			from: { path: '^nodes/(Fanvue|Fanfou|Fanbook)/' },
			to: { path: '^nodes/(Fanvue|Fanfou|Fanbook)/', pathNot: '^nodes/$1/' },
		},
		{
			name: 'shared-knows-no-service',
			comment: 'The engine names no service.',
			severity: 'error',
			from: { path: '^nodes/shared/' },
			to: { path: '^nodes/(?!shared/)' },
		},
		{
			name: 'client-knows-no-tables',
			comment: 'The client sends requests; it knows neither tables nor items.',
			severity: 'error',
			from: { path: '^nodes/shared/client/' },
			to: { path: '^nodes/shared/(definition|execution|polling)/' },
		},
		{
			name: 'definition-knows-no-execution',
			comment: 'The types of the tables do not depend on how they are executed.',
			severity: 'error',
			from: { path: '^nodes/shared/definition/' },
			to: { path: '^nodes/shared/(execution|polling)/' },
		},
		{
			name: 'base-knows-no-layer',
			comment: 'Files directly in shared/ are the lowest layer.',
			severity: 'error',
			from: { path: '^nodes/shared/[^/]+\\.ts$' },
			to: { path: '^nodes/shared/[^/]+/' },
		},
		{
			name: 'api-knows-no-resources',
			comment: 'An api.ts describes how a service communicates, not what it offers.',
			severity: 'error',
			from: { path: '^nodes/[^/]+/api\\.ts$' },
			to: { path: '^nodes/[^/]+/(service\\.ts|resources/)' },
		},
		{
			name: 'triggers-know-no-tables',
			comment: 'Triggers and list searches import the client and the api, which keeps them small.',
			severity: 'error',
			from: {
				path: '^nodes/[^/]+/(trigger/|lists/|locators\\.ts|listSearch\\.ts|loadOptions\\.ts|webhookCalls\\.ts)',
			},
			to: { path: '^nodes/[^/]+/(service\\.ts|resources/)', reachable: true },
		},
		{
			name: 'resources-are-below-the-service',
			comment: 'Tables do not import the service that collects them, nor nodes.',
			severity: 'error',
			from: { path: '^nodes/[^/]+/resources/' },
			to: { path: '^nodes/[^/]+/(service|[^/]+\\.node)\\.ts$' },
		},
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)node_modules/' },
	},
};
