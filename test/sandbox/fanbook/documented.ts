import { isObject, parseJson, type JsonObject, type JsonValue } from '../../../sandbox/core/json';
import { loadOpenApi, type Schema } from '../../../sandbox/core/openApi';
import { findDifferences } from '../core/described';

/** Returns a schema of the contract by its name. */
export function namedSchema(name: string): Schema {
	return { $ref: `#/components/schemas/${name}` };
}

const CONTENT_SCHEMAS: Record<string, string> = {
	text: 'TextContent',
	richText: 'RichTextContent',
	image: 'ImageContent',
	video: 'VideoContent',
	voice: 'VoiceContent',
	messageCard: 'MessageCardContent',
	reaction: 'ReactionContent',
	newJoin: 'JoinContent',
	circleShareEntity: 'CircleShareContent',
	topicShare: 'TopicShareContent',
	update: 'ClickContent',
};

/** Returns the name of the schema of a message content. */
export function contentSchemaOf(content: JsonValue): string | undefined {
	return isObject(content) ? CONTENT_SCHEMAS[String(content.type)] : undefined;
}

function findContentDifferences(data: JsonValue | undefined): string[] {
	if (!isObject(data) || typeof data.content !== 'string') return [];
	const content = parseJson(data.content);
	const name = contentSchemaOf(content);
	return name === undefined ? [] : findDifferences('fanbook', namedSchema(name), content);
}

/** Returns the differences between a frame of the gateway and the contract. */
export function findFrameDifferences(frame: JsonObject): string[] {
	const webhook = loadOpenApi('fanbook').webhooks?.[String(frame.action)]?.post;
	const schema = webhook?.requestBody.content['application/json']?.schema;
	if (!schema) return [`action ${String(frame.action)} is not described`];
	return [...findDifferences('fanbook', schema, frame), ...findContentDifferences(frame.data)];
}
