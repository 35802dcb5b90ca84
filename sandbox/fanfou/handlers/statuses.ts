import type { ApiHandlers, FanfouContext } from '../context';
import { createStatus, deleteStatus, type StatusDraft } from '../mutations';
import type { Status } from '../statuses';

/** Returns the application name shown below a status. */
export function sourceOf({ consumer, parameters }: FanfouContext): string {
	const anchor = `<a href="${consumer.url}" target="_blank">${consumer.name}</a>`;
	return parameters.optionalText('source') ?? anchor;
}

function readDraft(context: FanfouContext): StatusDraft {
	const { parameters, state, me } = context;
	const text = parameters.text('status');
	if (text.trim() === '') throw context.createError(400, '消息内容不能为空');
	const last = state.statuses.filter(({ userId }) => userId === me.id)[0];
	if (state.settings.rejectDuplicates && last?.text === text) {
		throw context.createError(400, '不能发送重复的消息');
	}
	const draft: StatusDraft = { text, source: sourceOf(context) };
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

function parentOf({ state }: FanfouContext, status: Status): Status | undefined {
	const id = status.replyTo?.statusId ?? status.repostOf?.statusId;
	return id === undefined ? undefined : state.statuses.find(id);
}

/** Returns the whole conversation of a status, oldest first. */
function contextOf(context: FanfouContext, status: Status): Status[] {
	let root = status;
	for (let up = parentOf(context, root); up; up = parentOf(context, root)) root = up;
	const found = new Set([root.id]);
	const later = context.state.statuses.filter(({ order }) => order > root.order).reverse();
	for (const candidate of later) {
		const parent = parentOf(context, candidate);
		if (parent && found.has(parent.id)) found.add(candidate.id);
	}
	return context.state.statuses
		.filter((one) => found.has(one.id) && context.state.isVisible(context.me, one))
		.reverse();
}

export const statusHandlers: ApiHandlers = {
	'statuses.update': (context) => {
		const status = createStatus(context.state, context.me, readDraft(context));
		// The text of this response is plain even with format=html.
		context.view.html = false;
		return context.statusReply(status);
	},

	'statuses.destroy': (context) => {
		const status = context.status();
		if (status.userId !== context.me.id) throw context.createError(403, '这条消息不是你的');
		const reply = context.statusReply(status);
		deleteStatus(context.state, status);
		return reply;
	},

	'statuses.show': (context) => context.statusReply(context.status()),

	'statuses.context_timeline': (context) =>
		context.statusesReply(contextOf(context, context.status())),
};
