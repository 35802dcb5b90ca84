import { uuidOf } from '../ids';
import type { FanvueState } from '../state';

/** Adds one checkout link per creator. */
export function seedCheckout(state: FanvueState): void {
	for (const creator of state.users.values()) {
		if (!creator.isCreator) continue;
		state.checkoutLinks.push({
			uuid: uuidOf(`checkout link ${creator.handle}`),
			creatorUuid: creator.uuid,
			name: 'Photo course',
			productUuid: uuidOf(`checkout product ${creator.handle}`),
			productPriceUuid: uuidOf(`checkout price ${creator.handle}`),
			price: 4900,
		});
	}
}
