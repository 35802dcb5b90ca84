import { uuidOf } from '../ids';
import type { User } from '../model';
import type { FanvueState } from '../state';
import { DAY, HOUR, MONTH } from '../time';
import { SeededRandom } from './seededRandom';

const FIRST_NAMES = [
	'Ada Bruno Chiara Dario Elif Finn Greta Hugo Ines Jonas Kaja Leon Maren Nils Olga Pavel',
	'Quinn Rosa Sven Tilda Uma Viktor Wanda Xenia Yusuf Zoë Søren Łucja 美咲 José',
]
	.join(' ')
	.split(' ');
const LAST_NAMES = 'Abel Brandt Costa Dahl Ekman Fontaine'.split(' ');

/** Number of fans in addition to the demo accounts. */
const FANS = 180;

function addUser(
	state: FanvueState,
	{ handle, displayName, days }: { handle: string; displayName: string; days: number },
): User {
	const user: User = {
		uuid: uuidOf(`user ${handle}`),
		handle,
		email: `${handle}@example.com`,
		displayName,
		bio: '',
		isCreator: false,
		createdAt: state.now() - days * DAY,
		updatedAt: null,
		isOnline: false,
		lastSeenAt: null,
		isContactable: true,
		subscriptionPrice: null,
		likesCount: 0,
	};
	state.users.set(user.uuid, user);
	return user;
}

function addCreator(
	state: FanvueState,
	{ handle, name, bio, price }: { handle: string; name: string; bio: string; price: number },
): void {
	const user = addUser(state, { handle, displayName: name, days: 600 });
	user.isCreator = true;
	user.bio = bio;
	user.subscriptionPrice = price;
	user.likesCount = price;
	user.isOnline = true;
	user.lastSeenAt = state.now() - HOUR;
	user.updatedAt = state.now() - 3 * DAY;
}

function addFan(state: FanvueState, index: number, random: SeededRandom): User {
	const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? 'Fan';
	const last = LAST_NAMES[Math.floor(index / FIRST_NAMES.length)] ?? 'Fan';
	const handle = `fan${String(index + 1).padStart(3, '0')}`;
	const user = addUser(state, {
		handle,
		displayName: `${first} ${last}`,
		days: 30 + random.integer(500),
	});
	user.isOnline = random.chance(15);
	user.lastSeenAt = random.chance(85) ? state.now() - random.integer(20 * DAY) : null;
	return user;
}

function subscribe(
	state: FanvueState,
	{
		creatorUser,
		fanUser,
		random,
		ended,
	}: { creatorUser: User; fanUser: User; random: SeededRandom; ended: boolean },
): void {
	const relationship = state.ensureRelationship(creatorUser.uuid, fanUser.uuid);
	const price = creatorUser.subscriptionPrice ?? 0;
	const periodStart =
		state.now() - (ended ? MONTH + random.integer(60 * DAY) : random.integer(28 * DAY));
	const isFreeTrial = !ended && random.chance(8);
	relationship.subscription = {
		uuid: state.ids.next('subscription'),
		firstSubscribedAt: periodStart - (isFreeTrial ? 0 : random.integer(4) * MONTH),
		periodStart,
		// No subscription ends within the first day, so that tests can advance the clock by an hour.
		periodEnd: ended ? periodStart + MONTH : periodStart + MONTH + DAY,
		price,
		amountPaid: isFreeTrial ? 0 : price,
		autoRenewal: !ended && !isFreeTrial && random.chance(75),
		isFreeTrial,
		endedAt: ended ? periodStart + MONTH : null,
	};
	relationship.followedAt = relationship.subscription.firstSubscribedAt;
}

function follow(
	state: FanvueState,
	{ creatorUser, fanUser, random }: { creatorUser: User; fanUser: User; random: SeededRandom },
): void {
	state.ensureRelationship(creatorUser.uuid, fanUser.uuid).followedAt =
		state.now() - random.integer(90 * DAY);
}

function seedAgency(state: FanvueState): void {
	const uuids = ['mira', 'nolan', 'oriane'].map((handle) => state.userByHandle(handle).uuid);
	const [mira = ''] = uuids;
	state.agency.creatorUuids = uuids;
	state.agency.members.push(
		{
			userUuid: state.userByHandle('agency').uuid,
			isAdmin: true,
			nickname: null,
			creatorAccess: uuids.map((uuid) => ({ uuid, role: 'ADMIN' })),
		},
		{
			userUuid: state.userByHandle('tara').uuid,
			isAdmin: false,
			nickname: 'Night shift',
			creatorAccess: [{ uuid: mira, role: 'CHATTER' }],
		},
	);
}

/** Adds the demo accounts, the fans, and their follows and subscriptions. */
export function seedPeople(state: FanvueState): void {
	const random = new SeededRandom(1);
	addCreator(state, {
		handle: 'mira',
		name: 'Mira Solano',
		bio: 'Travel, light and film.',
		price: 999,
	});
	addCreator(state, {
		handle: 'nolan',
		name: 'Nolan Reyes',
		bio: 'Strength without noise.',
		price: 1499,
	});
	addCreator(state, {
		handle: 'oriane',
		name: 'Oriane Petit',
		bio: 'Baking at night.',
		price: 599,
	});
	addUser(state, { handle: 'agency', displayName: 'Northlight Agency', days: 700 });
	addUser(state, { handle: 'tara', displayName: 'Tara Quist', days: 300 });
	const felix = addUser(state, { handle: 'felix', displayName: 'Felix Berg', days: 200 });
	// This user cannot be contacted and follows nobody.
	addUser(state, { handle: 'ghost', displayName: 'Ghost Account', days: 900 }).isContactable =
		false;
	const fans = Array.from({ length: FANS }, (_, index) => addFan(state, index, random));
	const [mira, nolan, oriane] = ['mira', 'nolan', 'oriane'].map((h) => state.userByHandle(h));
	if (!mira || !nolan || !oriane) return;
	subscribe(state, { creatorUser: mira, fanUser: felix, random, ended: false });
	fans
		.slice(0, 119)
		.forEach((user) =>
			subscribe(state, { creatorUser: mira, fanUser: user, random, ended: false }),
		);
	fans
		.slice(119, 131)
		.forEach((user) => subscribe(state, { creatorUser: mira, fanUser: user, random, ended: true }));
	fans
		.slice(131, 166)
		.forEach((user) => follow(state, { creatorUser: mira, fanUser: user, random }));
	fans
		.slice(100, 118)
		.forEach((user) =>
			subscribe(state, { creatorUser: nolan, fanUser: user, random, ended: false }),
		);
	fans
		.slice(150, 156)
		.forEach((user) => follow(state, { creatorUser: nolan, fanUser: user, random }));
	fans
		.slice(160, 167)
		.forEach((user) =>
			subscribe(state, { creatorUser: oriane, fanUser: user, random, ended: false }),
		);
	seedAgency(state);
}
