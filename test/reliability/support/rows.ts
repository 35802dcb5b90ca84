import { appendFileSync } from 'node:fs';

/** One row of the reliability table. */
export interface Row {
	/** What was done to the package, such as `Fanvue: 429 without a header`. */
	case: string;
	tried: number;
	survived: number;
	lost: number;
	repeated: number;
	leaked: number;
	/** The file of the test, from the root of the package. */
	test: string;
}

/** Adds a row to the table that `npm run test:reliability` prints. */
export function addRow(row: Row): void {
	const file = process.env.RELIABILITY_ROWS;
	if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

/** Whether only the reduced form runs, as in the whole test run of the package. */
export const isReduced = process.env.RELIABILITY !== 'full';
