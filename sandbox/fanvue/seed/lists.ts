import { uuidOf } from '../ids';
import type { World } from '../world';
import { DAY } from './dice';

const TEMPLATES = ['Welcome in!', 'Thank you for staying.', 'A first look, before everybody else.'];

/** Custom lists and message templates. */
export function seedLists(world: World): void {
	const mira = world.byHandle('mira');
	const fans = world.bondsOf(mira.uuid).map(({ fanUuid }) => fanUuid);
	const lists: Array<[name: string, members: string[]]> = [
		['Early supporters', fans.slice(0, 64)],
		['Photographers', fans.slice(20, 32)],
		['Nobody yet', []],
	];
	lists.forEach(([name, members], index) => {
		const uuid = uuidOf(`list ${name}`);
		world.customLists.set(uuid, {
			uuid,
			creatorUuid: mira.uuid,
			name,
			createdAt: world.now() - (90 - index) * DAY,
			memberUuids: new Set(members),
		});
	});
	const [picture] = [...world.media.values()].filter(({ ownerUuid }) => ownerUuid === mira.uuid);
	for (let index = 0; index < 18; index += 1) {
		const isPaid = index % 3 === 2;
		world.templates.push({
			uuid: uuidOf(`template ${index}`),
			creatorUuid: mira.uuid,
			text: `${TEMPLATES[index % TEMPLATES.length] ?? ''} (${index + 1})`,
			price: isPaid ? 700 : null,
			mediaUuids: isPaid && picture ? [picture.uuid] : [],
			folderName: index % 2 === 0 ? 'Greetings' : null,
		});
	}
}
