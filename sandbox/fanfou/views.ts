import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import { findMentions } from './mutations';
import type { FanfouState } from './state';
import type { Status } from './statuses';
import type { User } from './users';

export interface PersonView {
	id: string;
	name: string;
	description: string;
	location: string;
	/** Null for an account without a picture of its own. */
	avatarUrl: string | null;
	isProtected: boolean;
}

export interface PeopleView {
	people: PersonView[];
	total: number;
}

export interface StatusView {
	id: string;
	author: PersonView;
	text: string;
	/** Milliseconds since 1970. */
	time: number;
	source: string;
	photoUrl: string | null;
	replyTo: { id: string; author: string } | null;
	repostOf: { author: string; text: string } | null;
	isFavorite: boolean;
	favoriteCount: number;
	isMine: boolean;
	isInReview: boolean;
}

export const TIMELINES = ['home', 'mentions', 'public', 'profile'] as const;
export type TimelineName = (typeof TIMELINES)[number];

export interface TimelineView {
	statuses: StatusView[];
	hasEarlier: boolean;
}

/** An account as another one sees it. */
export interface ProfileView {
	person: PersonView;
	friends: number;
	followers: number;
	statuses: number;
	isFollowing: boolean;
	isFollower: boolean;
	hasRequested: boolean;
	/** Accounts that asked to follow; only for the own profile. */
	requests: PersonView[];
	isReadable: boolean;
}

export interface DirectMessageView {
	id: string;
	isMine: boolean;
	text: string;
	time: number;
}

export interface ChatsView {
	chats: Array<{ person: PersonView; lastText: string; time: number }>;
	/** The messages with the selected person, oldest first. */
	messages: DirectMessageView[];
}

const PEOPLE_LIMIT = 40;
const PAGE = 30;

class FanfouViews {
	constructor(private readonly state: FanfouState) {}

	people(search: string): PeopleView {
		const words = search.trim().toLowerCase();
		const hits = this.state.users
			.all()
			.filter(({ id, name }) => words === '' || `${name} ${id}`.toLowerCase().includes(words));
		return {
			people: hits.slice(0, PEOPLE_LIMIT).map((user) => this.person(user)),
			total: hits.length,
		};
	}

	timeline(
		viewer: User,
		{ name, of, count }: { name: TimelineName; of: User; count: number },
	): TimelineView {
		const all = this.statuses(viewer, name, of);
		return {
			statuses: all.slice(0, count).map((status) => this.status(viewer, status)),
			hasEarlier: all.length > count,
		};
	}

	profile(viewer: User, of: User): ProfileView {
		const { graph, statuses } = this.state;
		const isOwn = viewer.id === of.id;
		return {
			person: this.person(of),
			friends: graph.friendsOf(of.id).length,
			followers: graph.followersOf(of.id).length,
			statuses: statuses.filter(({ userId }) => userId === of.id).length,
			isFollowing: graph.follows(viewer.id, of.id),
			isFollower: graph.follows(of.id, viewer.id),
			hasRequested: graph.hasRequested(viewer.id, of.id),
			requests: isOwn ? graph.requestsTo(of.id).map((id) => this.personById(id)) : [],
			isReadable: this.state.canRead(viewer, of),
		};
	}

	chats(viewer: User, selected: string | undefined): ChatsView {
		const messages = this.state.messages.forUser(viewer.id, () => true);
		const partner = ({ senderId, recipientId }: (typeof messages)[number]): string =>
			senderId === viewer.id ? recipientId : senderId;
		const partners = [...new Set(messages.map(partner))];
		return {
			chats: partners.map((id) => {
				const last = messages.find((message) => partner(message) === id);
				return {
					person: this.personById(id),
					lastText: last?.text ?? '',
					time: last?.createdAt ?? 0,
				};
			}),
			messages: messages
				.filter((message) => partner(message) === selected)
				.slice(0, PAGE)
				.reverse()
				.map(({ id, senderId, text, createdAt }) => ({
					id,
					isMine: senderId === viewer.id,
					text,
					time: createdAt,
				})),
		};
	}

	private statuses(viewer: User, name: TimelineName, of: User): Status[] {
		const { graph, statuses } = this.state;
		if (name === 'mentions') return findMentions(this.state, viewer);
		if (name === 'profile' && !this.state.canRead(viewer, of)) return [];
		const authors = new Set([viewer.id, ...graph.friendsOf(viewer.id)]);
		return statuses.filter((status) => {
			if (!this.state.isVisible(viewer, status)) return false;
			if (name === 'home') return authors.has(status.userId);
			if (name === 'profile') return status.userId === of.id;
			return !this.state.users.get(status.userId).isProtected;
		});
	}

	private status(viewer: User, status: Status): StatusView {
		const { users, statuses, favorites } = this.state;
		const { replyTo, repostOf, photo } = status;
		return {
			id: status.id,
			author: this.personById(status.userId),
			text: status.text,
			time: status.createdAt,
			source: status.source.replace(/<[^>]*>/g, ''),
			photoUrl: photo === undefined ? null : `/fanfou-photo/n0/${photo}`,
			replyTo: replyTo
				? { id: replyTo.statusId, author: users.find(replyTo.userId)?.name ?? '' }
				: null,
			repostOf: repostOf
				? {
						author: users.find(repostOf.userId)?.name ?? '',
						text: statuses.find(repostOf.statusId)?.text ?? '',
					}
				: null,
			isFavorite: this.state.isFavorite(viewer.id, status.id),
			favoriteCount: [...favorites.values()].filter((ids) => ids.has(status.id)).length,
			isMine: status.userId === viewer.id,
			isInReview: status.isInReview,
		};
	}

	private personById(id: string): PersonView {
		return this.person(this.state.users.get(id));
	}

	private person({ id, name, description, location, avatar, isProtected }: User): PersonView {
		const avatarUrl = avatar === undefined ? null : `/fanfou-photo/n0/${avatar}`;
		return { id, name, description, location, avatarUrl, isProtected };
	}
}

/** Creates the views of GET /_admin/fanfou/{name}. */
export function createViews(state: () => FanfouState): Record<string, Action> {
	const view =
		(run: (views: FanfouViews, query: Parameters) => unknown): Action =>
		(input) =>
			run(new FanfouViews(state()), new Parameters(new Map(Object.entries(input))));
	const user = (id: string): User => state().users.get(id);
	return {
		/** ?search= */
		people: view((views, query) => views.people(query.optionalText('search') ?? '')),
		/** ?user=&timeline=&of=&count= */
		timeline: view((views, query) => {
			const viewer = user(query.text('user'));
			const name = TIMELINES.find((item) => item === query.optionalText('timeline')) ?? 'home';
			const of = user(query.optionalText('of') ?? viewer.id);
			return views.timeline(viewer, { name, of, count: query.integer('count', PAGE) });
		}),
		/** ?user=&of= */
		profile: view((views, query) => {
			const viewer = user(query.text('user'));
			return views.profile(viewer, user(query.optionalText('of') ?? viewer.id));
		}),
		/** ?user=&with= */
		chats: view((views, query) =>
			views.chats(user(query.text('user')), query.optionalText('with')),
		),
	};
}
