import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Below nodes/ and credentials/ the rules of n8n's verification scan hold, everywhere the strict
 * rules of typescript-eslint.
 */
const shipped = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const typescript = ['**/*.ts'];

export default defineConfig(
	globalIgnores(['dist', 'coverage', '.n8n-host', 'host/node_modules', 'test-output']),
	{
		files: typescript,
		extends: [tseslint.configs.strict, tseslint.configs.stylistic],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'no-console': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
		},
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
		// Programs people run say what they do.
		files: ['sandbox/main.ts', 'scripts/**', 'test/bench/**'],
		rules: { 'no-console': 'off' },
	},
);
