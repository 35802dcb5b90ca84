import { invalidParameter } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { objectAt, textAt } from '../output/members';
import { truncate, decodeEntities, isoTime, parseHtml } from '../text';
import type { Preview } from './confirmation';
import { findStatus } from './lookups';
import type { ItemContext } from '../../shared/definition/operation';

const LONGEST = 50;

/** The beginning of a status, when and by whom it was posted. */
function glimpse(status: JsonObject) {
	const author = objectAt(status, 'user') ?? {};
	return {
		text: truncate(parseHtml(textAt(status, 'text')).text, LONGEST, '...'),
		author: decodeEntities(textAt(author, 'name')),
	};
}

/**
 * What deleting a status would do.
 *
 * @throws Failure when the status is somebody else's
 */
export async function previewDelete(item: ItemContext): Promise<Preview> {
	const id = item.text('id');
	await item.requestParts();
	const status = await findStatus(item, id);
	if (status.is_self === false) {
		throw invalidParameter(
			'Status',
			'was posted by somebody else',
			'Only own statuses can be deleted',
		);
	}
	const { text } = glimpse(status);
	return {
		action: 'Delete a status',
		chineseAction: '删除饭否',
		english: { preview: text, created_at: isoTime(textAt(status, 'created_at')), id },
		chinese: { 内容预览: text, 发布时间: status.created_at ?? null, '发布 ID': id },
		notice: 'Nothing was deleted yet. A deleted status cannot be brought back',
		chineseNotice: '尚未删除。删除后无法恢复，请谨慎操作',
		chineseNoticeName: '⚠️ 重要警告',
	};
}

/** What adding to the favorites (or taking out of them) would do, and whether that changes anything. */
export function previewFavorite(wanted: boolean) {
	return async (item: ItemContext): Promise<Preview> => {
		const id = item.text('id');
		await item.requestParts();
		const status = await findStatus(item, id);
		const { text, author } = glimpse(status);
		const favorited = status.favorited === true;
		const changes = favorited !== wanted;
		return {
			action: wanted ? 'Add a favorite' : 'Remove a favorite',
			chineseAction: wanted ? '收藏' : '取消收藏',
			english: {
				would_change: changes,
				preview: text,
				created_at: isoTime(textAt(status, 'created_at')),
				id,
				author,
				favorited,
			},
			chinese: {
				内容预览: text,
				发布时间: status.created_at ?? null,
				'发布 ID': id,
				发布者: author,
				当前收藏状态: favorited,
			},
			notice: changes
				? 'Nothing was changed yet'
				: `Nothing would change: the status is ${favorited ? 'a favorite already' : 'no favorite'}`,
			chineseNotice: changes
				? '尚未执行任何操作'
				: favorited
					? '该消息已经收藏，无需重复操作'
					: '该消息尚未收藏，无需取消',
		};
	};
}
