import type { Ask, ApiHandlers } from '../api';
import { notificationsOf } from '../deeds';
import { dateText } from '../ids';
import { renderUserWithStatus, renderUser } from '../render';
import { createHash } from 'node:crypto';
import type { Colors } from '../users';

const COLOR_NAMES = [
	'profile_background_color',
	'profile_text_color',
	'profile_link_color',
	'profile_sidebar_fill_color',
	'profile_sidebar_border_color',
] as const satisfies ReadonlyArray<keyof Colors>;

function badgeKey({ consumer, me }: Ask): string {
	return `${consumer.key} ${me.id}`;
}

function storePicture(ask: Ask, text: string): string {
	const picture = ask.store.pictures.store(ask.parameters.file('image').bytes);
	if (!picture) throw ask.refuse(400, text);
	return picture.name;
}

function updateProfile(ask: Ask): void {
	const { me, parameters, store } = ask;
	const name = parameters.optionalText('name');
	if (name !== undefined && name !== me.name) {
		if (name.trim() === '') throw ask.refuse(400, '昵称不能为空');
		if (store.users.findByName(name)) throw ask.refuse(400, '这个昵称已经有人用了');
		store.users.rename(me, name);
	}
	for (const field of ['url', 'location', 'description', 'email'] as const) {
		const value = parameters.optionalText(field);
		if (value !== undefined) me[field] = value;
	}
}

/** `hashes`: MD5 of e-mail addresses, separated by commas. The document says no more. */
function findFriends({ store, parameters, view }: Ask): unknown {
	const hashOf = (text: string): string => createHash('md5').update(text).digest('hex');
	const byHash = new Map(store.users.all().map((user) => [hashOf(user.email), user]));
	return parameters
		.text('hashes')
		.split(',')
		.flatMap((hash) => {
			const user = byHash.get(hash.trim().toLowerCase());
			return user ? [{ hash, type: 'email', user: renderUser(store, user, view) }] : [];
		});
}

export const accountHandlers: ApiHandlers = {
	'account.verify_credentials': ({ store, me, view }) => ({
		json: renderUserWithStatus(store, me, view),
	}),

	'account.rate_limit_status': ({ store, me }) => {
		const { remaining, resetAt } = store.limits.look(me.id, store.quirks.hourlyLimit);
		return {
			json: {
				reset_time: dateText(resetAt),
				remaining_hits: remaining,
				hourly_limit: store.quirks.hourlyLimit,
				reset_time_in_seconds: Math.floor(resetAt / 1000),
			},
		};
	},

	'account.notification': ({ store, me }) => ({ json: notificationsOf(store, me) }),

	'account.notify_num': (ask) => ({
		json: { result: 'ok', notify_num: ask.store.badges.get(badgeKey(ask)) ?? 0 },
	}),

	'account.update_notify_num': (ask) => {
		const number = ask.parameters.integer('notify_num', 0);
		ask.store.badges.set(badgeKey(ask), number);
		const shown = ask.store.quirks.textNotifyNum ? String(number) : number;
		return { json: { result: 'ok', notify_num: shown } };
	},

	'account.update_profile': (ask) => {
		updateProfile(ask);
		return ask.answerUser(ask.me);
	},

	'account.update_location': (ask) => {
		ask.me.location = ask.parameters.text('location');
		return ask.answerUser(ask.me);
	},

	'account.update_profile_image': (ask) => {
		ask.me.avatar = storePicture(ask, '上传头像失败');
		return ask.answerUser(ask.me);
	},

	// What these two answer is not documented; the user is what their neighbours answer.
	'account.update_profile_background_image': (ask) => {
		ask.me.background = storePicture(ask, '上传背景失败');
		ask.me.tilesBackground = ask.parameters.boolean('tile') ?? false;
		return ask.answerUser(ask.me);
	},

	'account.update_profile_colors': (ask) => {
		for (const name of COLOR_NAMES) {
			const color = ask.parameters.optionalText(name);
			if (color !== undefined) ask.me.colors[name] = color;
		}
		return ask.answerUser(ask.me);
	},

	'account.find_friends': (ask) => ({ json: findFriends(ask) }),

	// Never documented: nobody gets an account this way.
	'account.register': (ask) => {
		throw ask.refuse(403, '注册已关闭');
	},
};
