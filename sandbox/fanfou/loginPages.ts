import type { Reply } from '../core/service';
import { escapeHtml } from './text';
import type { Consumer } from './tokens';

const STYLE =
	'body{font:16px/1.6 system-ui,sans-serif;max-width:28rem;margin:4rem auto;padding:0 1rem;color:#222}' +
	'label{display:block;margin:.8rem 0 .2rem}input{font:inherit;width:100%;padding:.3rem;box-sizing:border-box}' +
	'button{font:inherit;padding:.4rem 1.2rem;margin:1rem .5rem 0 0}.pin{font-size:2rem;letter-spacing:.2em}.no{color:#b00}';

function page(status: number, title: string, content: string): Reply {
	return {
		status,
		contentType: 'text/html; charset=utf-8',
		text: `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1>
${content}
</body></html>
`,
	};
}

export interface ConsentForm {
	consumer: Consumer;
	token: string;
	callback: string;
	/** Prefilled with the demo account. */
	login: string;
	password: string;
	/** Why the previous attempt was rejected. */
	errorMessage?: string;
}

/** Page where the user signs in and authorizes the application. */
export function consentPage(form: ConsentForm): Reply {
	const value = (text: string): string => `value="${escapeHtml(text)}"`;
	const errorLine =
		form.errorMessage === undefined ? '' : `<p class="no">${escapeHtml(form.errorMessage)}</p>`;
	return page(
		form.errorMessage === undefined ? 200 : 401,
		'饭否 - 授权',
		`<p><b>${escapeHtml(form.consumer.name)}</b> 想访问你的饭否账号 (wants to use your Fanfou account).</p>
${errorLine}<form method="post" action="authorize">
<input type="hidden" name="oauth_token" ${value(form.token)}>
<input type="hidden" name="oauth_callback" ${value(form.callback)}>
<label for="login">登录名、邮箱或手机号 (login)</label>
<input id="login" name="login" ${value(form.login)}>
<label for="password">密码 (password)</label>
<input id="password" name="password" type="password" ${value(form.password)}>
<button name="action" value="allow">允许 (Allow)</button><button name="action" value="deny">拒绝 (Deny)</button>
</form>`,
	);
}

/** Page with the PIN of the out-of-band flow. */
export function pinPage(pin: string): Reply {
	return page(
		200,
		'饭否 - 授权成功',
		`<p>请在应用中输入这个 PIN 码 (enter this PIN in the application):</p>\n<p class="pin" id="pin">${pin}</p>`,
	);
}

/** Page with one message. */
export function messagePage(status: number, sentence: string): Reply {
	return page(status, '饭否 - 授权', `<p>${escapeHtml(sentence)}</p>`);
}
