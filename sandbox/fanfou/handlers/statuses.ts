import type { ApiHandlers, Ask } from '../api';
import { post, removeStatus, type Draft } from '../deeds';
import type { Status } from '../statuses';

/** What an application calls itself below its statuses. */
export function sourceOf({ consumer, parameters }: Ask): string {
	const anchor = `<a href="${consumer.url}" target="_blank">${consumer.name}</a>`;
	return parameters.optionalText('source') ?? anchor;
}

function readDraft(ask: Ask): Draft {
	const { parameters, store, me } = ask;
	const text = parameters.text('status');
	if (text.trim() === '') throw ask.refuse(400, '消息内容不能为空');
	const last = store.statuses.where(({ userId }) => userId === me.id)[0];
	if (store.quirks.refuseDuplicates && last?.text === text) {
		throw ask.refuse(400, '不能发送重复的消息');
	}
	const draft: Draft = { text, source: sourceOf(ask) };
	const location = parameters.optionalText('location');
	const replyToStatusId = parameters.optionalText('in_reply_to_status_id');
	const replyToUserId = parameters.optionalText('in_reply_to_user_id');
	const repostStatusId = parameters.optionalText('repost_status_id');
	return {
		...draft,
		...(location !== undefined && { location }),
		...(replyToStatusId !== undefined && { replyToStatusId }),
		...(replyToUserId !== undefined && { replyToUserId }),
		...(repostStatusId !== undefined && { repostStatusId }),
	};
}

function parentOf({ store }: Ask, status: Status): Status | undefined {
	const id = status.replyTo?.statusId ?? status.repostOf?.statusId;
	return id === undefined ? undefined : store.statuses.find(id);
}

/** The whole talk a status belongs to, oldest first. */
function contextOf(ask: Ask, status: Status): Status[] {
	let root = status;
	for (let up = parentOf(ask, root); up; up = parentOf(ask, root)) root = up;
	const found = new Set([root.id]);
	const later = ask.store.statuses.where(({ order }) => order > root.order).reverse();
	for (const candidate of later) {
		const parent = parentOf(ask, candidate);
		if (parent && found.has(parent.id)) found.add(candidate.id);
	}
	return ask.store.statuses
		.where((one) => found.has(one.id) && ask.store.isVisible(ask.me, one))
		.reverse();
}

export const statusHandlers: ApiHandlers = {
	'statuses.update': (ask) => {
		const status = post(ask.store, ask.me, readDraft(ask));
		// The answer is plain text even when format=html was asked for.
		ask.view.html = false;
		return ask.answerStatus(status);
	},

	'statuses.destroy': (ask) => {
		const status = ask.status();
		if (status.userId !== ask.me.id) throw ask.refuse(403, '这条消息不是你的');
		const reply = ask.answerStatus(status);
		removeStatus(ask.store, status);
		return reply;
	},

	'statuses.show': (ask) => ask.answerStatus(ask.status()),

	'statuses.context_timeline': (ask) => ask.answerStatuses(contextOf(ask, ask.status())),
};
