import * as mutations from './mutations';
import type { StatusDraft } from './mutations';
import type { Message } from './messages';
import type { FanfouSettings } from './settings';
import type { Status } from './statuses';
import type { FanfouState } from './state';
import type { RequestToken } from './tokens';
import type { NewUser, User } from './users';

/** Simulates other users and the operators of the site, and changes the settings. */
export abstract class FanfouSimulation {
	abstract readonly sandboxState: FanfouState;

	/** Returns a user by id. Throws a TypeError if there is none. */
	user(id: string): User {
		return this.sandboxState.users.get(id);
	}

	addUser(user: NewUser): User {
		return this.sandboxState.users.add({ createdAt: this.sandboxState.clock.now(), ...user });
	}

	/** Posts a status as a user. */
	post(userId: string, text: string, options: Partial<StatusDraft> = {}): Status {
		return mutations.createStatus(this.sandboxState, this.user(userId), { text, ...options });
	}

	/** Posts a status that starts with another user's `@name`. */
	mention(fromId: string, toId: string, text: string): Status {
		return this.post(fromId, `@${this.user(toId).name} ${text}`);
	}

	/** Replies to a status the way clients do, with the author's `@name` at the start. */
	reply(fromId: string, statusId: string, text: string): Status {
		const author = this.user(this.status(statusId).userId);
		return this.post(fromId, `@${author.name} ${text}`, { replyToStatusId: statusId });
	}

	/** Reposts a status the way clients do, with its text after `转@name`. */
	repost(fromId: string, statusId: string, comment: string): Status {
		const original = this.status(statusId);
		const text = `${comment}转@${this.user(original.userId).name} ${original.text}`;
		return this.post(fromId, text, { repostStatusId: statusId });
	}

	/** Returns a status by id. Throws a TypeError if there is none. */
	status(id: string): Status {
		const status = this.sandboxState.statuses.find(id);
		if (!status) throw new TypeError(`no status ${id}`);
		return status;
	}

	deleteStatus(id: string): void {
		mutations.deleteStatus(this.sandboxState, this.status(id));
	}

	/** Follows a user directly, even if the account is protected. */
	follow(fromId: string, toId: string): void {
		this.sandboxState.graph.follow(this.user(fromId).id, this.user(toId).id);
	}

	unfollow(fromId: string, toId: string): void {
		mutations.unfollow(this.sandboxState, this.user(fromId), this.user(toId));
	}

	/** Sends a follow request, even if the account is not protected. */
	requestToFollow(fromId: string, toId: string): void {
		this.sandboxState.graph.request(this.user(fromId).id, this.user(toId).id);
	}

	/** Accepts a follow request. Returns false if there is none. */
	acceptFollowRequest(ownerId: string, fromId: string): boolean {
		return mutations.acceptFollowRequest(this.sandboxState, this.user(ownerId), this.user(fromId));
	}

	block(fromId: string, toId: string): void {
		this.sandboxState.graph.block(this.user(fromId).id, this.user(toId).id);
	}

	setProtected(userId: string, isProtected = true): void {
		this.user(userId).isProtected = isProtected;
	}

	setFavorite(userId: string, statusId: string, isFavorite = true): void {
		mutations.setFavorite(this.sandboxState, {
			user: this.user(userId),
			status: this.status(statusId),
			isFavorite,
		});
	}

	/** Sends a direct message. */
	sendDirectMessage(fromId: string, toId: string, text: string): Message {
		return mutations.sendMessage(this.sandboxState, {
			from: this.user(fromId),
			to: this.user(toId),
			text,
		});
	}

	/** Turns moderation on or off. A status in review is visible to its author only, marked 【审核中】. */
	setModeration(isOn: boolean): void {
		this.sandboxState.moderatesStatuses = isOn;
	}

	/** Approves one status, or all statuses in review if no id is given. */
	approveStatuses(id?: string): void {
		const waiting = this.sandboxState.statuses.filter(
			(status) => status.isInReview && (id === undefined || status.id === id),
		);
		for (const status of waiting) status.isInReview = false;
	}

	/** Changes settings. Returns all settings. */
	updateSettings(changes: Partial<FanfouSettings>): FanfouSettings {
		return Object.assign(this.sandboxState.settings, changes);
	}

	/** Revokes an access token, as a user can on the site. Returns false if it did not exist. */
	revokeToken(token: string): boolean {
		return this.sandboxState.tokens.revoke(token);
	}

	/** Revokes all access tokens of a user. Returns their number. */
	revokeTokens(userId: string): number {
		return this.sandboxState.tokens.revokeAll(this.user(userId).id);
	}

	/** Adds an access token with given values. */
	addToken({
		token,
		secret,
		consumerKey,
		userId,
	}: {
		token: string;
		secret: string;
		consumerKey: string;
		userId: string;
	}): void {
		this.sandboxState.tokens.addAccessToken({
			token,
			secret,
			consumerKey,
			userId: this.user(userId).id,
		});
	}

	/** Adds a request token. With a user it is already authorized. */
	addRequestToken(request: RequestToken): void {
		this.sandboxState.tokens.addRequestToken(request);
	}

	/** Counts all records, so that tests can detect changes. */
	countRecords(): Record<'users' | 'statuses' | 'messages' | 'savedSearches' | 'streams', number> {
		const { users, statuses, messages, savedSearches, streams } = this.sandboxState;
		return {
			users: users.all().length,
			statuses: statuses.size,
			messages: messages.size,
			savedSearches: savedSearches.length,
			streams: streams.size,
		};
	}
}
