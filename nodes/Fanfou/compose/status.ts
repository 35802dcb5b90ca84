import type { INodeExecutionData } from 'n8n-workflow';
import { extractResults } from '../../shared/execution/itemContext';
import { NodeFailure, invalidParameter } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { toOutputItems } from '../../shared/execution/executeOperation';
import { guarded } from '../confirm/guard';
import { findStatus } from '../confirm/lookups';
import { previewText } from '../confirm/publish';
import { objectAt, textAt } from '../output/members';
import { STATUS_LENGTH, count, cut, decodeEntities, readHtml } from '../text';
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
	return cut(`${before}转@${name} ${original}`, STATUS_LENGTH);
}

function authorOf(status: JsonObject): { id: string; name: string } {
	const author = objectAt(status, 'user') ?? {};
	const name = decodeEntities(textAt(author, 'screen_name') || textAt(author, 'name'));
	if (name === '') throw new NodeFailure('Fanfou did not tell who posted the status');
	return { id: textAt(author, 'id'), name };
}

async function draftReply(call: ItemContext): Promise<Draft> {
	const answered = await findStatus(call, call.text('inReplyToStatusId'));
	const author = authorOf(answered);
	const status = replyText(author.name, call.text('status'));
	if (count(status) > STATUS_LENGTH) {
		throw invalidParameter(
			'Text',
			`has ${count(status)} characters with the mention of @${author.name}`,
			`Shorten it to at most ${STATUS_LENGTH - count(author.name) - 2} characters`,
		);
	}
	return { status, more: author.id === '' ? {} : { in_reply_to_user_id: author.id } };
}

async function draftRepost(call: ItemContext): Promise<Draft> {
	const original = await findStatus(call, call.text('repostStatusId'));
	const { text } = readHtml(textAt(original, 'text'));
	return { status: repostText(authorOf(original).name, text, call.text('comment')) };
}

/** A post whose text is built from another status, with Confirm like any other. */
function composed(draft: (call: ItemContext) => Promise<Draft>) {
	const prepare = async (call: ItemContext) => {
		const parts = await call.requestParts();
		const { status, more } = await draft(call);
		return { status, parts: { ...parts, body: { ...parts.body, status, ...more } } };
	};
	return guarded(
		async (call) => previewText((await prepare(call)).status),
		async (call): Promise<INodeExecutionData[]> => {
			const { parts } = await prepare(call);
			const answer = await call.client.fetch(call.operation.endpoint, parts);
			return toOutputItems(call, extractResults(answer, call.operation));
		},
	);
}

export const reply = composed(draftReply);
export const repost = composed(draftRepost);
