import type { INodeExecutionData } from 'n8n-workflow';
import { extractResults } from '../../shared/execution/itemContext';
import type { JsonObject } from '../../shared/json';
import { toOutputItems } from '../../shared/execution/executeOperation';
import { isChinese, isConfirmed } from '../commonFields';
import type { ItemContext } from '../../shared/definition/operation';

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

/** Sends the operation's own request and returns its result. */
async function sendRequest(item: ItemContext): Promise<INodeExecutionData[]> {
	return toOutputItems(item, extractResults(await item.request(), item.operation));
}

/**
 * Runs a write only if Confirm is on. Otherwise it returns a preview, which sends only read requests.
 */
export function withConfirmation(
	preview: (item: ItemContext) => Promise<Preview>,
	execute: (item: ItemContext) => Promise<INodeExecutionData[]> = sendRequest,
): (item: ItemContext) => Promise<INodeExecutionData[]> {
	return async (item) =>
		isConfirmed(item)
			? await execute(item)
			: [item.outputItem(previewItem(item, await preview(item)))];
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
		how_to_confirm: 'Let the user see this preview, then run it again with Confirm switched on',
		ai_rule: 'Only the human may confirm; an AI agent must never confirm by itself',
	};
}
