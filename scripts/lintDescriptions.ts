import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';
import type { INodeType } from 'n8n-workflow';
import { shippedNodes } from './shipped';

/**
 * n8n's rules read object literals, and the parameters here are derived from tables. So the derived
 * descriptions are written out as literals and n8n's own rules are run on those.
 */
async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'descriptions-'));
	try {
		const files = shippedNodes().map(({ className, node }) => {
			const target = join(folder, 'nodes', className);
			mkdirSync(target, { recursive: true });
			const file = join(target, `${className}.node.ts`);
			writeFileSync(file, asLiteral(className, node));
			return file;
		});
		const eslint = new ESLint({
			cwd: folder,
			overrideConfigFile: true,
			overrideConfig: [
				{
					files: ['**/*.ts'],
					languageOptions: { parser: tseslint.parser },
					plugins: { 'n8n-nodes-base': n8nNodesBase },
					rules: {
						...n8nNodesBase.configs.nodes.rules,
						// The same three that n8n's verification scan leaves out.
						'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
						'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
						'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
						// About how a class is written down, which is checked on the real file.
						'n8n-nodes-base/node-class-description-icon-not-svg': 'off',
						'n8n-nodes-base/node-execute-block-wrong-error-thrown': 'off',
					},
				},
			],
		});
		const results = await eslint.lintFiles(files);
		for (const result of results) {
			const lines = (result.source ?? '').split('\n');
			for (const message of result.messages) {
				const context = lines
					.slice(Math.max(0, message.line - 8), message.line + 2)
					.filter((line) =>
						/"(displayName|name|action|description)"|^\s*(displayName|name)/.test(line),
					)
					.map((line) => line.trim());
				console.log(
					`${message.ruleId ?? 'parse'}: ${message.message}\n    ${context.join('\n    ')}`,
				);
			}
		}
		const count = results.reduce((sum, result) => sum + result.messages.length, 0);
		console.log(`${files.length} descriptions, ${count} findings`);
		process.exitCode = count === 0 ? 0 : 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function asLiteral(className: string, node: INodeType): string {
	const literal = JSON.stringify(node.description, null, '\t').replace(
		/^(\t*)"([A-Za-z_$][\w$]*)":/gm,
		'$1$2:',
	);
	return `import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

export class ${className} implements INodeType {
	description: INodeTypeDescription = ${literal};
}
`;
}

void main();
