import type { Language } from './language';
import { anchorOf, joinBlocks, table } from './markdown';
import { noteText, readExamples, type Example } from './workflows';

/** The page of the examples, with a picture and the note of each. */

const TEXTS = {
	en: {
		title: 'Examples',
		other: '[中文](zh/examples.md)',
		introduction:
			'`npm start` has these workflows ready, in this order of difficulty. To use one in your own n8n, import its file (in an empty workflow: **⋮ → Import from file**) and choose your credentials. To run one without the editor, use its name: `npm start -- --run "Fanbook: send and read messages"`.',
		head: ['Example', 'Level', 'Services'],
		file: 'File',
		up: '../',
		images: 'images/examples',
	},
	zh: {
		title: '示例',
		other: '[English](../examples.md)',
		introduction:
			'`npm start` 已按难度准备好这些工作流。要在自己的 n8n 中使用，导入文件（在空工作流中选择 **⋮ → Import from file**）并选择自己的凭据。不打开编辑器直接运行：`npm start -- --run "Fanbook: send and read messages"`，使用英文名称。',
		head: ['示例', '难度', '服务'],
		file: '文件',
		up: '../../',
		images: '../images/examples',
	},
};

const LEVELS: Record<string, string> = {
	Beginner: '入门',
	Intermediate: '进阶',
	Advanced: '高级',
};

function titleOf({ workflow: { name, meta } }: Example, language: Language): string {
	const number = /^\d+/.exec(name)?.[0] ?? '';
	return language === 'en' ? name : `${number} ${meta.titleZh}`;
}

function rowOf(example: Example, language: Language): string[] {
	const title = titleOf(example, language);
	const tags = example.workflow.tags.map(({ name }) => name);
	const level = tags.find((tag) => LEVELS[tag] !== undefined) ?? '';
	const services = tags.filter((tag) => /^Fan/.test(tag));
	return [
		`[${title}](#${anchorOf(title)})`,
		language === 'en' ? level : (LEVELS[level] ?? level),
		services.join(', '),
	];
}

export function examplesPage(language: Language): string {
	const texts = TEXTS[language];
	const examples = readExamples();
	const sections = examples.flatMap((example) => {
		const { id, workflow } = example;
		const file = `${texts.up}examples/${id}.json`;
		return [
			[`## ${titleOf(example, language)}`],
			[`![${workflow.name}](${texts.images}/${id}.svg)`],
			[noteText(example, language)],
			[`${texts.file}: [${id}.json](${file})`],
		];
	});
	return `${joinBlocks([
		[`# ${texts.title}`],
		[texts.other],
		[texts.introduction],
		table(
			texts.head,
			examples.map((example) => rowOf(example, language)),
		),
		...sections,
	])}\n`;
}
