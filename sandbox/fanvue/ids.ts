import { createHash } from 'node:crypto';

/** UUIDs by name, since the sample data uses the same names at each reset. */
const known = new Map<string, string>();
const MAX_KNOWN = 20_000;

/** Returns the UUID of a name. It is the same at every start. */
export function uuidOf(name: string): string {
	const uuid = known.get(name) ?? createUuid(name);
	if (known.size < MAX_KNOWN) known.set(name, uuid);
	return uuid;
}

function createUuid(name: string): string {
	const hex = createHash('sha256').update(`fanvue sandbox ${name}`).digest('hex');
	const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`${variant}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}

/** Generates UUIDs in an order that is the same at every start. */
export class Ids {
	private readonly counts = new Map<string, number>();

	next(kind: string): string {
		const count = (this.counts.get(kind) ?? 0) + 1;
		this.counts.set(kind, count);
		return uuidOf(`${kind} ${count}`);
	}
}
