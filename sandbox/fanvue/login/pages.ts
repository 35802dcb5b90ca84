export interface AccountChoice {
	handle: string;
	email: string;
	displayName: string;
}

export interface ConsentView {
	/** Target of the form. */
	action: string;
	ticket: string;
	scopes: readonly string[];
	/** The first one is preselected. */
	accounts: readonly AccountChoice[];
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:3rem auto;padding:0 1rem;color:#222}
fieldset{border:1px solid #ccc;border-radius:8px;margin:1rem 0;padding:.5rem 1rem}
label{display:block;padding:.2rem 0}ul{columns:2;padding-left:1.2rem;font-size:.9rem}
button{font:inherit;padding:.5rem 1.4rem;border-radius:8px;border:1px solid #888;background:#fff}
button#allow{background:#176b3a;border-color:#176b3a;color:#fff}`;

function document(content: string): string {
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in to Fanvue (sandbox)</title>
<style>${STYLE}</style></head>
<body><h1>Fanvue sandbox</h1>
${content}
</body></html>
`;
}

/** Renders the consent page with the accounts and the "Allow" button. */
export function consentPage(view: ConsentView): string {
	const accounts = view.accounts.map(({ handle, email, displayName }, index) => {
		const checked = index === 0 ? ' checked' : '';
		const text = `${escape(displayName)} (${escape(email)})`;
		const value = escape(handle);
		return `<label><input type="radio" name="account" value="${value}"${checked}> ${text}</label>`;
	});
	const scopes = view.scopes.map((scope) => `<li>${escape(scope)}</li>`);
	return document(`<p>The demo app asks to act for you.</p>
<form method="post" action="${escape(view.action)}">
<input type="hidden" name="ticket" value="${escape(view.ticket)}">
<fieldset><legend>Account</legend>
${accounts.join('\n')}
</fieldset>
<p>It may then use:</p>
<ul>${scopes.join('')}</ul>
<button id="allow" name="decision" value="allow">Allow</button>
<button id="deny" name="decision" value="deny">Deny</button>
</form>`);
}

export function errorPage(message: string): string {
	return document(`<p id="refusal">${escape(message)}</p>`);
}
