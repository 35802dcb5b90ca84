import { isJsonObject } from '../json';
import type { Json, JsonObject } from '../json';
import type { ListPage } from './checkpoint';

/** One page of a polled list: `rows` as received, `newRows` without those of earlier pages. */
interface ReadPage<Parameters> {
	data: Json | undefined;
	rows: JsonObject[];
	newRows: JsonObject[];
	parameters: Parameters;
}

/**
 * Reads a list page by page, newest rows first. Ends with a page without new rows: rows move to the
 * next page while the list is read, and some services return the same page again.
 *
 * @param options.fetch requests one page
 * @param options.rowsOf returns the rows of a response; throws if there is no list
 * @param options.next returns the parameters of the next page, `undefined` after the last one
 */
export async function* readPages<Parameters>({
	first,
	fetch,
	rowsOf,
	next,
	id,
}: {
	first: Parameters;
	fetch: (parameters: Parameters) => Promise<Json | undefined>;
	rowsOf: (data: Json | undefined) => Json[];
	next: (page: ReadPage<Parameters>) => Parameters | undefined;
	id: (row: JsonObject) => string;
}): AsyncGenerator<ListPage<JsonObject>> {
	const known = new Set<string>();
	let parameters: Parameters | undefined = first;
	while (parameters !== undefined) {
		const data: Json | undefined = await fetch(parameters);
		const rows = rowsOf(data).filter(isJsonObject);
		const newRows = rows.filter((row) => !known.has(id(row)));
		if (newRows.length === 0) return;
		for (const row of newRows) known.add(id(row));
		parameters = next({ data, rows, newRows, parameters });
		yield { rows: newRows, isLast: parameters === undefined };
	}
}
