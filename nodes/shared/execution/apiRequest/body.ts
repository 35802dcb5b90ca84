import type { ItemContext } from '../../definition/operation';
import { invalidParameter } from '../../errors';
import type { RequestParts } from '../../http';
import { isObject } from '../../json';
import { isEmpty } from '../parameterValues';
import { shown } from '../shownValue';
import { readPairs, toRecord } from './pairs';

const JSON_BODY = 'JSON Body';

type BodyParts = Pick<RequestParts, 'body' | 'jsonBody' | 'fileBody' | 'files' | 'encoding'>;

/**
 * Reads the body of the request as the user chose it.
 *
 * @throws NodeFailure when it is missing, not valid, or cannot be sent with the method
 */
export async function readBody(item: ItemContext, method: string): Promise<BodyParts> {
	const kind = item.raw('bodyType') ?? 'none';
	if (kind === 'none') return {};
	if (method === 'GET') {
		throw invalidParameter('Body', 'cannot be sent with GET', 'Set Body to None');
	}
	switch (kind) {
		case 'json':
			return readJson(item);
		case 'form':
			return { body: formFields(item), encoding: 'form' };
		case 'file':
			return await readFile(item);
		default:
			throw invalidParameter('Body', `cannot be "${shown(kind)}"`, 'Choose one from the list');
	}
}

function readJson(item: ItemContext): BodyParts {
	const raw = item.raw('jsonBody');
	if (isEmpty(raw)) {
		throw invalidParameter(JSON_BODY, 'is empty', 'Enter JSON, or set Body to None');
	}
	const json = item.value('jsonBody');
	return isObject(json) ? { body: json, encoding: 'json' } : { jsonBody: json };
}

function formFields(item: ItemContext): Record<string, unknown> {
	return toRecord(readPairs(item, { parameter: 'formFields', displayName: 'Form Fields' }));
}

async function readFile(item: ItemContext): Promise<BodyParts> {
	const property = item.text('binaryPropertyName');
	if (property === '') {
		throw invalidParameter('Input Data Field Name', 'is empty', 'Enter the name of the field');
	}
	const file = await item.file(property, 'Input Data Field Name');
	const name = item.text('fileFieldName').trim();
	const fields = formFields(item);
	if (name !== '') return { body: fields, files: { [name]: file } };
	if (Object.keys(fields).length > 0) {
		throw invalidParameter(
			'Form Fields',
			'cannot be sent with a file that is the whole body',
			'Fill in File Field Name, or remove the fields',
		);
	}
	return { fileBody: file };
}
