import type { EndpointMatch } from '../core/contract';
import type { SandboxRequest } from '../core/request';
import { ApiError } from '../core/service';
import type { FanvueAccount } from './context';
import type { Login } from './login';
import type { User } from './model';
import type { BucketName, RateLimiter } from './rateLimiter';
import { forbidden, notFound, unauthorized } from './replies';
import { API_VERSION, type FanvueSettings } from './settings';
import type { FanvueState } from './state';

const CREATOR_ROUTE = /^(?:\/v1)?\/creators\/([^/]+)\//;
const AGENCY_ROUTE = /^(?:\/v1)?\/agencies\//;

/** Returns an error for a missing, unknown or retired API version. */
function checkVersion(request: SandboxRequest, settings: FanvueSettings): ApiError | undefined {
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

export function bearerToken(request: SandboxRequest): string | undefined {
	return /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}

/** Checks before every handler: version, token, rate limit, scopes, roles. */
export class FanvueAuth {
	constructor(
		private readonly state: () => FanvueState,
		private readonly login: Login,
		private readonly rateLimit: RateLimiter,
	) {}

	authenticate(request: SandboxRequest): FanvueAccount | ApiError {
		const state = this.state();
		const error = checkVersion(request, state.settings);
		if (error) return error;
		const token = bearerToken(request);
		const grant = token === undefined ? undefined : this.login.grants.find(token);
		const user = grant && state.user(grant.userUuid);
		if (!user) return unauthorized();
		return { user, clientId: grant.clientId, scopes: grant.scopes };
	}

	authorize(
		request: SandboxRequest,
		match: EndpointMatch,
		account: FanvueAccount,
	): ApiError | undefined {
		const wait = this.rateLimit.acquire(this.bucketOf(request, account));
		if (wait > 0) {
			return new ApiError({
				status: 429,
				headers: { 'retry-after': String(wait) },
				json: { error: 'Too Many Requests' },
			});
		}
		const missing = (match.endpoint.scopes ?? []).filter((s) => !account.scopes.includes(s));
		if (missing.length > 0) return forbidden(`Insufficient scope: ${missing.join(' ')}`);
		if (AGENCY_ROUTE.test(request.path) && !this.isAgencyAdmin(account.user)) {
			return forbidden('Only an agency admin may do this');
		}
		return undefined;
	}

	headers(request: SandboxRequest, account: FanvueAccount): Record<string, string> {
		const { deprecation } = this.state().settings.version;
		const notice: Record<string, string> = deprecation
			? {
					deprecation: deprecation.since,
					sunset: deprecation.sunset,
					'x-fanvue-api-next-version': deprecation.next,
				}
			: {};
		return { ...this.rateLimit.headers(this.bucketOf(request, account)), ...notice };
	}

	/**
	 * Returns the user whose data is requested: the account or the creator in the path.
	 * Throws 404 for an unknown creator and 403 for one that the account does not manage.
	 */
	owner(match: EndpointMatch, account: FanvueAccount): User {
		const uuid = match.pathValues['creatorUserUuid']?.toLowerCase();
		if (uuid === undefined) return account.user;
		const state = this.state();
		const creator = state.user(uuid);
		if (!creator?.isCreator) throw notFound('Creator');
		const member = state.agency.members.find(({ userUuid }) => userUuid === account.user.uuid);
		if (!member?.creatorAccess.some((access) => access.uuid === uuid)) {
			throw forbidden('You do not manage this creator');
		}
		return creator;
	}

	private isAgencyAdmin(user: User): boolean {
		return this.state().agency.members.some(
			({ userUuid, isAdmin }) => isAdmin && userUuid === user.uuid,
		);
	}

	/**
	 * Returns the token bucket: one per client, user, and managed creator of the path. Online
	 * statuses have a bucket of their own.
	 */
	private bucketOf(request: SandboxRequest, account: FanvueAccount): BucketName {
		const { rateLimit, statusesRateLimit } = this.state().settings;
		const creator = CREATOR_ROUTE.exec(request.path)?.[1]?.toLowerCase() ?? '';
		const key = `${account.clientId}:${account.user.uuid}:${creator}`;
		const isStatuses = request.path.endsWith('/chats/statuses');
		return isStatuses
			? { key: `${key}:statuses`, size: statusesRateLimit.size }
			: { key, size: rateLimit.size };
	}
}
