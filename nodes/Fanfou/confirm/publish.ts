import type { JsonObject } from '../../shared/json';
import { renamed } from '../output/members';
import { MAX_STATUS_LENGTH, countCharacters } from '../text';
import type { Preview } from './confirmation';
import type { ItemContext } from '../../shared/definition/operation';

const REVIEW = 'Fanfou may review a new post before others can see it';
const CHINESE_REVIEW = '发布后可能需要等待审核，审核通过后其他人才能看到';

/** Returns the preview of a text. */
export function previewText(text: string): Preview {
	const characters = `${countCharacters(text)}/${MAX_STATUS_LENGTH}`;
	return {
		action: 'Post a status',
		chineseAction: '发布饭否',
		english: { preview: text, characters },
		chinese: { 内容预览: text, 字数统计: characters },
		notice: `Nothing has been posted yet. ${REVIEW}`,
		chineseNotice: `尚未发布。${CHINESE_REVIEW}`,
	};
}

/** Returns the preview of a status; its parameters are checked as if it were posted. */
export async function previewStatus(item: ItemContext): Promise<Preview> {
	await item.requestParts();
	return previewText(item.text('status'));
}

/** Returns the result of a post under the field names of the Fanfou MCP server. */
export function chinesePublished(raw: JsonObject): JsonObject {
	return {
		...renamed(raw, { '发布 ID': 'id', 发布时间: 'created_at' }),
		发布结果: '发布成功',
		重要提示: CHINESE_REVIEW,
	};
}

export const publishedNotice = { notice: REVIEW };
