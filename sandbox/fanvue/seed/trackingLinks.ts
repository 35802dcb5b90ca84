import { uuidOf } from '../ids';
import type { FanvueState } from '../state';
import { DAY } from '../time';
import { SeededRandom } from './seededRandom';

const PLATFORMS = ['instagram', 'tiktok', 'reddit', 'youtube', 'twitter', 'other'];

/** Adds tracking links. The first has more visitors than fit on a page. */
export function seedTrackingLinks(state: FanvueState): void {
	const random = new SeededRandom(5);
	const mira = state.userByHandle('mira').uuid;
	const fans = state.relationshipsOf(mira).map(({ fanUuid }) => fanUuid);
	for (let index = 0; index < 24; index += 1) {
		const uuid = uuidOf(`tracking link seed ${index}`);
		const visitors = index === 0 ? fans.slice(0, 45) : fans.slice(index * 3, index * 3 + 3);
		state.trackingLinks.push({
			uuid,
			creatorUuid: mira,
			name: `Campaign ${index + 1}`,
			slug: uuid.slice(0, 8),
			externalSocialPlatform: random.pick(PLATFORMS),
			createdAt: state.now() - (50 - index) * DAY,
			clicks: visitors.length * 4 + random.integer(50),
			isDeleted: false,
			visitors: visitors.map((userUuid, number) => ({
				userUuid,
				metadata: number % 2 === 0 ? { campaign: `c${index + 1}`, source: 'bio' } : null,
			})),
		});
	}
}
