import { opaqueId } from './ids';

export interface Status {
	id: string;
	/** Grows with time; the order of every timeline. */
	order: number;
	userId: string;
	/** As it was written, not escaped. */
	text: string;
	/** Milliseconds since 1970. */
	createdAt: number;
	/** Plain text or an anchor. */
	source: string;
	location: string;
	replyTo?: { statusId: string; userId: string };
	repostOf?: { statusId: string; userId: string };
	/** Name of the stored picture. */
	photo?: string;
	/** Waits for review: nobody but the author sees it. */
	isInReview: boolean;
}

export type NewStatus = Omit<Status, 'id' | 'order'>;

const FIRST_RAWID = 300_000_000;

/** All statuses. Ids of deleted ones keep their place in time, so that `since_id` still works. */
export class Statuses {
	/** In the order they were posted. */
	private readonly byId = new Map<string, Status>();
	private readonly orderById = new Map<string, number>();
	private count = 0;

	add(status: NewStatus): Status {
		this.count += 1;
		const order = FIRST_RAWID + this.count * 3;
		const added: Status = { ...status, id: opaqueId('status', this.count), order };
		this.byId.set(added.id, added);
		this.orderById.set(added.id, order);
		return added;
	}

	find(id: string): Status | undefined {
		return this.byId.get(id);
	}

	remove(id: string): void {
		this.byId.delete(id);
	}

	/** The place in time of an id, deleted or not; undefined for one that never was. */
	orderOf(id: string): number | undefined {
		return this.orderById.get(id);
	}

	/** Newest first. */
	filter(keep: (status: Status) => boolean): Status[] {
		return [...this.byId.values()].filter(keep).reverse();
	}

	get size(): number {
		return this.byId.size;
	}
}
