import type { FanvueCall, FanvueHandlers } from './call';
import { followersOf, subscribersOf } from './fans';
import { isVisible } from './posts';
import type { MediaType } from './model';
import { iso, ok } from './replies';
import { profile } from './views';
import type { Reply } from '../core/service';

function counts({ world, owner }: FanvueCall): Record<string, unknown> {
	const media = [...world.media.values()].filter(({ ownerUuid }) => ownerUuid === owner.uuid);
	const posts = world.posts.filter((post) => isVisible(world, post, owner.uuid));
	const of = (type: MediaType): number =>
		media.filter(({ mediaType }) => mediaType === type).length;
	return {
		likesCount: owner.likesCount,
		fanCounts: {
			followersCount: followersOf(world, owner.uuid).length,
			subscribersCount: subscribersOf(world, owner.uuid).length,
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

function account(call: FanvueCall): Reply {
	const { world, owner } = call;
	const sales = world.sales.filter(({ creatorUuid }) => creatorUuid === owner.uuid);
	const total = sales.reduce((sum, { net }) => sum + net, 0);
	// Money can be paid out a week after it came in; what came before the last payout is gone.
	const now = world.now();
	const week = 7 * 86_400_000;
	const lastPayoutAt = sales.some(({ at }) => at < now - 2 * week) ? now - 2 * week : null;
	const available = sales
		.filter(({ at }) => at < now - week && at >= (lastPayoutAt ?? 0))
		.reduce((sum, { net }) => sum + net, 0);
	const price = call.isV1 ? { subscriptionPrice: owner.subscriptionPrice } : {};
	return ok({
		...profile(world, owner),
		account: {
			status: 'active',
			earnings: { total, availableBalance: available, lastPayoutAt: iso(lastPayoutAt) },
			fans: {
				followers: followersOf(world, owner.uuid).length,
				subscribers: subscribersOf(world, owner.uuid).length,
			},
			...price,
		},
	});
}

export const userHandlers: FanvueHandlers = {
	getCurrentUser(call) {
		const extra = call.owner.isCreator ? counts(call) : {};
		return ok({ ...profile(call.world, call.owner), ...extra });
	},
	getAccount: account,
	getCreatorAccount: account,
};
