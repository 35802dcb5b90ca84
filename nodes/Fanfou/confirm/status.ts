import { invalidParameter } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { objectAt, textAt } from '../output/members';
import { truncate, decodeEntities, isoTime, parseHtml } from '../text';
import type { Preview } from './confirmation';
import { findStatus } from './lookups';
import type { ItemContext } from '../../shared/definition/operation';

const MAX_TEXT_LENGTH = 50;

/** Returns the beginning of a status, and its author. */
function summarize(status: JsonObject) {
	const author = objectAt(status, 'user') ?? {};
	return {
		text: truncate(parseHtml(textAt(status, 'text')).text, MAX_TEXT_LENGTH, '...'),
		author: decodeEntities(textAt(author, 'name')),
	};
}

/**
 * Returns the preview of deleting a status.
 *
 * @throws NodeFailure if another user posted the status
 */
export async function previewDelete(item: ItemContext): Promise<Preview> {
	const id = item.text('id');
	await item.requestParts();
	const status = await findStatus(item, id);
	if (status.is_self === false) {
		throw invalidParameter(
			'Status',
			'was posted by another user',
			'You can delete only your own statuses',
		);
	}
	const { text } = summarize(status);
	return {
		action: 'Delete a status',
		chineseAction: '删除饭否',
		english: { preview: text, created_at: isoTime(textAt(status, 'created_at')), id },
		chinese: { 内容预览: text, 发布时间: status.created_at ?? null, '发布 ID': id },
		notice: 'Nothing has been deleted yet. A deleted status cannot be restored',
		chineseNotice: '尚未删除。删除后无法恢复，请谨慎操作',
		chineseNoticeName: '⚠️ 重要警告',
	};
}

/** Returns the preview of adding or removing a favorite. */
export function previewFavorite(adds: boolean) {
	return async (item: ItemContext): Promise<Preview> => {
		const id = item.text('id');
		await item.requestParts();
		const status = await findStatus(item, id);
		const { text, author } = summarize(status);
		const favorited = status.favorited === true;
		const changes = favorited !== adds;
		return {
			action: adds ? 'Add a favorite' : 'Remove a favorite',
			chineseAction: adds ? '收藏' : '取消收藏',
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
				? 'Nothing has been changed yet'
				: `Nothing would change: the status is ${favorited ? 'already' : 'not'} a favorite`,
			chineseNotice: changes
				? '尚未执行任何操作'
				: favorited
					? '该消息已经收藏，无需重复操作'
					: '该消息尚未收藏，无需取消',
		};
	};
}
