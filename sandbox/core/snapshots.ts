import type { Clock } from './clock';
import type { Restore } from './snapshot';

export interface SnapshotInfo {
	id: number;
	name: string;
	/** Milliseconds of sandbox time. */
	at: number;
}

interface StoredSnapshot extends SnapshotInfo {
	restore: Restore;
}

/** The snapshots of all services that can be restored. */
export class Snapshots {
	private list: StoredSnapshot[] = [];
	private count = 0;

	constructor(
		private readonly clock: Clock,
		private readonly take: () => Restore,
	) {}

	add(name: string): SnapshotInfo {
		const id = ++this.count;
		const label = name === '' ? `Snapshot ${id}` : name;
		const info = { id, name: label, at: this.clock.now() };
		this.list.push({ ...info, restore: this.take() });
		return info;
	}

	entries(): SnapshotInfo[] {
		return this.list.map(({ id, name, at }) => ({ id, name, at }));
	}

	/** Throws a TypeError if there is no such snapshot. */
	restore(id: number): void {
		const snapshot = this.list.find((item) => item.id === id);
		if (!snapshot) throw new TypeError(`There is no snapshot ${id}`);
		snapshot.restore();
	}

	remove(id: number): void {
		this.list = this.list.filter((snapshot) => snapshot.id !== id);
	}

	clear(): void {
		this.list = [];
	}
}
