import { isObject, parseJson, type JsonValue } from '../../../sandbox/core/json';
import { loadOpenApi } from '../../../sandbox/core/openApi';
import { findErrors, toInstance } from '../../../sandbox/core/schemaValidator';
import { ALL_PAYLOADS } from '../../fixtures/fanbook/payloads';
import { contentSchemaOf, namedSchema } from './documented';

const { webhooks } = loadOpenApi('fanbook');

describe('The contract of Fanbook', () => {
	it.each(ALL_PAYLOADS.filter(({ kind }) => kind === 'frame').map((item) => [item.name, item]))(
		'describes the public frame "%s"',
		(_name, { payload }) => {
			const frame = parseJson(JSON.stringify(payload));
			const action = isObject(frame) ? String(frame.action) : '';
			const schema = webhooks?.[action]?.post.requestBody.content['application/json']?.schema;
			expect(schema && findErrors('fanbook', schema, toInstance(frame))).toEqual([]);
			const data: JsonValue | undefined = isObject(frame) ? frame.data : undefined;
			if (!isObject(data) || typeof data.content !== 'string') return;
			const content = parseJson(data.content);
			const name = contentSchemaOf(content);
			if (name === undefined) throw new TypeError(`no schema for ${data.content}`);
			expect(findErrors('fanbook', namedSchema(name), toInstance(content))).toEqual([]);
		},
	);
});
