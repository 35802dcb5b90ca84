import type { ApiHandlers, Ask } from '../api';
import { pageOf } from '../paging';
import { renderUsers } from '../render';
import type { Status } from '../statuses';
import { statusWindow } from './timelines';

/** The words of a query. How the real search splits and joins them is not documented. */
function wordsOf(query: string): string[] {
	return query.split(/\s+/).filter((word) => word !== '');
}

function holds(text: string, words: string[]): boolean {
	const lower = text.toLowerCase();
	return words.every((word) => lower.includes(word.toLowerCase()));
}

function readWords(ask: Ask): string[] {
	const words = wordsOf(ask.parameters.text('q'));
	if (words.length === 0) throw ask.refuse(400, '搜索关键词不能为空');
	return words;
}

export const searchHandlers: ApiHandlers = {
	'search.public_timeline': (ask) => {
		const { store, me } = ask;
		const words = readWords(ask);
		const isHit = (status: Status): boolean =>
			holds(status.text, words) &&
			!status.isInReview &&
			!store.users.get(status.userId).isProtected &&
			store.isVisible(me, status);
		return ask.answerStatuses(statusWindow(ask, store.statuses.where(isHit)), words);
	},

	'search.user_timeline': (ask) => {
		const { store, me } = ask;
		const words = readWords(ask);
		const user = ask.readableUser();
		const isHit = ({ userId, isInReview, text }: Status): boolean =>
			userId === user.id && holds(text, words) && (!isInReview || userId === me.id);
		return ask.answerStatuses(statusWindow(ask, store.statuses.where(isHit)), words);
	},

	'search.users': (ask) => {
		const { store, parameters, view } = ask;
		const words = readWords(ask);
		const found = store.users
			.all()
			.filter((user) => holds(`${user.id} ${user.name}`, words))
			.map(({ id }) => id);
		const users = renderUsers(store, pageOf(found, parameters, store.quirks), view);
		return { json: { total_number: found.length, users } };
	},
};
