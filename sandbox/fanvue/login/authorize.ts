import { randomBytes } from 'node:crypto';
import type { SandboxRequest } from '../../core/request';
import type { Reply } from '../../core/service';
import { DEMO } from '../../demo';
import { SYSTEM_SCOPES, type FanvueSettings } from '../settings';
import type { FanvueState } from '../state';
import type { Grants } from './grants';
import { consentPage, errorPage, type AccountChoice } from './pages';

/** A sign-in that waits for the user's consent. */
interface PendingSignIn {
	clientId: string;
	redirectUri: string;
	scopes: string[];
	state: string;
	challenge: string;
}

const HTML = 'text/html; charset=utf-8';
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

function isAllowedRedirect(address: string, registered: readonly string[]): boolean {
	if (registered.length > 0) return registered.includes(address);
	try {
		const { protocol, hostname, hash } = new URL(address);
		const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
		return hash === '' && (protocol === 'https:' || (protocol === 'http:' && isLocal));
	} catch {
		return false;
	}
}

function redirect(
	pending: Pick<PendingSignIn, 'redirectUri' | 'state'>,
	values: Array<[string, string]>,
): Reply {
	const url = new URL(pending.redirectUri);
	for (const [name, value] of values) url.searchParams.append(name, value);
	if (pending.state !== '') url.searchParams.append('state', pending.state);
	return { status: 303, headers: { location: url.href, 'cache-control': 'no-store' } };
}

/** Returns an error description for wrong scopes, or undefined. */
function findScopeError(scopes: string[], ticked: readonly string[]): string | undefined {
	const missing = SYSTEM_SCOPES.filter((scope) => !scopes.includes(scope));
	if (missing.length > 0) return `The request must ask for ${missing.join(' ')}`;
	const extra = scopes.filter((scope) => !ticked.includes(scope));
	if (extra.length > 0) return `The client is not allowed to request ${extra.join(' ')}`;
	const left = ticked.filter((scope) => !scopes.includes(scope));
	if (left.length > 0) return `The request leaves out ${left.join(' ')}, ticked for the app`;
	return undefined;
}

/** Handles `GET /oauth2/auth` and the consent form. */
export class AuthorizationEndpoint {
	private readonly pending = new Map<string, PendingSignIn>();

	constructor(
		private readonly sandboxState: () => FanvueState,
		private readonly grants: () => Grants,
		private readonly settings: () => FanvueSettings['login'],
	) {}

	/** Validates the request and returns the consent page. */
	authorize(request: SandboxRequest): Reply {
		const values = new Map(request.query);
		const get = (name: string): string => values.get(name) ?? '';
		if (values.size !== request.query.length) return this.errorReply('A parameter is given twice.');
		if (get('client_id') !== DEMO.fanvue.clientId) {
			return this.errorReply('The client is not known.');
		}
		const redirectUri = get('redirect_uri');
		if (!isAllowedRedirect(redirectUri, this.settings().redirectUris)) {
			return this.errorReply('The redirect address is not one of the app.');
		}
		const state = get('state');
		const scopes = get('scope').split(' ').filter(Boolean);
		const findError = this.complaint(get, scopes);
		if (findError) {
			const [error, description] = findError;
			const said: Array<[string, string]> = [
				['error', error],
				['error_description', description],
			];
			return redirect({ redirectUri, state }, said);
		}
		const ticket = randomBytes(18).toString('base64url');
		const challenge = get('code_challenge');
		const clientId = get('client_id');
		this.pending.set(ticket, { clientId, redirectUri, scopes, state, challenge });
		const page = consentPage({
			action: `${request.mount}/oauth2/consent`,
			ticket,
			scopes,
			accounts: this.choices(get('login_hint')),
		});
		return { text: page, contentType: HTML, headers: { 'cache-control': 'no-store' } };
	}

	/** Handles the submitted consent form. */
	consent(request: SandboxRequest): Reply {
		const values = new Map(request.form ?? []);
		const ticket = values.get('ticket') ?? '';
		const pending = this.pending.get(ticket);
		if (!pending) return this.errorReply('This sign-in is over. Start again where you came from.');
		const handle = values.get('account') ?? '';
		const user = this.choices(handle).find((choice) => choice.handle === handle);
		if (!user) return this.errorReply('Choose an account.');
		this.pending.delete(ticket);
		if (values.get('decision') !== 'allow') {
			const description = 'The resource owner denied the request';
			return redirect(pending, [
				['error', 'access_denied'],
				['error_description', description],
			]);
		}
		const { uuid } = this.sandboxState().userByHandle(user.handle);
		const grant = this.grants().addGrant(uuid, pending.clientId, pending.scopes);
		const code = this.grants().issueCode(grant, pending.redirectUri, pending.challenge);
		return redirect(pending, [
			['code', code],
			['scope', pending.scopes.join(' ')],
		]);
	}

	private complaint(
		get: (name: string) => string,
		scopes: string[],
	): [error: string, description: string] | undefined {
		if (get('response_type') !== 'code') {
			return ['unsupported_response_type', 'response_type must be code'];
		}
		if (get('state').length < 8) return ['invalid_state', 'state must have 8 characters or more'];
		if (get('code_challenge') === '')
			return ['invalid_request', 'A PKCE code challenge is required'];
		if (get('code_challenge_method') !== 'S256') {
			return ['invalid_request', 'code_challenge_method must be S256'];
		}
		if (!CHALLENGE.test(get('code_challenge'))) {
			return ['invalid_request', 'code_challenge must be the base64url of a SHA-256'];
		}
		const scopeTrouble = findScopeError(scopes, this.settings().appScopes);
		return scopeTrouble === undefined ? undefined : ['invalid_scope', scopeTrouble];
	}

	/** Returns the demo accounts, the requested one first. */
	private choices(requested: string): AccountChoice[] {
		const choices = DEMO.fanvue.accounts.map(({ handle, email }) => {
			const { displayName } = this.sandboxState().userByHandle(handle);
			return { handle, email, displayName };
		});
		return choices.sort((a, b) => Number(b.handle === requested) - Number(a.handle === requested));
	}

	private errorReply(message: string): Reply {
		return { status: 400, text: errorPage(message), contentType: HTML };
	}
}
