import { z } from 'zod';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const localized = z.object({ en: z.string(), zh: z.string() }).strict();
export type Localized = z.infer<typeof localized>;

/** The words of the derived parts of the pages. */
export const WORDS = {
	tasks: { en: 'Tasks', zh: '常见任务' },
	reference: { en: 'Reference', zh: '参考' },
	field: { en: 'Field', zh: '字段' },
	parameter: { en: 'Parameter', zh: '参数名' },
	type: { en: 'Type', zh: '类型' },
	description: { en: 'Description', zh: '说明' },
	value: { en: 'Value', zh: '填写' },
	writes: { en: 'writes', zh: '写入' },
	confirm: { en: 'has Confirm', zh: '需要确认（Confirm）' },
	severalCalls: { en: 'several requests', zh: '多个请求' },
	anyCall: {
		en: 'any endpoint; writes unless the method is GET',
		zh: '任意接口；除 GET 外均为写入',
	},
	scopes: { en: 'needs', zh: '所需权限' },
	creatorScopes: { en: 'for a managed creator', zh: '代管创作者时' },
	example: { en: 'Request and output', zh: '请求与输出示例' },
	shortened: {
		en: 'Long lists and nested objects are shortened.',
		zh: '较长的列表和嵌套对象已缩短。',
	},
	files: { en: 'Files', zh: '文件' },
	choices: { en: 'Choices', zh: '可选' },
	rows: { en: 'Rows of', zh: '每行包括' },
	defaultValue: { en: 'Default', zh: '默认' },
	initialValue: { en: 'Initial value when added', zh: '添加后的初始值' },
	shownWith: { en: 'With', zh: '仅当' },
	events: { en: 'Events', zh: '事件列表' },
	event: { en: 'Event', zh: '事件' },
	eventExample: { en: 'Example', zh: '示例' },
	on: { en: 'On', zh: '开启' },
	off: { en: 'Off', zh: '关闭' },
	use: { en: 'Use', zh: '使用' },
	or: { en: ' or ', zh: ' 或 ' },
} satisfies Record<string, Localized>;

const TYPES: Record<string, Localized> = {
	string: { en: 'text', zh: '文本' },
	number: { en: 'number', zh: '数字' },
	boolean: { en: 'on or off', zh: '开关' },
	options: { en: 'choice', zh: '单选' },
	multiOptions: { en: 'choices', zh: '多选' },
	dateTime: { en: 'date and time', zh: '日期时间' },
	json: { en: 'JSON', zh: 'JSON' },
	color: { en: 'color', zh: '颜色' },
	fixedCollection: { en: 'rows', zh: '多行' },
	resourceLocator: { en: 'list or ID', zh: '列表或 ID' },
};

/** Returns the name of an input's kind; unknown kinds keep n8n's name. */
export function typeName(type: string, language: Language): string {
	return TYPES[type]?.[language] ?? type;
}
