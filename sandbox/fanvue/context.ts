import type { EndpointMatch } from '../core/contract';
import type { Parameters } from '../core/parameters';
import type { Reply } from '../core/service';
import type { User } from './model';
import { cursorSlice, pageSlice } from './paging';
import type { FanvueState } from './state';

/** The user and the OAuth client of a request. */
export interface FanvueAccount {
	user: User;
	clientId: string;
	scopes: readonly string[];
}

/** A valid request, with typed access to its parameters. */
export class FanvueContext {
	readonly parameters: Parameters;
	/** Whether the request uses a `/v1` route. */
	readonly isV1: boolean;

	constructor(
		readonly state: FanvueState,
		readonly account: FanvueAccount,
		/** The user whose data is requested: the account itself or a managed creator. */
		readonly owner: User,
		private readonly match: EndpointMatch,
		parameters: Parameters,
	) {
		this.parameters = parameters;
		this.isV1 = match.variant === 'v1' || match.endpoint.v1 === 'only';
	}

	/** Returns a UUID in lower case. */
	id(name: string): string {
		return this.parameters.text(name).toLowerCase();
	}

	optionalId(name: string): string | undefined {
		return this.parameters.optionalText(name)?.toLowerCase();
	}

	ids(name: string): string[] {
		return this.parameters.texts(name).map((id) => id.toLowerCase());
	}

	/** Returns a time in milliseconds, or undefined if it is absent or null. */
	time(name: string): number | undefined {
		const text = this.parameters.optionalText(name);
		if (text === undefined) return undefined;
		// A time without an offset is UTC, in any time zone of this machine.
		const isLocal = text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text);
		return Date.parse(isLocal ? `${text}Z` : text);
	}

	/** Returns the team member who acts for the owner, or null. */
	sentByUserId(): string | null {
		return this.account.user.uuid === this.owner.uuid ? null : this.account.user.uuid;
	}

	/**
	 * Returns a list response with the paging of the route: by page number or by cursor. `keyOf`
	 * identifies a row in the cursor. Only the rows of the requested page are serialized.
	 */
	list<Item>(
		items: readonly Item[],
		keyOf: (item: Item) => string,
		toJson: (item: Item) => unknown,
	): Reply {
		const { endpoint, paging, parameters } = this.match;
		if (paging === 'page') {
			const { rows, pagination } = pageSlice(items, this.parameters);
			return { json: { data: rows.map(toJson), pagination } };
		}
		const size = parameters.find(({ name }) => name === 'size' || name === 'limit');
		const defaultSize = typeof size?.default === 'number' ? size.default : 20;
		const list = `${endpoint.id} ${this.owner.uuid}`;
		const { rows, nextCursor } = cursorSlice(items, {
			parameters: this.parameters,
			list,
			keyOf,
			defaultSize,
		});
		// Lists with page numbers include their length under /v1.
		const total = endpoint.paging === 'page' ? { total: items.length } : {};
		return { json: { data: rows.map(toJson), nextCursor, ...total } };
	}
}

export type FanvueHandler = (context: FanvueContext) => Reply | Promise<Reply>;
export type FanvueHandlers = Record<string, FanvueHandler>;
