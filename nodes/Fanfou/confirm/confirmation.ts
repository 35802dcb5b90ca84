import type { Confirmation, ItemContext } from '../../shared/definition/operation';
import { CONFIRM_RULES } from '../../shared/execution/confirmation';
import type { JsonObject } from '../../shared/json';
import { isChinese } from '../commonFields';

/** The content of a preview, in both languages of the field names. */
export interface Preview {
	/** The action, e.g. "Post a status". */
	action: string;
	chineseAction: string;
	/** Details under English and under Chinese names. */
	english: JsonObject;
	chinese: JsonObject;
	notice: string;
	chineseNotice: string;
	/** The Chinese name of the notice if it is not the usual one. */
	chineseNoticeName?: string;
}

/** Marks a write that is confirmed, with a preview in the language of Field Names. */
export function confirmWith(preview: (item: ItemContext) => Promise<Preview>): Confirmation {
	return { preview: async (item) => previewItem(item, await preview(item)) };
}

function previewItem(item: ItemContext, preview: Preview): JsonObject {
	if (isChinese(item)) {
		return {
			需要确认: true,
			...preview.chinese,
			操作类型: preview.chineseAction,
			[preview.chineseNoticeName ?? '⚠️ 重要提示']: preview.chineseNotice,
			确认提示: '请用户看过预览后明确同意，再把 Confirm（确认）打开重新执行',
			'🚫 绝对禁止': 'AI 助手不得自行确认，只有用户本人可以确认',
		};
	}
	return {
		needs_confirmation: true,
		action: preview.action,
		...preview.english,
		notice: preview.notice,
		...CONFIRM_RULES,
	};
}
