import type { INodeExecutionData } from 'n8n-workflow';
import { cleanFileName, fileNameFromHeader } from '../../client/fileName';
import type { SentRequest } from '../../client/send';
import type { ItemContext } from '../../definition/operation';
import { NodeFailure, invalidParameter } from '../../errors';
import { percentDecode } from '../../http';
import type { Json } from '../../json';
import { isJsonObject, valueAtPath } from '../../json';
import { toObjectRow } from '../itemContext';
import { shown } from '../shownValue';

/** How many names of members a message lists. */
const MAX_NAMES = 10;

/** Returns the output items for the data of a JSON response. */
export function dataItems(
	item: ItemContext,
	data: Json | undefined,
	{ itemsPath: path, wasWrite }: { itemsPath: string; wasWrite: boolean },
): INodeExecutionData[] {
	if (data === undefined) return [item.outputItem({ success: true })];
	const found = path === '' ? data : valueAt(data, path, wasWrite);
	return rowItems(
		item,
		Array.isArray(found) ? found : path !== '' && found === null ? [] : [found],
	);
}

export function rowItems(item: ItemContext, rows: Json[]): INodeExecutionData[] {
	const { operation } = item;
	return rows.flatMap((row) => {
		const json = toObjectRow(row, operation);
		const transformed = operation.transformResult?.(json, item) ?? json;
		return [transformed].flat().map((each) => item.outputItem(each));
	});
}

/**
 * Returns the list in a response that is one page.
 *
 * @param listIn finds the list in the responses of the service; undefined if there is none
 * @throws NodeFailure when there is no list
 */
export function pageRows(
	item: ItemContext,
	data: Json | undefined,
	listIn: (data: Json | undefined) => Json[] | undefined,
): Json[] {
	const path = item.text('itemsPath').trim();
	if (path === '') {
		const rows = listIn(data);
		if (rows !== undefined) return rows;
		throw new NodeFailure('The response holds no list', {
			description: `Enter the place of the list in "Items Path", or set Pagination to None. ${members(data)}`,
		});
	}
	const found = data === undefined ? null : valueAt(data, path);
	if (found === null) return [];
	if (Array.isArray(found)) return found;
	throw invalidParameter('Items Path', `"${shown(path)}" is not a list`, members(data));
}

function valueAt(data: Json, path: string, wasWrite = false): Json {
	const found = valueAtPath(data, path);
	if (found !== undefined) return found;
	throw new NodeFailure(`The response has nothing at "${shown(path)}"`, {
		description: `${wasWrite ? 'The request was carried out. ' : ''}Correct "Items Path", or leave it empty. ${members(data)}`,
	});
}

function members(data: Json | undefined): string {
	if (Array.isArray(data)) return 'The response is a list';
	if (!isJsonObject(data)) return 'The response is not an object';
	const names = Object.keys(data);
	if (names.length === 0) return 'The response is an empty object';
	const more = names.length > MAX_NAMES ? ' and more' : '';
	return `Members of the response: ${names.slice(0, MAX_NAMES).map(shown).join(', ')}${more}`;
}

/** Returns the output item with the file of a response. */
export async function fileItem(
	item: ItemContext,
	{ response: { bytes, headers, text } }: SentRequest,
	encodedPath: string,
): Promise<INodeExecutionData> {
	const data = bytes ?? Buffer.from(text);
	const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
	const mimeType = type === '' ? 'application/octet-stream' : type;
	const fileName = fileNameOf(headers['content-disposition'], encodedPath);
	const binary = await item.context.helpers.prepareBinaryData(data, fileName, mimeType);
	const property = item.text('outputPropertyName').trim();
	return item.outputItem(
		{ fileName, mimeType, fileSize: data.length },
		{ [property === '' ? 'data' : property]: binary },
	);
}

/** Returns the file name that the service states, or the last part of the path. */
function fileNameOf(disposition: string | undefined, encodedPath: string): string {
	const last = percentDecode(encodedPath.slice(encodedPath.lastIndexOf('/') + 1));
	const name = fileNameFromHeader(disposition) || cleanFileName(last) || 'file';
	return name.replace(/[:*?"<>|]/g, '_');
}
