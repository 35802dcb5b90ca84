import { DAY } from '../time';
import type { FanvueContext, FanvueHandlers } from '../context';
import { followersOf, subscribersOf } from '../fans';
import { isVisible } from '../posts';
import type { MediaType } from '../model';
import { iso, ok } from '../replies';
import { profileView } from '../userViews';
import type { Reply } from '../../core/service';

function counts({ state, owner }: FanvueContext): Record<string, unknown> {
	const media = [...state.media.values()].filter(({ ownerUuid }) => ownerUuid === owner.uuid);
	const posts = state.posts.filter((post) => isVisible(state, post, owner.uuid));
	const of = (type: MediaType): number =>
		media.filter(({ mediaType }) => mediaType === type).length;
	return {
		likesCount: owner.likesCount,
		fanCounts: {
			followersCount: followersOf(state, owner.uuid).length,
			subscribersCount: subscribersOf(state, owner.uuid).length,
		},
		contentCounts: {
			imageCount: of('image'),
			videoCount: of('video'),
			audioCount: of('audio'),
			postCount: posts.length,
			payToViewPostCount: posts.filter(({ price }) => price !== null).length,
		},
	};
}

function account(context: FanvueContext): Reply {
	const { state, owner } = context;
	const sales = state.sales.filter(({ creatorUuid }) => creatorUuid === owner.uuid);
	const total = sales.reduce((sum, { net }) => sum + net, 0);
	// Earnings become available after a week. Earnings before the last payout are no longer available.
	const now = state.now();
	const week = 7 * DAY;
	const lastPayoutAt = sales.some(({ at }) => at < now - 2 * week) ? now - 2 * week : null;
	const available = sales
		.filter(({ at }) => at < now - week && at >= (lastPayoutAt ?? 0))
		.reduce((sum, { net }) => sum + net, 0);
	const price = context.isV1 ? { subscriptionPrice: owner.subscriptionPrice } : {};
	return ok({
		...profileView(state, owner),
		account: {
			status: 'active',
			earnings: { total, availableBalance: available, lastPayoutAt: iso(lastPayoutAt) },
			fans: {
				followers: followersOf(state, owner.uuid).length,
				subscribers: subscribersOf(state, owner.uuid).length,
			},
			...price,
		},
	});
}

export const userHandlers: FanvueHandlers = {
	getCurrentUser(context) {
		const extra = context.owner.isCreator ? counts(context) : {};
		return ok({ ...profileView(context.state, context.owner), ...extra });
	},
	getAccount: account,
	getCreatorAccount: account,
};
