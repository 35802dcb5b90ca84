/** Sets of user ids by user id, newest member last. */
class UserSets {
	private readonly sets = new Map<string, Set<string>>();

	add(from: string, to: string): void {
		const set = this.sets.get(from) ?? new Set();
		this.sets.set(from, set.add(to));
	}

	remove(from: string, to: string): boolean {
		return this.sets.get(from)?.delete(to) ?? false;
	}

	has(from: string, to: string): boolean {
		return this.sets.get(from)?.has(to) ?? false;
	}

	/** Returns the members of a set, newest first. */
	of(from: string): string[] {
		return [...(this.sets.get(from) ?? [])].reverse();
	}
}

/** Follow relationships, follow requests and blocks. Lists are newest first. */
export class Graph {
	private readonly friends = new UserSets();
	private readonly followers = new UserSets();
	private readonly requests = new UserSets();
	private readonly blocks = new UserSets();

	follow(from: string, to: string): void {
		this.requests.remove(to, from);
		this.friends.add(from, to);
		this.followers.add(to, from);
	}

	unfollow(from: string, to: string): void {
		this.requests.remove(to, from);
		this.friends.remove(from, to);
		this.followers.remove(to, from);
	}

	follows(from: string, to: string): boolean {
		return this.friends.has(from, to);
	}

	friendsOf(user: string): string[] {
		return this.friends.of(user);
	}

	followersOf(user: string): string[] {
		return this.followers.of(user);
	}

	request(from: string, to: string): void {
		this.requests.add(to, from);
	}

	hasRequested(from: string, to: string): boolean {
		return this.requests.has(to, from);
	}

	requestsTo(user: string): string[] {
		return this.requests.of(user);
	}

	dropRequest(from: string, to: string): boolean {
		return this.requests.remove(to, from);
	}

	/** Blocks a user, which ends follows and follow requests in both directions. */
	block(from: string, to: string): void {
		this.unfollow(from, to);
		this.unfollow(to, from);
		this.blocks.add(from, to);
	}

	unblock(from: string, to: string): void {
		this.blocks.remove(from, to);
	}

	isBlocking(from: string, to: string): boolean {
		return this.blocks.has(from, to);
	}

	blockedBy(user: string): string[] {
		return this.blocks.of(user);
	}
}
