import type { FanfouContext, ApiHandlers } from '../context';
import { countNotifications } from '../mutations';
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

function badgeKeyOf({ consumer, me }: FanfouContext): string {
	return `${consumer.key} ${me.id}`;
}

function storePicture(context: FanfouContext, text: string): string {
	const picture = context.state.pictures.add(context.parameters.file('image').bytes);
	if (!picture) throw context.createError(400, text);
	return picture.name;
}

function updateProfile(context: FanfouContext): void {
	const { me, parameters, state } = context;
	const name = parameters.optionalText('name');
	if (name !== undefined && name !== me.name) {
		if (name.trim() === '') throw context.createError(400, '昵称不能为空');
		if (state.users.findByName(name)) throw context.createError(400, '这个昵称已经有人用了');
		state.users.rename(me, name);
	}
	for (const field of ['url', 'location', 'description', 'email'] as const) {
		const value = parameters.optionalText(field);
		if (value !== undefined) me[field] = value;
	}
}

/** Finds users by `hashes`: MD5 hashes of email addresses, separated by commas. */
function findFriends({ state, parameters, view }: FanfouContext): unknown {
	const hashOf = (text: string): string => createHash('md5').update(text).digest('hex');
	const byHash = new Map(state.users.all().map((user) => [hashOf(user.email), user]));
	return parameters
		.text('hashes')
		.split(',')
		.flatMap((hash) => {
			const user = byHash.get(hash.trim().toLowerCase());
			return user ? [{ hash, type: 'email', user: renderUser(state, user, view) }] : [];
		});
}

export const accountHandlers: ApiHandlers = {
	'account.verify_credentials': ({ state, me, view }) => ({
		json: renderUserWithStatus(state, me, view),
	}),

	'account.rate_limit_status': ({ state, me }) => {
		const { remaining, resetAt } = state.limits.getAllowance(me.id, state.settings.hourlyLimit);
		return {
			json: {
				reset_time: dateText(resetAt),
				remaining_hits: remaining,
				hourly_limit: state.settings.hourlyLimit,
				reset_time_in_seconds: Math.floor(resetAt / 1000),
			},
		};
	},

	'account.notification': ({ state, me }) => ({ json: countNotifications(state, me) }),

	'account.notify_num': (context) => ({
		json: { result: 'ok', notify_num: context.state.badges.get(badgeKeyOf(context)) ?? 0 },
	}),

	'account.update_notify_num': (context) => {
		const number = context.parameters.integer('notify_num', 0);
		context.state.badges.set(badgeKeyOf(context), number);
		const shown = context.state.settings.textNotifyNum ? String(number) : number;
		return { json: { result: 'ok', notify_num: shown } };
	},

	'account.update_profile': (context) => {
		updateProfile(context);
		return context.userReply(context.me);
	},

	'account.update_location': (context) => {
		context.me.location = context.parameters.text('location');
		return context.userReply(context.me);
	},

	'account.update_profile_image': (context) => {
		context.me.avatar = storePicture(context, '上传头像失败');
		return context.userReply(context.me);
	},

	// The response is undocumented; similar endpoints return the user.
	'account.update_profile_background_image': (context) => {
		context.me.background = storePicture(context, '上传背景失败');
		context.me.tilesBackground = context.parameters.boolean('tile') ?? false;
		return context.userReply(context.me);
	},

	'account.update_profile_colors': (context) => {
		for (const name of COLOR_NAMES) {
			const color = context.parameters.optionalText(name);
			if (color !== undefined) context.me.colors[name] = color;
		}
		return context.userReply(context.me);
	},

	'account.find_friends': (context) => ({ json: findFriends(context) }),

	// Undocumented: the sandbox does not create accounts.
	'account.register': (context) => {
		throw context.createError(403, '注册已关闭');
	},
};
