import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Below nodes/ and credentials/ the rules of n8n's verification scan hold, everywhere the strict
 * rules of typescript-eslint.
 */
const shipped = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const javascript = ['**/*.mjs', '**/*.js'];
const all = ['**/*.ts', '**/*.tsx', ...javascript];

/**
 * `no-explicit-any` for the types in JSDoc comments, which typescript-eslint does not read.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const noAnyInJsdoc = {
	meta: { type: 'problem', messages: { any: 'Name the type instead of "any".' }, schema: [] },
	create: (context) => ({
		Program() {
			for (const comment of context.sourceCode.getAllComments()) {
				const types = /@(?:param|returns|type|typedef|property|template)\s*\{.*\bany\b.*\}/;
				if (comment.loc && types.test(comment.value))
					context.report({ loc: comment.loc, messageId: 'any' });
			}
		},
	}),
};

export default defineConfig(
	globalIgnores(['dist', 'coverage', '.n8n-host', 'host/**/node_modules', 'test-output', 'types']),
	{
		files: all,
		extends: [tseslint.configs.strict, tseslint.configs.stylistic],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'no-console': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/max-params': ['error', { max: 5 }],
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
		},
	},
	{
		files: javascript,
		plugins: { local: { rules: { 'no-any-in-jsdoc': noAnyInJsdoc } } },
		rules: { 'local/no-any-in-jsdoc': 'error' },
	},
	{
		files: shipped,
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			'@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
		},
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		// CommonJS, because gulp and jest load these files as such.
		files: ['gulpfile.js', 'jest.config.js'],
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
	{
		// Command-line programs print their results.
		files: [
			'sandbox/main.ts',
			'scripts/**',
			'host/**',
			'test/bench/**',
			'test/e2e/recovery.e2e.mjs',
		],
		rules: { 'no-console': 'off' },
	},
);
