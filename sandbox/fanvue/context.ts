import type { EndpointMatch } from '../core/contract';
import type { Parameters } from '../core/parameters';
import type { Reply } from '../core/service';
import type { User } from './model';
import { cursorSlice, pageSlice } from './paging';
import type { FanvueState } from './state';

/** Who a request acts for. */
export interface FanvueAccount {
	user: User;
	clientId: string;
	scopes: readonly string[];
}

/** A request whose form is known to be good. */
export class FanvueContext {
	readonly parameters: Parameters;
	/** Whether it came in by the `/v1` family. */
	readonly isV1: boolean;

	constructor(
		readonly state: FanvueState,
		readonly account: FanvueAccount,
		/** Whose data it is about: the account itself, or the creator it acts as. */
		readonly owner: User,
		private readonly match: EndpointMatch,
		parameters: Parameters,
	) {
		this.parameters = parameters;
		this.isV1 = match.variant === 'v1' || match.endpoint.v1 === 'only';
	}

	/** A UUID in lower case. */
	id(name: string): string {
		return this.parameters.text(name).toLowerCase();
	}

	optionalId(name: string): string | undefined {
		return this.parameters.optionalText(name)?.toLowerCase();
	}

	ids(name: string): string[] {
		return this.parameters.texts(name).map((id) => id.toLowerCase());
	}

	/** A time in milliseconds; undefined when absent or null. */
	time(name: string): number | undefined {
		const text = this.parameters.optionalText(name);
		if (text === undefined) return undefined;
		// Without an offset a time is UTC, wherever this machine stands.
		const isLocal = text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text);
		return Date.parse(isLocal ? `${text}Z` : text);
	}

	/** Who wrote, when that is not the owner. */
	sentByUserId(): string | null {
		return this.account.user.uuid === this.owner.uuid ? null : this.account.user.uuid;
	}

	/**
	 * Answers with a list, paged as the route pages: by page, or by cursor. `keyOf` names a row
	 * for the cursor; rows are written only for the page that is asked for.
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
		const { rows, nextCursor } = cursorSlice(items, this.parameters, list, keyOf, defaultSize);
		// Lists that page by number elsewhere tell their length under /v1.
		const total = endpoint.paging === 'page' ? { total: items.length } : {};
		return { json: { data: rows.map(toJson), nextCursor, ...total } };
	}
}

export type FanvueHandler = (call: FanvueContext) => Reply;
export type FanvueHandlers = Record<string, FanvueHandler>;
