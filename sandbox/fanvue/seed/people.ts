import { uuidOf } from '../ids';
import type { User } from '../model';
import type { World } from '../world';
import { DAY, Dice, HOUR } from './dice';

const FIRST_NAMES = [
	'Ada Bruno Chiara Dario Elif Finn Greta Hugo Ines Jonas Kaja Leon Maren Nils Olga Pavel',
	'Quinn Rosa Sven Tilda Uma Viktor Wanda Xenia Yusuf Zoë Søren Łucja 美咲 José',
]
	.join(' ')
	.split(' ');
const LAST_NAMES = 'Abel Brandt Costa Dahl Ekman Fontaine'.split(' ');

/** How many fans there are beside the demo accounts. */
const FANS = 180;

function person(world: World, handle: string, displayName: string, days: number): User {
	const user: User = {
		uuid: uuidOf(`user ${handle}`),
		handle,
		email: `${handle}@example.com`,
		displayName,
		bio: '',
		isCreator: false,
		createdAt: world.now() - days * DAY,
		updatedAt: null,
		isOnline: false,
		lastSeenAt: null,
		isContactable: true,
		subscriptionPrice: null,
		likesCount: 0,
	};
	world.users.set(user.uuid, user);
	return user;
}

function creator(world: World, handle: string, name: string, bio: string, price: number): void {
	const user = person(world, handle, name, 600);
	user.isCreator = true;
	user.bio = bio;
	user.subscriptionPrice = price;
	user.likesCount = price;
	user.isOnline = true;
	user.lastSeenAt = world.now() - HOUR;
	user.updatedAt = world.now() - 3 * DAY;
}

function fan(world: World, index: number, dice: Dice): User {
	const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? 'Fan';
	const last = LAST_NAMES[Math.floor(index / FIRST_NAMES.length)] ?? 'Fan';
	const handle = `fan${String(index + 1).padStart(3, '0')}`;
	const user = person(world, handle, `${first} ${last}`, 30 + dice.roll(500));
	user.isOnline = dice.chance(15);
	user.lastSeenAt = dice.chance(85) ? world.now() - dice.roll(20 * DAY) : null;
	return user;
}

function subscribe(
	world: World,
	creatorUser: User,
	fanUser: User,
	dice: Dice,
	ended: boolean,
): void {
	const bond = world.bondOf(creatorUser.uuid, fanUser.uuid);
	const price = creatorUser.subscriptionPrice ?? 0;
	const month = 30 * DAY;
	const periodStart = world.now() - (ended ? month + dice.roll(60 * DAY) : dice.roll(28 * DAY));
	const isFreeTrial = !ended && dice.chance(8);
	bond.subscription = {
		uuid: world.ids.next('subscription'),
		firstSubscribedAt: periodStart - (isFreeTrial ? 0 : dice.roll(4) * month),
		periodStart,
		// Nothing seeded ends within the first day, so that an hour can pass in peace.
		periodEnd: ended ? periodStart + month : periodStart + month + DAY,
		price,
		amountPaid: isFreeTrial ? 0 : price,
		autoRenewal: !ended && !isFreeTrial && dice.chance(75),
		isFreeTrial,
		endedAt: ended ? periodStart + month : null,
	};
	bond.followedAt = bond.subscription.firstSubscribedAt;
}

function follow(world: World, creatorUser: User, fanUser: User, dice: Dice): void {
	world.bondOf(creatorUser.uuid, fanUser.uuid).followedAt = world.now() - dice.roll(90 * DAY);
}

function seedAgency(world: World): void {
	const uuids = ['mira', 'nolan', 'oriane'].map((handle) => world.byHandle(handle).uuid);
	const [mira = ''] = uuids;
	world.agency.creatorUuids = uuids;
	world.agency.members.push(
		{
			userUuid: world.byHandle('agency').uuid,
			isAdmin: true,
			nickname: null,
			creatorAccess: uuids.map((uuid) => ({ uuid, role: 'ADMIN' })),
		},
		{
			userUuid: world.byHandle('tara').uuid,
			isAdmin: false,
			nickname: 'Night shift',
			creatorAccess: [{ uuid: mira, role: 'CHATTER' }],
		},
	);
}

/** Demo accounts, fans, and who follows or subscribes to whom. */
export function seedPeople(world: World): void {
	const dice = new Dice(1);
	creator(world, 'mira', 'Mira Solano', 'Travel, light and film.', 999);
	creator(world, 'nolan', 'Nolan Reyes', 'Strength without noise.', 1499);
	creator(world, 'oriane', 'Oriane Petit', 'Baking at night.', 599);
	person(world, 'agency', 'Northlight Agency', 700);
	person(world, 'tara', 'Tara Quist', 300);
	const felix = person(world, 'felix', 'Felix Berg', 200);
	// Nobody may write to this one, and nobody follows from here.
	person(world, 'ghost', 'Ghost Account', 900).isContactable = false;
	const fans = Array.from({ length: FANS }, (_, index) => fan(world, index, dice));
	const [mira, nolan, oriane] = ['mira', 'nolan', 'oriane'].map((h) => world.byHandle(h));
	if (!mira || !nolan || !oriane) return;
	subscribe(world, mira, felix, dice, false);
	fans.slice(0, 119).forEach((user) => subscribe(world, mira, user, dice, false));
	fans.slice(119, 131).forEach((user) => subscribe(world, mira, user, dice, true));
	fans.slice(131, 166).forEach((user) => follow(world, mira, user, dice));
	fans.slice(100, 118).forEach((user) => subscribe(world, nolan, user, dice, false));
	fans.slice(150, 156).forEach((user) => follow(world, nolan, user, dice));
	fans.slice(160, 167).forEach((user) => subscribe(world, oriane, user, dice, false));
	seedAgency(world);
}
