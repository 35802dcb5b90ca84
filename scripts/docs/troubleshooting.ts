import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import glob from 'fast-glob';
import { parse } from 'yaml';
import { z } from 'zod';
import { localized, type Language } from './language';
import { cell, code, joinBlocks, table } from './markdown';

/** The page of messages, from docs/text/troubleshooting.yaml. */

const ROOT = join(__dirname, '..', '..');

const groups = z
	.array(
		z
			.object({
				title: localized,
				entries: z.array(localized.extend({ message: z.string() }).strict()).min(1),
			})
			.strict(),
	)
	.parse(parse(readFileSync(join(ROOT, 'docs', 'text', 'troubleshooting.yaml'), 'utf8')));

const TEXTS = {
	en: {
		title: 'Troubleshooting',
		other: '[中文](zh/troubleshooting.md)',
		introduction:
			'Find the message that n8n shows; `…` stands for what differs. The description below a message in n8n often says the same in more detail. For error codes of Fanbook see [its page](fanbook.md#error-codes).',
		head: ['Message', 'What to do'],
		more: [
			'## Nothing helps',
			'',
			'- Run the same operation against the sandbox (`npm start`). If it works there, the service differs from its documentation: [open an issue](https://github.com/n8n-nodes-fan/n8n-nodes-fanvue-fanfou-fanbook/issues) with the message, the operation, and the versions of n8n and of this package. Leave out tokens.',
			'- With an account of your own, `npm run live -- fanvue` (or `fanfou`, `fanbook`) shows where the service differs. Its report holds no personal values.',
			'- Questions about n8n itself: [community.n8n.io](https://community.n8n.io).',
		],
	},
	zh: {
		title: '故障排除',
		other: '[English](../troubleshooting.md)',
		introduction:
			'查找 n8n 显示的信息，`…` 代表变化的部分。n8n 中信息下方的说明往往更详细。Fanbook 的错误代码见[其页面](fanbook.md#错误代码)。',
		head: ['信息', '解决办法'],
		more: [
			'## 仍未解决',
			'',
			'- 在沙盒中运行同一操作（`npm start`）。如果在那里正常，说明服务与其文档不同：请[提交 issue](https://github.com/n8n-nodes-fan/n8n-nodes-fanvue-fanfou-fanbook/issues)，写明信息、操作、n8n 和本包的版本，不要包含令牌。',
			'- 有自己的账号时，`npm run live -- fanvue`（或 `fanfou`、`fanbook`）会显示服务的差异，报告不含个人数据。',
			'- 关于 n8n 本身的问题：[community.n8n.io](https://community.n8n.io)。',
		],
	},
};

export function troubleshootingPage(language: Language): string {
	const texts = TEXTS[language];
	const sections = groups.flatMap(({ title, entries }) => [
		[`## ${title[language]}`],
		table(
			texts.head,
			entries.map((entry) => [code(entry.message), cell(entry[language])]),
		),
	]);
	return `${joinBlocks([
		[`# ${texts.title}`],
		[texts.other],
		[texts.introduction],
		...sections,
		texts.more,
	])}\n`;
}

/** Returns the messages of the page that no source file has. */
export function unknownMessages(): string[] {
	const files = glob.sync(['nodes/**/*.ts', 'credentials/**/*.ts', 'host/**/*.mjs'], {
		cwd: ROOT,
		ignore: ['**/node_modules/**'],
	});
	const sources = files.map((file) => readFileSync(join(ROOT, file), 'utf8').replace(/\\'/g, "'"));
	return groups
		.flatMap(({ entries }) => entries.map(({ message }) => message))
		.filter((message) => {
			const parts = message.split('…').map((part) => part.trim());
			return !sources.some((source) => parts.every((part) => source.includes(part)));
		});
}
