import * as deeds from './deeds';
import type { Draft } from './deeds';
import type { Message } from './messages';
import type { Quirks } from './quirks';
import type { Status } from './statuses';
import type { Store } from './store';
import type { RequestToken } from './tokens';
import type { NewUser, User } from './users';

/** What goes on beside the tested client: other users, the operators, the odd ways of the day. */
export abstract class Town {
	abstract readonly store: Store;

	/** A user by id; throws TypeError when there is none. */
	user(id: string): User {
		return this.store.users.get(id);
	}

	addUser(user: NewUser): User {
		return this.store.users.add({ createdAt: this.store.clock.now(), ...user });
	}

	/** Posts as a user. */
	say(userId: string, text: string, more: Partial<Draft> = {}): Status {
		return deeds.post(this.store, this.user(userId), { text, ...more });
	}

	/** Posts a status that names another user first. */
	mention(fromId: string, toId: string, text: string): Status {
		return this.say(fromId, `@${this.user(toId).name} ${text}`);
	}

	/** Answers a status as a user would: with the author's name in front. */
	reply(fromId: string, statusId: string, text: string): Status {
		const author = this.user(this.status(statusId).userId);
		return this.say(fromId, `@${author.name} ${text}`, { replyToStatusId: statusId });
	}

	/** Reposts a status as a user would: with its text behind `转@name`. */
	repost(fromId: string, statusId: string, comment: string): Status {
		const original = this.status(statusId);
		const text = `${comment}转@${this.user(original.userId).name} ${original.text}`;
		return this.say(fromId, text, { repostStatusId: statusId });
	}

	/** A status by id; throws TypeError when there is none. */
	status(id: string): Status {
		const status = this.store.statuses.find(id);
		if (!status) throw new TypeError(`no status ${id}`);
		return status;
	}

	deleteStatus(id: string): void {
		deeds.removeStatus(this.store, this.status(id));
	}

	/** Follows without asking, protected or not. */
	follow(fromId: string, toId: string): void {
		this.store.graph.follow(this.user(fromId).id, this.user(toId).id);
	}

	unfollow(fromId: string, toId: string): void {
		deeds.unfollow(this.store, this.user(fromId), this.user(toId));
	}

	/** Asks to follow, whether the account is protected or not. */
	request(fromId: string, toId: string): void {
		this.store.graph.request(this.user(fromId).id, this.user(toId).id);
	}

	/** Says yes to a follow request; false when there is none. */
	accept(ownerId: string, fromId: string): boolean {
		return deeds.accept(this.store, this.user(ownerId), this.user(fromId));
	}

	block(fromId: string, toId: string): void {
		this.store.graph.block(this.user(fromId).id, this.user(toId).id);
	}

	protect(userId: string, isProtected = true): void {
		this.user(userId).isProtected = isProtected;
	}

	favorite(userId: string, statusId: string, wanted = true): void {
		deeds.favorite(this.store, this.user(userId), this.status(statusId), wanted);
	}

	/** Sends a direct message. */
	dm(fromId: string, toId: string, text: string): Message {
		return deeds.sendMessage(this.store, this.user(fromId), this.user(toId), text);
	}

	/** While on, new statuses wait for review: only their author sees them, marked 【审核中】. */
	moderation(isOn: boolean): void {
		this.store.isReviewing = isOn;
	}

	/** Lets a status through; without an id every one that waits. */
	approve(id?: string): void {
		const waiting = this.store.statuses.where(
			(status) => status.isInReview && (id === undefined || status.id === id),
		);
		for (const status of waiting) status.isInReview = false;
	}

	/** Switches ways in which the service may behave. */
	quirks(changes: Partial<Quirks>): Quirks {
		return Object.assign(this.store.quirks, changes);
	}

	/** Takes an access token back, as the user can on the site; false when it was not good. */
	revokeToken(token: string): boolean {
		return this.store.tokens.revoke(token);
	}

	/** Takes back all tokens of a user. Returns how many there were. */
	revokeTokens(userId: string): number {
		return this.store.tokens.revokeAll(this.user(userId).id);
	}

	/** Makes an access token known, with a value of the test's choice. */
	addToken(token: string, secret: string, consumerKey: string, userId: string): void {
		this.store.tokens.addAccess({ token, secret, consumerKey, userId: this.user(userId).id });
	}

	/** Makes a request token known; with a user it is already allowed. */
	addRequestToken(request: RequestToken): void {
		this.store.tokens.addRequest(request);
	}

	/** Sizes of what there is, for tests that watch what changes. */
	counters(): Record<'users' | 'statuses' | 'messages' | 'savedSearches' | 'streams', number> {
		const { users, statuses, messages, savedSearches, streams } = this.store;
		return {
			users: users.all().length,
			statuses: statuses.size,
			messages: messages.size,
			savedSearches: savedSearches.length,
			streams: streams.size,
		};
	}
}
