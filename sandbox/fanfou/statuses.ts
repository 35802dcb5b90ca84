import { opaqueId } from './ids';

export interface Status {
	id: string;
	/** Increases with time. Timelines are sorted by it. */
	order: number;
	userId: string;
	/** Unescaped text. */
	text: string;
	/** Milliseconds since 1970. */
	createdAt: number;
	/** Plain text or an HTML anchor. */
	source: string;
	location: string;
	replyTo?: { statusId: string; userId: string };
	repostOf?: { statusId: string; userId: string };
	/** Name of the stored picture. */
	photo?: string;
	/** In review: visible to the author only. */
	isInReview: boolean;
}

export type NewStatus = Omit<Status, 'id' | 'order'>;

const FIRST_RAWID = 300_000_000;

/** All statuses. Deleted ids keep their order, so that `since_id` still works. */
export class Statuses {
	/** Statuses in the order in which they were posted. */
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

	/** Returns the order of an id, even if deleted, or undefined if it never existed. */
	orderOf(id: string): number | undefined {
		return this.orderById.get(id);
	}

	/** Returns the matching statuses, newest first. */
	filter(keep: (status: Status) => boolean): Status[] {
		return [...this.byId.values()].filter(keep).reverse();
	}

	get size(): number {
		return this.byId.size;
	}
}
