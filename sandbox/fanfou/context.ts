import type { Parameters } from '../core/parameters';
import type { SandboxRequest } from '../core/request';
import type { Handler, Handlers, ApiError, Reply } from '../core/service';
import { createError } from './replies';
import {
	renderStatus,
	renderStatuses,
	renderUser,
	renderUsers,
	type RenderOptions,
} from './render';
import type { Status } from './statuses';
import type { FanfouState } from './state';
import type { Consumer } from './tokens';
import type { User } from './users';

/** The application and user of a request. API requests always have a user. */
export interface FanfouAccount {
	consumer?: Consumer;
	user?: User;
	/** The `oauth_*` parameters of the request. */
	oauth: Map<string, string>;
	/** The request token of access_token requests. */
	requestToken?: string;
}

/** One API request of a signed-in user: everything its handler needs. */
export class FanfouContext {
	readonly view: RenderOptions;

	constructor(
		readonly state: FanfouState,
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

	/** Creates an error to throw. */
	createError(status: number, message: string): ApiError {
		return createError(status, message, this.request);
	}

	/** Returns the user named by a parameter, or the signed-in user if it is missing or empty. */
	user(name = 'id'): User {
		const id = this.parameters.optionalText(name) ?? '';
		return id === '' ? this.me : this.otherUser(name);
	}

	/** Returns the user named by a required parameter. */
	otherUser(name = 'id'): User {
		const user = this.state.users.find(this.parameters.text(name));
		if (!user) throw this.createError(404, '没有这个用户');
		return user;
	}

	/** Like `user`, but fails for a protected account that the signed-in user does not follow. */
	readableUser(name = 'id'): User {
		const user = this.user(name);
		if (!this.state.canRead(this.me, user)) throw this.createError(403, '你没有通过这个用户的验证');
		return user;
	}

	/** Returns the status named by a parameter if the signed-in user can read it. */
	status(name = 'id'): Status {
		const status = this.state.statuses.find(this.parameters.text(name));
		const isHidden = status?.isInReview === true && status.userId !== this.me.id;
		if (!status || isHidden) throw this.createError(404, '没有这条消息');
		if (!this.state.canRead(this.me, this.state.users.get(status.userId))) {
			throw this.createError(403, '你没有通过这个用户的验证');
		}
		return status;
	}

	statusReply(status: Status): Reply {
		return { json: renderStatus(this.state, status, this.view) };
	}

	statusesReply(statuses: Status[], highlights?: string[]): Reply {
		const view = highlights ? { ...this.view, highlights } : this.view;
		return { json: renderStatuses(this.state, statuses, view) };
	}

	userReply(user: User): Reply {
		return { json: renderUser(this.state, user, this.view) };
	}

	usersReply(ids: string[]): Reply {
		return { json: renderUsers(this.state, ids, this.view) };
	}
}

export type ApiHandler = (context: FanfouContext) => Reply;
export type ApiHandlers = Record<string, ApiHandler>;

/** Creates the handlers of the core. They read the state on every request, because reset replaces it. */
export function toHandlers(
	handlers: ApiHandlers,
	state: () => FanfouState,
): Handlers<FanfouAccount> {
	const entries = Object.entries(handlers).map(
		([id, handler]): [string, Handler<FanfouAccount>] => [
			id,
			({ account, request, parameters }) => {
				if (!account.user || !account.consumer) throw new TypeError(`${id} needs a user`);
				return handler(
					new FanfouContext(state(), account.user, account.consumer, request, parameters),
				);
			},
		],
	);
	return Object.fromEntries(entries);
}
