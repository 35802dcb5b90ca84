import type { ApiHandlers, FanfouContext } from '../context';
import { paginate } from '../paging';
import { renderUsers } from '../render';
import type { Status } from '../statuses';
import { statusesPage } from './timelines';

/** Splits a query into words. How the real search splits and combines them is undocumented. */
function wordsOf(query: string): string[] {
	return query.split(/\s+/).filter((word) => word !== '');
}

function containsAll(text: string, words: string[]): boolean {
	const lower = text.toLowerCase();
	return words.every((word) => lower.includes(word.toLowerCase()));
}

function readWords(context: FanfouContext): string[] {
	const words = wordsOf(context.parameters.text('q'));
	if (words.length === 0) throw context.createError(400, '搜索关键词不能为空');
	return words;
}

export const searchHandlers: ApiHandlers = {
	'search.public_timeline': (context) => {
		const { state, me } = context;
		const words = readWords(context);
		const isMatch = (status: Status): boolean =>
			containsAll(status.text, words) &&
			!status.isInReview &&
			!state.users.get(status.userId).isProtected &&
			state.isVisible(me, status);
		return context.statusesReply(statusesPage(context, state.statuses.filter(isMatch)), words);
	},

	'search.user_timeline': (context) => {
		const { state, me } = context;
		const words = readWords(context);
		const user = context.readableUser();
		const isMatch = ({ userId, isInReview, text }: Status): boolean =>
			userId === user.id && containsAll(text, words) && (!isInReview || userId === me.id);
		return context.statusesReply(statusesPage(context, state.statuses.filter(isMatch)), words);
	},

	'search.users': (context) => {
		const { state, parameters, view } = context;
		const words = readWords(context);
		const found = state.users
			.all()
			.filter((user) => containsAll(`${user.id} ${user.name}`, words))
			.map(({ id }) => id);
		const users = renderUsers(
			state,
			paginate(found, { parameters, settings: state.settings }),
			view,
		);
		return { json: { total_number: found.length, users } };
	},
};
