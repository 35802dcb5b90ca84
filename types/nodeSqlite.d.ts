/** The part of Node's SQLite driver that the tests use; it came after Node.js 20, whose types are used. */
declare module 'node:sqlite' {
	export class DatabaseSync {
		constructor(path: string, options?: { readOnly?: boolean });
		prepare(sql: string): {
			all: (...values: string[]) => Array<Record<string, string | number | null>>;
		};
	}
}
