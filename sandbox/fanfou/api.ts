import type { Parameters } from '../core/parameters';
import type { SandboxRequest } from '../core/request';
import type { Handler, Handlers, ApiError, Reply } from '../core/service';
import { refusal } from './replies';
import { renderStatus, renderStatuses, renderUser, renderUsers, type View } from './render';
import type { Status } from './statuses';
import type { Store } from './store';
import type { Consumer } from './tokens';
import type { User } from './users';

/** Who a request acts for. API calls always have a user. */
export interface FanfouAccount {
	consumer?: Consumer;
	user?: User;
	/** The `oauth_*` values of the request. */
	oauth: Map<string, string>;
	/** The request token of access_token calls. */
	requestToken?: string;
}

/** One API call of a signed-in user, with what its handler needs. */
export class Ask {
	readonly view: View;

	constructor(
		readonly store: Store,
		readonly me: User,
		readonly consumer: Consumer,
		readonly request: SandboxRequest,
		readonly parameters: Parameters,
	) {
		this.view = {
			viewer: me,
			lite: parameters.optionalText('mode') === 'lite',
			html: parameters.optionalText('format') === 'html',
		};
	}

	/** To be thrown. */
	refuse(status: number, message: string): ApiError {
		return refusal(status, message, this.request);
	}

	/** The user a parameter names; without it (or empty) the signed-in one. */
	user(name = 'id'): User {
		const id = this.parameters.optionalText(name) ?? '';
		return id === '' ? this.me : this.otherUser(name);
	}

	/** The user a required parameter names. */
	otherUser(name = 'id'): User {
		const user = this.store.users.find(this.parameters.text(name));
		if (!user) throw this.refuse(404, '没有这个用户');
		return user;
	}

	/** As `user`, for what a protected account shows to its followers only. */
	readableUser(name = 'id'): User {
		const user = this.user(name);
		if (!this.store.mayRead(this.me, user)) throw this.refuse(403, '你没有通过这个用户的验证');
		return user;
	}

	/** The status a parameter names, if the user may see it. */
	status(name = 'id'): Status {
		const status = this.store.statuses.find(this.parameters.text(name));
		const isHidden = status?.isInReview === true && status.userId !== this.me.id;
		if (!status || isHidden) throw this.refuse(404, '没有这条消息');
		if (!this.store.mayRead(this.me, this.store.users.get(status.userId))) {
			throw this.refuse(403, '你没有通过这个用户的验证');
		}
		return status;
	}

	answerStatus(status: Status): Reply {
		return { json: renderStatus(this.store, status, this.view) };
	}

	answerStatuses(statuses: Status[], hits?: string[]): Reply {
		const view = hits ? { ...this.view, hits } : this.view;
		return { json: renderStatuses(this.store, statuses, view) };
	}

	answerUser(user: User): Reply {
		return { json: renderUser(this.store, user, this.view) };
	}

	answerUsers(ids: string[]): Reply {
		return { json: renderUsers(this.store, ids, this.view) };
	}
}

export type ApiHandler = (ask: Ask) => Reply;
export type ApiHandlers = Record<string, ApiHandler>;

/** Makes handlers of the core's kind; the store is asked for at each call, since reset replaces it. */
export function toHandlers(handlers: ApiHandlers, store: () => Store): Handlers<FanfouAccount> {
	const entries = Object.entries(handlers).map(
		([id, handler]): [string, Handler<FanfouAccount>] => [
			id,
			({ account, request, parameters }) => {
				if (!account.user || !account.consumer) throw new TypeError(`${id} needs a user`);
				return handler(new Ask(store(), account.user, account.consumer, request, parameters));
			},
		],
	);
	return Object.fromEntries(entries);
}
