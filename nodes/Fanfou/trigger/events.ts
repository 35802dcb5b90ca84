import type { JsonObject } from '../../shared/json';
import { textAt } from '../output/members';
import type { Rows } from './mark';
import type { Endpoint } from '../../shared/endpoint';

/** What can start a workflow, and the list in which it shows up, newest first. */
export interface Event {
	name: string;
	value: string;
	description: string;
	endpoint: Endpoint;
	/** What the list holds. */
	holds: 'status' | 'message' | 'user';
	/** How the list goes on: from an ID, or by page number. */
	onwards: 'max_id' | 'page';
	/** Rows of a page. */
	size: number;
	rows: Rows<JsonObject>;
}

const id = (row: JsonObject) => textAt(row, 'id');

const time = (row: JsonObject) => {
	const milliseconds = Date.parse(textAt(row, 'created_at'));
	return Number.isNaN(milliseconds) ? null : milliseconds;
};

/** Every status has a number that grows. */
const rawid = (row: JsonObject) => {
	const number = Number(textAt(row, 'rawid'));
	return number > 0 ? number : null;
};

/**
 * Whoever is newly followed brings older statuses into the home timeline. Only what is an hour old
 * at most can be one that had to wait for its review.
 */
const isRecent = (row: JsonObject) => Date.now() - (time(row) ?? 0) < 3_600_000;

const statuses = {
	holds: 'status',
	onwards: 'max_id',
	size: 60,
	rows: { id, order: rawid },
} as const;

export const EVENTS: Event[] = [
	{
		...statuses,
		name: 'Keyword in Public Statuses',
		value: 'keyword',
		description: 'A public status holds a keyword',
		endpoint: 'GET search/public_timeline.json',
	},
	{
		...statuses,
		name: 'Mention',
		value: 'mention',
		description: 'A status names the account',
		endpoint: 'GET statuses/mentions.json',
	},
	{
		name: 'New Direct Message',
		value: 'directMessage',
		description: 'The account got a direct message',
		endpoint: 'GET direct_messages/inbox.json',
		holds: 'message',
		onwards: 'max_id',
		size: 60,
		rows: { id, order: time },
	},
	{
		name: 'New Follow Request',
		value: 'followRequest',
		description: 'A user asks to follow the account',
		endpoint: 'GET friendships/requests.json',
		holds: 'user',
		onwards: 'page',
		size: 60,
		rows: { id, order: () => null, whole: true },
	},
	{
		name: 'New Follower',
		value: 'follower',
		description: 'A user follows the account',
		endpoint: 'GET statuses/followers.json',
		holds: 'user',
		onwards: 'page',
		size: 100,
		rows: { id, order: () => null },
	},
	{
		...statuses,
		name: 'New Status in Home Timeline',
		value: 'homeStatus',
		description: 'The account or somebody it follows has posted',
		endpoint: 'GET statuses/home_timeline.json',
		rows: { id, order: rawid, late: isRecent },
	},
	{
		...statuses,
		name: 'New Status of User',
		value: 'userStatus',
		description: 'One user has posted',
		endpoint: 'GET statuses/user_timeline.json',
	},
	{
		...statuses,
		name: 'Reply',
		value: 'reply',
		description: 'A status answers the account',
		endpoint: 'GET statuses/replies.json',
	},
];
