import type { JsonObject } from '../../shared/json';
import type { Endpoint } from '../../shared/endpoint';
import { textAt } from '../output/members';

/** An event that can start a workflow, and the list in which it appears, newest first. */
export interface TriggerEvent {
	name: string;
	value: string;
	description: string;
	endpoint: Endpoint;
	rowType: 'status' | 'message' | 'user';
	paging: 'max_id' | 'page';
	pageSize: number;
	/** A number that grows from row to row; `null` if the row has none. */
	position: (row: JsonObject) => number | null;
	/** The list also gets old rows, so only recent ones behind known rows can be new. */
	hasOldRows?: boolean;
	/** The list has no order, so all of it is read each time. */
	isReadWhole?: boolean;
}

export const idOf = (row: JsonObject) => textAt(row, 'id');

/** Fanfou began in 2007. Earlier times stand for a missing one. */
const EARLIEST_MS = Date.UTC(2007, 0, 1);

/** Returns when a row was created, in milliseconds since 1970; `null` if that is not known. */
export const timeOf = (row: JsonObject) => {
	const milliseconds = Date.parse(textAt(row, 'created_at'));
	return milliseconds >= EARLIEST_MS ? milliseconds : null;
};

/** Returns the number of a status, which grows from status to status. */
export const rawIdOf = (row: JsonObject) => {
	const number = Number(textAt(row, 'rawid'));
	return number > 0 ? number : null;
};

const statuses = {
	rowType: 'status',
	paging: 'max_id',
	pageSize: 60,
	position: rawIdOf,
} as const;

export const EVENTS: TriggerEvent[] = [
	{
		...statuses,
		name: 'Keyword in Public Statuses',
		value: 'keyword',
		description: 'A public status contains a keyword',
		endpoint: 'GET search/public_timeline.json',
	},
	{
		...statuses,
		name: 'Mention',
		value: 'mention',
		description: 'A status mentions the account',
		endpoint: 'GET statuses/mentions.json',
	},
	{
		name: 'New Direct Message',
		value: 'directMessage',
		description: 'The account receives a direct message',
		endpoint: 'GET direct_messages/inbox.json',
		rowType: 'message',
		paging: 'max_id',
		pageSize: 60,
		position: timeOf,
	},
	{
		name: 'New Follow Request',
		value: 'followRequest',
		description: 'A user requests to follow the account',
		endpoint: 'GET friendships/requests.json',
		rowType: 'user',
		paging: 'page',
		pageSize: 60,
		position: () => null,
		isReadWhole: true,
	},
	{
		name: 'New Follower',
		value: 'follower',
		description: 'A user follows the account',
		endpoint: 'GET statuses/followers.json',
		rowType: 'user',
		paging: 'page',
		pageSize: 100,
		position: () => null,
	},
	{
		...statuses,
		name: 'New Status in Home Timeline',
		value: 'homeStatus',
		description: 'The account or a user it follows posts a status',
		endpoint: 'GET statuses/home_timeline.json',
		// Following a user adds the user's older statuses to the timeline.
		hasOldRows: true,
	},
	{
		...statuses,
		name: 'New Status of User',
		value: 'userStatus',
		description: 'A user posts a status',
		endpoint: 'GET statuses/user_timeline.json',
	},
	{
		...statuses,
		name: 'Reply',
		value: 'reply',
		description: 'A status replies to the account',
		endpoint: 'GET statuses/replies.json',
	},
];
