import type { EndpointMatch } from '../core/contract';
import type { SandboxRequest } from '../core/request';
import { ApiError } from '../core/service';
import type { FanvueAccount } from './call';
import type { Login } from './login';
import type { User } from './model';
import type { RateLimit } from './rate-limit';
import { forbidden, notFound, unauthorized } from './replies';
import { API_VERSION, type Settings } from './settings';
import type { World } from './world';

const CREATOR_ROUTE = /^\/creators\/([^/]+)\//;

/** Refuses a request without a version, with an unknown one, or with a retired one. */
function versionRefusal(request: SandboxRequest, settings: Settings): ApiError | undefined {
	const version = request.headers['x-fanvue-api-version'];
	if (version !== undefined && version in settings.version.retired) {
		const next = settings.version.retired[version];
		const nextVersion = next === null ? {} : { nextVersion: next };
		const message = `API version ${version} has been retired`;
		return new ApiError({ status: 410, json: { error: 'Gone', message, ...nextVersion } });
	}
	if (version === API_VERSION) return undefined;
	const message =
		version === undefined
			? 'The header X-Fanvue-API-Version is required'
			: `API version ${version} is not supported`;
	return new ApiError({ status: 400, json: { error: 'Bad Request', message } });
}

export function bearerOf(request: SandboxRequest): string | undefined {
	return /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}

/** What stands before every handler: version, token, rate limit, scopes, roles. */
export class Access {
	constructor(
		private readonly world: () => World,
		private readonly login: Login,
		private readonly rateLimit: RateLimit,
	) {}

	authenticate(request: SandboxRequest): FanvueAccount | ApiError {
		const world = this.world();
		const refusal = versionRefusal(request, world.settings);
		if (refusal) return refusal;
		const token = bearerOf(request);
		const chain = token === undefined ? undefined : this.login.grants.find(token);
		const user = chain && world.user(chain.userUuid);
		if (!user) return unauthorized();
		return { user, clientId: chain.clientId, scopes: chain.scopes };
	}

	admit(
		request: SandboxRequest,
		match: EndpointMatch,
		account: FanvueAccount,
	): ApiError | undefined {
		const wait = this.rateLimit.take(this.key(request, account));
		if (wait > 0) {
			return new ApiError({
				status: 429,
				headers: { 'retry-after': String(wait) },
				json: { error: 'Too Many Requests' },
			});
		}
		const missing = (match.endpoint.scopes ?? []).filter((s) => !account.scopes.includes(s));
		if (missing.length > 0) return forbidden(`Insufficient scope: ${missing.join(' ')}`);
		if (request.path.startsWith('/agencies/') && !this.isAgencyAdmin(account.user)) {
			return forbidden('Only an agency admin may do this');
		}
		return undefined;
	}

	headers(request: SandboxRequest, account: FanvueAccount): Record<string, string> {
		const { deprecation } = this.world().settings.version;
		const notice: Record<string, string> = deprecation
			? {
					deprecation: deprecation.since,
					sunset: deprecation.sunset,
					'x-fanvue-api-next-version': deprecation.next,
				}
			: {};
		return { ...this.rateLimit.headers(this.key(request, account)), ...notice };
	}

	/**
	 * Whose data a request is about: the account's own, or those of the creator in the path.
	 * Refuses with 404 for an unknown creator and with 403 for one the account does not manage.
	 */
	owner(match: EndpointMatch, account: FanvueAccount): User {
		const uuid = match.pathValues['creatorUserUuid']?.toLowerCase();
		if (uuid === undefined) return account.user;
		const world = this.world();
		const creator = world.user(uuid);
		if (!creator?.isCreator) throw notFound('Creator');
		const member = world.agency.members.find(({ userUuid }) => userUuid === account.user.uuid);
		if (!member?.creatorAccess.some((access) => access.uuid === uuid)) {
			throw forbidden('You do not manage this creator');
		}
		return creator;
	}

	private isAgencyAdmin(user: User): boolean {
		return this.world().agency.members.some(
			({ userUuid, isAdmin }) => isAdmin && userUuid === user.uuid,
		);
	}

	/** The bucket: client and user, and the managed creator where the path names one. */
	private key(request: SandboxRequest, account: FanvueAccount): string {
		const creator = CREATOR_ROUTE.exec(request.path)?.[1]?.toLowerCase() ?? '';
		return `${account.clientId}:${account.user.uuid}:${creator}`;
	}
}
