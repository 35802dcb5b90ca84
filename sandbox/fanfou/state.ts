import type { Clock } from '../core/clock';
import type { ServiceContext } from '../core/service';
import { Graph } from './graph';
import { Messages } from './messages';
import { Pictures } from './pictures';
import { DEFAULT_SETTINGS, type FanfouSettings } from './settings';
import { RateLimits } from './rateLimits';
import { Statuses, type Status } from './statuses';
import { Streams } from './streams';
import { Tokens } from './tokens';
import { Users, type User } from './users';

export interface SavedSearch {
	id: number;
	userId: string;
	query: string;
	createdAt: number;
}

/** The last items a user has read. account/notification counts newer ones. */
export interface ReadMarks {
	mentions: number;
	messages: number;
}

/** The complete state of the simulated Fanfou. */
export class FanfouState {
	readonly clock: Clock;
	readonly origin: () => string;
	readonly users = new Users();
	readonly graph = new Graph();
	readonly statuses = new Statuses();
	readonly messages = new Messages();
	readonly pictures = new Pictures();
	readonly tokens = new Tokens();
	readonly limits: RateLimits;
	readonly streams: Streams;
	readonly settings: FanfouSettings = { ...DEFAULT_SETTINGS };
	readonly savedSearches: SavedSearch[] = [];
	/** Favorite status ids by user, newest last. */
	readonly favorites = new Map<string, Set<string>>();
	/** Badge numbers by application and user. */
	readonly badges = new Map<string, number>();
	/** Dismissed recommendations by user. */
	readonly dismissed = new Map<string, Set<string>>();
	readonly readMarks = new Map<string, ReadMarks>();
	/** Whether new statuses are put in review. */
	moderatesStatuses = false;
	private savedSearchCount = 0;

	constructor({ clock, origin, activityLog }: ServiceContext) {
		this.clock = clock;
		this.origin = origin;
		this.limits = new RateLimits(clock);
		this.streams = new Streams(clock, activityLog);
	}

	saveSearch(userId: string, query: string): SavedSearch {
		this.savedSearchCount += 1;
		const saved: SavedSearch = {
			id: 7000 + this.savedSearchCount,
			userId,
			query,
			createdAt: this.clock.now(),
		};
		this.savedSearches.push(saved);
		return saved;
	}

	/** Returns the favorites of a user that still exist, newest first. */
	favoritesOf(userId: string): Status[] {
		const ids = [...(this.favorites.get(userId) ?? [])].reverse();
		return ids.flatMap((id) => this.statuses.find(id) ?? []);
	}

	isFavorite(userId: string, statusId: string): boolean {
		return this.favorites.get(userId)?.has(statusId) ?? false;
	}

	/** Returns whether a user can read an author's statuses. Protected ones are for followers only. */
	canRead(viewer: User, author: User): boolean {
		return (
			!author.isProtected || author.id === viewer.id || this.graph.follows(viewer.id, author.id)
		);
	}

	/** Returns whether a status can appear in a viewer's timelines. */
	isVisible(viewer: User, status: Status): boolean {
		if (status.userId === viewer.id) return true;
		if (status.isInReview || this.graph.isBlocking(viewer.id, status.userId)) return false;
		return this.canRead(viewer, this.users.get(status.userId));
	}

	readMarksOf(userId: string): ReadMarks {
		const marks = this.readMarks.get(userId) ?? { mentions: 0, messages: 0 };
		this.readMarks.set(userId, marks);
		return marks;
	}
}
