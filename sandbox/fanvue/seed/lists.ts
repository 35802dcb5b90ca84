import { uuidOf } from '../ids';
import type { FanvueState } from '../state';
import { DAY } from '../time';

const TEMPLATES = ['Welcome in!', 'Thank you for staying.', 'A first look, before everybody else.'];

/** Adds custom lists and message templates. */
export function seedLists(state: FanvueState): void {
	const mira = state.userByHandle('mira');
	const fans = state.relationshipsOf(mira.uuid).map(({ fanUuid }) => fanUuid);
	const lists: Array<[name: string, members: string[]]> = [
		['Early supporters', fans.slice(0, 64)],
		['Photographers', fans.slice(20, 32)],
		['Nobody yet', []],
	];
	lists.forEach(([name, members], index) => {
		const uuid = uuidOf(`list ${name}`);
		state.customLists.set(uuid, {
			uuid,
			creatorUuid: mira.uuid,
			name,
			createdAt: state.now() - (90 - index) * DAY,
			memberUuids: new Set(members),
		});
	});
	const [picture] = [...state.media.values()].filter(({ ownerUuid }) => ownerUuid === mira.uuid);
	for (let index = 0; index < 18; index += 1) {
		const isPaid = index % 3 === 2;
		state.templates.push({
			uuid: uuidOf(`template ${index}`),
			creatorUuid: mira.uuid,
			text: `${TEMPLATES[index % TEMPLATES.length] ?? ''} (${index + 1})`,
			price: isPaid ? 700 : null,
			mediaUuids: isPaid && picture ? [picture.uuid] : [],
			folderName: index % 2 === 0 ? 'Greetings' : null,
		});
	}
}
