/** A function that brings data back into the form it had when the snapshot was made. */
export type Restore = () => void;

export interface SnapshotOptions {
	/** Members that a restore leaves as they are, such as connections and counters of IDs. */
	except: readonly string[];
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}

/** Remembers the members of one object and returns the function that sets them again. */
function rememberOne(target: object, except: readonly string[]): Restore {
	if (target instanceof Map) {
		const entries = [...target];
		return () => {
			target.clear();
			for (const [key, value] of entries) target.set(key, value);
		};
	}
	if (target instanceof Set) {
		const values = [...target];
		return () => {
			target.clear();
			for (const value of values) target.add(value);
		};
	}
	if (Array.isArray(target)) {
		const items: unknown[] = [...target];
		return () => {
			target.splice(0, target.length, ...items);
		};
	}
	const members = Object.fromEntries(
		Object.entries(target).filter(([name]) => !except.includes(name)),
	);
	return () => {
		for (const name of Object.keys(target)) {
			if (!(name in members) && !except.includes(name)) Reflect.deleteProperty(target, name);
		}
		Object.assign(target, members);
	};
}

function childrenOf(target: object, except: readonly string[]): unknown[] {
	if (target instanceof Map) return [...target].flat();
	if (target instanceof Set || Array.isArray(target)) return [...target];
	return Object.entries(target).flatMap(([name, value]) => (except.includes(name) ? [] : [value]));
}

/**
 * Remembers everything that can be reached from an object. Restoring keeps the identity of every
 * object, so that references from outside stay valid.
 */
export function takeSnapshot(root: object, { except }: SnapshotOptions): Restore {
	const restores = new Map<object, Restore>();
	const open: unknown[] = [root];
	while (open.length > 0) {
		const next = open.pop();
		if (!isContainer(next) || restores.has(next)) continue;
		restores.set(next, rememberOne(next, except));
		for (const child of childrenOf(next, except)) open.push(child);
	}
	return () => {
		for (const restore of restores.values()) restore();
	};
}
