import type { INodeExecutionData } from 'n8n-workflow';
import { extractResults } from '../../shared/execution/itemContext';
import { NodeFailure, invalidParameter } from '../../shared/errors';
import type { JsonObject } from '../../shared/json';
import { toOutputItems } from '../../shared/execution/executeOperation';
import type { Preview } from '../confirm/confirmation';
import { findStatus } from '../confirm/lookups';
import { previewText } from '../confirm/publish';
import { objectAt, textAt } from '../output/members';
import {
	MAX_STATUS_LENGTH,
	countCharacters,
	decodeEntities,
	parseHtml,
	truncateBetweenLinks,
} from '../text';
import type { ItemContext } from '../../shared/definition/operation';

/** The text of a new status, and parameters beside the operation's own. */
interface Draft {
	status: string;
	extra?: JsonObject;
}

/**
 * Returns `@name text`: Fanfou links a reply only if it begins with the mention. A text that
 * already begins with it stays unchanged.
 */
export function replyText(name: string, text: string): string {
	const mention = `@${name}`;
	const rest = text.slice(mention.length);
	if (text.startsWith(mention) && /^(\s|$)/.test(rest)) return text;
	return `${mention} ${text}`;
}

/**
 * Returns `comment 转@name original`. The original is shortened if the whole is too long; links,
 * mentions and topics in it are kept whole or left out.
 *
 * @param original the text as HTML
 * @throws NodeFailure if there is no room for the mention of the author
 */
export function repostText(name: string, original: string, comment: string): string {
	const trimmed = comment.trim() === '' ? '' : `${comment.trimEnd()} `;
	const start = `${trimmed}转@${name}`;
	const length = countCharacters(start);
	if (length > MAX_STATUS_LENGTH) {
		const room = MAX_STATUS_LENGTH - countCharacters(name) - 3;
		throw invalidParameter(
			'Comment',
			`has ${length} characters with the mention of @${name}`,
			`Shorten it to at most ${room} characters`,
		);
	}
	const { text, links, mentions, topics } = parseHtml(original);
	const rest = truncateBetweenLinks(text, MAX_STATUS_LENGTH - length - 1, [
		...links,
		...mentions.map((mention) => `@${mention.name}`),
		...topics.map((topic) => `#${topic}#`),
	]);
	return rest === '' ? start : `${start} ${rest}`;
}

function authorOf(status: JsonObject): { id: string; name: string } {
	const author = objectAt(status, 'user') ?? {};
	const name = decodeEntities(textAt(author, 'screen_name') || textAt(author, 'name'));
	if (name === '') {
		throw new NodeFailure('Fanfou did not return the author of the status', {
			description: 'Nothing was posted. Run it again later',
		});
	}
	return { id: textAt(author, 'id'), name };
}

async function draftReply(item: ItemContext): Promise<Draft> {
	const original = await findStatus(item, item.text('inReplyToStatusId'));
	const author = authorOf(original);
	const status = replyText(author.name, item.text('status'));
	if (countCharacters(status) > MAX_STATUS_LENGTH) {
		throw invalidParameter(
			'Text',
			`has ${countCharacters(status)} characters with the mention of @${author.name}`,
			`Shorten it to at most ${MAX_STATUS_LENGTH - countCharacters(author.name) - 2} characters`,
		);
	}
	return { status, extra: author.id === '' ? {} : { in_reply_to_user_id: author.id } };
}

async function draftRepost(item: ItemContext): Promise<Draft> {
	const original = await findStatus(item, item.text('repostStatusId'), { format: 'html' });
	const { name } = authorOf(original);
	return { status: repostText(name, textAt(original, 'text'), item.text('comment')) };
}

type WriteDraft = (item: ItemContext) => Promise<Draft>;

/** Posts a text that is built from another status. */
const post = (write: WriteDraft) =>
	async function (item: ItemContext): Promise<INodeExecutionData[]> {
		const parts = await item.requestParts();
		const { status, extra } = await write(item);
		const body = { ...parts.body, status, ...extra };
		const response = await item.client.fetch(item.operation.endpoint, { ...parts, body });
		return toOutputItems(item, extractResults(response, item.operation));
	};

const preview = (write: WriteDraft) =>
	async function (item: ItemContext): Promise<Preview> {
		await item.requestParts();
		return previewText((await write(item)).status);
	};

export const postReply = post(draftReply);
export const previewReply = preview(draftReply);
export const postRepost = post(draftRepost);
export const previewRepost = preview(draftRepost);
