import { DEMO } from '../demo';
import type { SandboxRequest } from '../core/request';
import type { HandlerContext, Handlers, Reply } from '../core/service';
import type { FanfouAccount } from './context';
import { consentPage, messagePage, pinPage } from './loginPages';
import { encode, readAuthorization } from './oauth';
import { createError } from './replies';
import type { FanfouState } from './state';

function tokenText({ token, secret }: { token: string; secret: string }): Reply {
	const text = `oauth_token=${encode(token)}&oauth_token_secret=${encode(secret)}`;
	return { text, contentType: 'text/plain; charset=utf-8' };
}

/**
 * Copies an access_token request and moves x_auth_* parameters from the Authorization header to
 * where the contract defines them: to the query of GET, to the form of POST.
 */
export function moveXauthFromHeader(request: SandboxRequest): SandboxRequest {
	const header = readAuthorization(request.headers.authorization) ?? [];
	const pairs = header.filter(([name]) => name.startsWith('x_auth_'));
	if (pairs.length === 0) return request;
	if (request.method === 'GET') return { ...request, query: [...request.query, ...pairs] };
	const form = [...(request.form ?? []), ...pairs];
	const bodyText = form.map((pair) => pair.map(encode).join('=')).join('&');
	return {
		...request,
		form,
		bodyText,
		body: Buffer.from(bodyText, 'utf8'),
		mediaType: 'application/x-www-form-urlencoded',
	};
}

function consumerKey(account: FanfouAccount): string {
	if (!account.consumer) throw new TypeError('this request requires an application');
	return account.consumer.key;
}

/** The signed OAuth endpoints of the site, and the consent page with its form. */
export class Login {
	readonly handlers: Handlers<FanfouAccount>;

	constructor(private readonly getState: () => FanfouState) {
		this.handlers = {
			'oauth.request_token': ({ account }) => {
				const callback = account.oauth.get('oauth_callback');
				return tokenText(this.tokens.issueRequestToken(consumerKey(account), callback));
			},
			'oauth.authorize': ({ parameters }) =>
				this.showConsentPage(
					parameters.text('oauth_token'),
					parameters.optionalText('oauth_callback'),
				),
			'oauth.access_token': (call) => this.exchangeRequestToken(call),
			'oauth.xauth': (call) => this.signIn(call),
		};
	}

	/** Handles the submitted consent form. Returns undefined for every other request. */
	handleAuthorizeForm(request: SandboxRequest): Reply | undefined {
		if (request.method !== 'POST' || request.path !== '/oauth/authorize') return undefined;
		const form = new Map(request.form ?? []);
		const value = (name: string): string => form.get(name) ?? '';
		const requestToken = this.tokens.request(value('oauth_token'));
		const consumer = requestToken && this.tokens.consumer(requestToken.consumerKey);
		if (!consumer)
			return messagePage(401, '这个授权请求已经失效 (this request is no longer valid)');
		const formCallback = value('oauth_callback');
		const callback = formCallback || (requestToken.callback ?? 'oob');
		const isOutOfBand = callback === 'oob';
		if (value('action') !== 'allow') {
			this.tokens.deleteRequestToken(requestToken.token);
			if (isOutOfBand) return messagePage(200, '已拒绝 (denied)');
			return this.redirect(callback, 'denied', requestToken.token);
		}
		const user = this.getState().users.findByLogin(value('login'));
		if (user?.password !== value('password')) {
			return consentPage({
				consumer,
				token: requestToken.token,
				callback: formCallback,
				login: value('login'),
				password: '',
				errorMessage: user ? '密码错误' : '没有这个用户',
			});
		}
		requestToken.userId = user.id;
		if (!isOutOfBand) return this.redirect(callback, 'oauth_token', requestToken.token);
		requestToken.pin = this.tokens.createPin();
		return pinPage(requestToken.pin);
	}

	private get tokens() {
		return this.getState().tokens;
	}

	private showConsentPage(token: string, callback = ''): Reply {
		const requestToken = this.tokens.request(token);
		const consumer = requestToken && this.tokens.consumer(requestToken.consumerKey);
		if (!consumer)
			return messagePage(401, '这个授权请求已经失效 (this request is no longer valid)');
		const { userName: login, password } = DEMO.fanfou;
		return consentPage({ consumer, token, callback, login, password });
	}

	/** Redirects to the callback with one parameter. There is never an oauth_verifier. */
	private redirect(callback: string, name: string, token: string): Reply {
		if (!URL.canParse(callback))
			return messagePage(400, '回调地址无效 (the callback is not a URL)');
		const url = new URL(callback);
		url.searchParams.set(name, token);
		return { status: 302, headers: { location: url.href } };
	}

	private exchangeRequestToken({ account, request }: HandlerContext<FanfouAccount>): Reply {
		const token = this.tokens.request(account.requestToken ?? '');
		if (token?.userId === undefined) throw createError(401, 'Invalid request token', request);
		// Only the PIN flow has a verifier. In the callback flow, clients send a placeholder.
		if (token.pin !== undefined && token.pin !== account.oauth.get('oauth_verifier')) {
			throw createError(401, 'Invalid verifier', request);
		}
		this.tokens.deleteRequestToken(token.token);
		return tokenText(this.tokens.issueAccessToken(token.consumerKey, token.userId));
	}

	private signIn({ account, parameters, request }: HandlerContext<FanfouAccount>): Reply {
		const user = this.getState().users.findByLogin(parameters.text('x_auth_username'));
		if (!user) throw createError(401, '没有这个用户', request);
		if (user.password !== parameters.text('x_auth_password')) {
			throw createError(401, '密码错误', request);
		}
		return tokenText(this.tokens.issueAccessToken(consumerKey(account), user.id));
	}
}
