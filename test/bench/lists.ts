import type { ICredentialType, INodeParameters, INodeType } from 'n8n-workflow';
import { FanbookBotApi } from '../../credentials/FanbookBotApi.credentials';
import { FanfouOAuth1Api } from '../../credentials/FanfouOAuth1Api.credentials';
import { FanvueOAuth2Api } from '../../credentials/FanvueOAuth2Api.credentials';
import { Fanbook } from '../../nodes/Fanbook/Fanbook.node.ts';
import { Fanfou } from '../../nodes/Fanfou/Fanfou.node.ts';
import { Fanvue } from '../../nodes/Fanvue/Fanvue.node.ts';
import type { CredentialData } from '../support/credentials';
import { runNode } from '../support/n8n';

/** A list of one of the nodes, as the measurement server has it. */
export interface ListKind {
	name: string;
	/** How the service divides the list into pages. */
	paging: string;
	/** Whether pages can be requested before the one before them is known. */
	isAhead: boolean;
	pageSize: number;
	/** Requests after the last row without which the node cannot know that it was the last. */
	finalRequests: number;
	node: () => INodeType;
	parameters: INodeParameters;
	credentials: (url: string) => CredentialData;
	/** The request of a bare client for one page, from 0. */
	request: (
		page: number,
		rows: number,
	) => { path: string; form?: Record<string, string>; json?: object };
}

const FIRST_ID = 463992311181737984n;

const TYPES: Record<string, ICredentialType> = {
	fanbookBotApi: new FanbookBotApi(),
	fanfouOAuth1Api: new FanfouOAuth1Api(),
	fanvueOAuth2Api: new FanvueOAuth2Api(),
};

const fanbook = (url: string): CredentialData => ({
	fanbookBotApi: { botToken: 'bot-token-0123456789', host: url, botId: '463992311181737000' },
});
const fanfou = (url: string): CredentialData => ({
	fanfouOAuth1Api: {
		consumerKey: 'key-0123456789abcdef',
		consumerSecret: 'secret-0123456789abcdef',
		accessToken: 'token-0123456789abcdef',
		accessTokenSecret: 'token-secret-0123456789',
		baseUrl: url,
		loginUrl: url,
	},
});
/** A connected account whose API is the measurement server. */
export const fanvueCredentials = (url: string): CredentialData => ({
	fanvueOAuth2Api: {
		grantType: 'pkce',
		clientId: 'client',
		clientSecret: 'secret-0123456789abcdef',
		baseUrl: url,
		loginUrl: url,
		accessTokenUrl: `${url}/oauth2/token`,
		oauthTokenData: { access_token: 'token-0123456789abcdef', token_type: 'bearer' },
	},
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const LIST_KINDS: ListKind[] = [
	{
		name: 'Fanbook messages',
		paging: 'the last ID',
		isAhead: false,
		pageSize: 100,
		finalRequests: 1,
		node: () => new Fanbook(),
		parameters: { resource: 'message', operation: 'getAll', channelId: byId('463992311181737001') },
		credentials: fanbook,
		request: (page, rows) => ({
			path: '/api/bot/token/message/getList',
			form: {
				size: '100',
				...(page === 0 ? {} : { message_id: String(FIRST_ID + BigInt(rows - page * 100 + 1)) }),
			},
		}),
	},
	{
		name: 'Fanbook members',
		paging: 'ranges of rows',
		isAhead: true,
		pageSize: 100,
		finalRequests: 0,
		node: () => new Fanbook(),
		parameters: { resource: 'member', operation: 'getAll', guildId: byId('463992311181737002') },
		credentials: fanbook,
		request: (page) => ({
			path: '/api/bot/token/v2/guild/members',
			json: { ranges: [{ start: page * 100, end: page * 100 + 99 }] },
		}),
	},
	{
		name: 'Fanvue earnings',
		paging: 'a cursor',
		isAhead: false,
		pageSize: 50,
		finalRequests: 0,
		node: () => new Fanvue(),
		parameters: { resource: 'insight', operation: 'getEarnings' },
		credentials: fanvueCredentials,
		request: (page) => ({ path: `/insights/earnings?size=50&cursor=${page + 1}` }),
	},
	{
		name: 'Fanvue subscribers',
		paging: 'page numbers',
		isAhead: true,
		pageSize: 50,
		finalRequests: 0,
		node: () => new Fanvue(),
		parameters: { resource: 'fan', operation: 'getSubscribers' },
		credentials: fanvueCredentials,
		request: (page) => ({ path: `/subscribers?size=50&page=${page + 1}` }),
	},
	{
		name: 'Fanfou timeline',
		paging: 'the last ID',
		isAhead: false,
		// The row of the last ID is part of the next page, too.
		pageSize: 59,
		finalRequests: 1,
		node: () => new Fanfou(),
		parameters: { resource: 'timeline', operation: 'getHome' },
		credentials: fanfou,
		request: (page, rows) => ({
			path: `/statuses/home_timeline.json?count=60${
				page === 0 ? '' : `&max_id=s${String(Math.max(rows - page * 59, 0)).padStart(10, '0')}`
			}`,
		}),
	},
	{
		name: 'Fanfou users by tag',
		paging: 'page numbers',
		isAhead: true,
		pageSize: 100,
		finalRequests: 1,
		node: () => new Fanfou(),
		parameters: { resource: 'user', operation: 'getManyByTag', tag: 'books' },
		credentials: fanfou,
		request: (page) => ({ path: `/users/tagged.json?count=100&page=${page + 1}` }),
	},
];

export interface ListSize {
	rows: number;
	rowBytes: number;
	latencyMs: number;
}

/** The address under which the measurement server has a list of this size. */
export const listUrl = (url: string, { rows, rowBytes, latencyMs }: ListSize): string =>
	`${url}/lists/${latencyMs}/${rows}/${rowBytes}`;

/**
 * Reads a list with the node, inside n8n's execution engine.
 *
 * @returns the time in milliseconds
 */
export async function readWithNode(kind: ListKind, url: string, size: ListSize): Promise<number> {
	const start = performance.now();
	const { items, error } = await runNode({
		node: kind.node(),
		parameters: { ...kind.parameters, returnAll: true },
		credentials: kind.credentials(listUrl(url, size)),
		credentialTypes: TYPES,
	});
	const time = performance.now() - start;
	if (error !== undefined || items.length !== size.rows)
		throw new Error(`${kind.name}: ${error?.message ?? `${items.length} of ${size.rows} rows`}`);
	return time;
}

/**
 * Reads a list with Node.js alone, page after page.
 *
 * @returns the time in milliseconds
 */
export async function readBare(kind: ListKind, url: string, size: ListSize): Promise<number> {
	const start = performance.now();
	const pages: unknown[] = [];
	const count = Math.ceil(size.rows / kind.pageSize) + kind.finalRequests;
	for (let page = 0; page < count; page += 1) {
		const { path, form, json } = kind.request(page, size.rows);
		const body = form === undefined ? json && JSON.stringify(json) : new URLSearchParams(form);
		const response = await fetch(`${listUrl(url, size)}${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			...(body === undefined ? {} : { body }),
		});
		pages.push(JSON.parse(await response.text()));
	}
	return performance.now() - start;
}
