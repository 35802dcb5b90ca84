import * as deeds from './mutations';
import type { StatusDraft } from './mutations';
import type { Message } from './messages';
import type { FanfouSettings } from './settings';
import type { Status } from './statuses';
import type { FanfouState } from './state';
import type { RequestToken } from './tokens';
import type { NewUser, User } from './users';

/** What goes on beside the tested client: other users, the operators, the odd ways of the day. */
export abstract class FanfouSimulation {
	abstract readonly sandboxState: FanfouState;

	/** A user by id; throws TypeError when there is none. */
	user(id: string): User {
		return this.sandboxState.users.get(id);
	}

	addUser(user: NewUser): User {
		return this.sandboxState.users.add({ createdAt: this.sandboxState.clock.now(), ...user });
	}

	/** Posts as a user. */
	post(userId: string, text: string, more: Partial<StatusDraft> = {}): Status {
		return deeds.createStatus(this.sandboxState, this.user(userId), { text, ...more });
	}

	/** Posts a status that names another user first. */
	mention(fromId: string, toId: string, text: string): Status {
		return this.post(fromId, `@${this.user(toId).name} ${text}`);
	}

	/** Answers a status as a user would: with the author's name in front. */
	reply(fromId: string, statusId: string, text: string): Status {
		const author = this.user(this.status(statusId).userId);
		return this.post(fromId, `@${author.name} ${text}`, { replyToStatusId: statusId });
	}

	/** Reposts a status as a user would: with its text behind `转@name`. */
	repost(fromId: string, statusId: string, comment: string): Status {
		const original = this.status(statusId);
		const text = `${comment}转@${this.user(original.userId).name} ${original.text}`;
		return this.post(fromId, text, { repostStatusId: statusId });
	}

	/** A status by id; throws TypeError when there is none. */
	status(id: string): Status {
		const status = this.sandboxState.statuses.find(id);
		if (!status) throw new TypeError(`no status ${id}`);
		return status;
	}

	deleteStatus(id: string): void {
		deeds.deleteStatus(this.sandboxState, this.status(id));
	}

	/** Follows without asking, protected or not. */
	follow(fromId: string, toId: string): void {
		this.sandboxState.graph.follow(this.user(fromId).id, this.user(toId).id);
	}

	unfollow(fromId: string, toId: string): void {
		deeds.unfollow(this.sandboxState, this.user(fromId), this.user(toId));
	}

	/** Asks to follow, whether the account is protected or not. */
	requestToFollow(fromId: string, toId: string): void {
		this.sandboxState.graph.request(this.user(fromId).id, this.user(toId).id);
	}

	/** Says yes to a follow request; false when there is none. */
	acceptFollowRequest(ownerId: string, fromId: string): boolean {
		return deeds.acceptFollowRequest(this.sandboxState, this.user(ownerId), this.user(fromId));
	}

	block(fromId: string, toId: string): void {
		this.sandboxState.graph.block(this.user(fromId).id, this.user(toId).id);
	}

	setProtected(userId: string, isProtected = true): void {
		this.user(userId).isProtected = isProtected;
	}

	setFavorite(userId: string, statusId: string, wanted = true): void {
		deeds.setFavorite(this.sandboxState, this.user(userId), this.status(statusId), wanted);
	}

	/** Sends a direct message. */
	sendDirectMessage(fromId: string, toId: string, text: string): Message {
		return deeds.sendMessage(this.sandboxState, this.user(fromId), this.user(toId), text);
	}

	/** While on, new statuses wait for review: only their author sees them, marked 【审核中】. */
	setModeration(isOn: boolean): void {
		this.sandboxState.moderatesStatuses = isOn;
	}

	/** Lets a status through; without an id every one that waits. */
	approveStatuses(id?: string): void {
		const waiting = this.sandboxState.statuses.filter(
			(status) => status.isInReview && (id === undefined || status.id === id),
		);
		for (const status of waiting) status.isInReview = false;
	}

	/** Switches ways in which the service may behave. */
	updateSettings(changes: Partial<FanfouSettings>): FanfouSettings {
		return Object.assign(this.sandboxState.settings, changes);
	}

	/** Takes an access token back, as the user can on the site; false when it was not good. */
	revokeToken(token: string): boolean {
		return this.sandboxState.tokens.revoke(token);
	}

	/** Takes back all tokens of a user. Returns how many there were. */
	revokeTokens(userId: string): number {
		return this.sandboxState.tokens.revokeAll(this.user(userId).id);
	}

	/** Makes an access token known, with a value of the test's choice. */
	addToken(token: string, secret: string, consumerKey: string, userId: string): void {
		this.sandboxState.tokens.addAccessToken({
			token,
			secret,
			consumerKey,
			userId: this.user(userId).id,
		});
	}

	/** Makes a request token known; with a user it is already allowed. */
	addRequestToken(request: RequestToken): void {
		this.sandboxState.tokens.addRequestToken(request);
	}

	/** Sizes of what there is, for tests that watch what changes. */
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
