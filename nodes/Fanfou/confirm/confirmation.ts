import type { INodeExecutionData } from 'n8n-workflow';
import { extractResults } from '../../shared/execution/itemContext';
import type { JsonObject } from '../../shared/json';
import { toOutputItems } from '../../shared/execution/executeOperation';
import { isChinese, isConfirmed } from '../commonFields';
import type { ItemContext } from '../../shared/definition/operation';

/** What a preview says, in both languages of the field names. */
export interface Preview {
	/** What would be done, such as "Post a status". */
	action: string;
	chineseAction: string;
	/** What the operation is about, under English and under Chinese names. */
	english: JsonObject;
	chinese: JsonObject;
	notice: string;
	chineseNotice: string;
	/** The Chinese name of the notice, where it is not the usual one. */
	chineseNoticeName?: string;
}

/** Sends the operation's own request and shows its answer. */
async function carryOut(item: ItemContext): Promise<INodeExecutionData[]> {
	return toOutputItems(item, extractResults(await item.request(), item.operation));
}

/**
 * A write with Confirm: while it is off, nothing is sent but what the preview has to read; while it
 * is on, just the write.
 */
export function withConfirmation(
	preview: (item: ItemContext) => Promise<Preview>,
	act: (item: ItemContext) => Promise<INodeExecutionData[]> = carryOut,
): (item: ItemContext) => Promise<INodeExecutionData[]> {
	return async (item) =>
		isConfirmed(item) ? await act(item) : [item.outputItem(shown(item, await preview(item)))];
}

function shown(item: ItemContext, preview: Preview): JsonObject {
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
		how_to_confirm: 'Let the user see this preview, then run it again with Confirm switched on',
		ai_rule: 'Only the human may confirm; an AI agent must never confirm by itself',
	};
}
