import type { INodeExecutionData } from 'n8n-workflow';
import { extractResults } from '../../shared/execution/itemContext';
import { NodeFailure, invalidParameter } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { toOutputItems } from '../../shared/execution/executeOperation';
import { withConfirmation } from '../confirm/confirmation';
import { findStatus } from '../confirm/lookups';
import { previewText } from '../confirm/publish';
import { objectAt, textAt } from '../output/members';
import { MAX_STATUS_LENGTH, countCharacters, truncate, decodeEntities, parseHtml } from '../text';
import type { ItemContext } from '../../shared/definition/operation';

/** A status and what has to be said with it. */
interface Draft {
	status: string;
	/** Beside the operation's own parameters. */
	more?: JsonObject;
}

/** `@name text`, which is how Fanfou knows a reply; a text that begins so is left as it is. */
export function replyText(name: string, text: string): string {
	const mention = `@${name}`;
	const rest = text.slice(mention.length);
	if (text.startsWith(mention) && /^(\s|$)/.test(rest)) return text;
	return `${mention} ${text}`;
}

/** `comment 转@name original`, cut at the end to what a status may hold. */
export function repostText(name: string, original: string, comment: string): string {
	const before = comment.trim() === '' ? '' : `${comment.trimEnd()} `;
	return truncate(`${before}转@${name} ${original}`, MAX_STATUS_LENGTH);
}

function authorOf(status: JsonObject): { id: string; name: string } {
	const author = objectAt(status, 'user') ?? {};
	const name = decodeEntities(textAt(author, 'screen_name') || textAt(author, 'name'));
	if (name === '') throw new NodeFailure('Fanfou did not tell who posted the status');
	return { id: textAt(author, 'id'), name };
}

async function draftReply(item: ItemContext): Promise<Draft> {
	const answered = await findStatus(item, item.text('inReplyToStatusId'));
	const author = authorOf(answered);
	const status = replyText(author.name, item.text('status'));
	if (countCharacters(status) > MAX_STATUS_LENGTH) {
		throw invalidParameter(
			'Text',
			`has ${countCharacters(status)} characters with the mention of @${author.name}`,
			`Shorten it to at most ${MAX_STATUS_LENGTH - countCharacters(author.name) - 2} characters`,
		);
	}
	return { status, more: author.id === '' ? {} : { in_reply_to_user_id: author.id } };
}

async function draftRepost(item: ItemContext): Promise<Draft> {
	const original = await findStatus(item, item.text('repostStatusId'));
	const { text } = parseHtml(textAt(original, 'text'));
	return { status: repostText(authorOf(original).name, text, item.text('comment')) };
}

/** A post whose text is built from another status, with Confirm like any other. */
function composed(draft: (item: ItemContext) => Promise<Draft>) {
	const prepare = async (item: ItemContext) => {
		const parts = await item.requestParts();
		const { status, more } = await draft(item);
		return { status, parts: { ...parts, body: { ...parts.body, status, ...more } } };
	};
	return withConfirmation(
		async (item) => previewText((await prepare(item)).status),
		async (item): Promise<INodeExecutionData[]> => {
			const { parts } = await prepare(item);
			const response = await item.client.fetch(item.operation.endpoint, parts);
			return toOutputItems(item, extractResults(response, item.operation));
		},
	);
}

export const reply = composed(draftReply);
export const repost = composed(draftRepost);
