/** Walks through n8n's OAuth2 dialog as a person in a browser would: sign in, allow, come back. */
import { submitForm } from './form.mjs';

const MAX_PAGES = 12;

/** @returns {string} what a page says, without markup */
function textOf(html) {
	return html
		.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/**
 * Connects an OAuth2 credential.
 *
 * @param {import('./rest.mjs').N8nRest} rest a signed-in driver
 * @param {string} credentialId
 * @param {Record<string, string>} [choices] fields to fill in on the consent page, by name; otherwise
 *   what it offers first is taken
 * @throws when the dialog does not end on n8n's page that says it is connected
 */
export async function connectOAuth2(rest, credentialId, choices = {}) {
	const first = await rest.call('GET', `/rest/oauth2-credential/auth?id=${credentialId}`);
	const cookies = new Map();
	let request = { url: first, method: 'GET' };
	for (let pages = 0; pages < MAX_PAGES; pages += 1) {
		const { origin, pathname } = new URL(request.url);
		const atN8n = origin === rest.base;
		const response = await fetch(request.url, {
			method: request.method,
			body: request.body,
			redirect: 'manual',
			headers: atN8n ? rest.headers() : { cookie: cookies.get(origin) ?? '' },
		});
		const set = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (!atN8n && set.length > 0) cookies.set(origin, set.join('; '));
		const location = response.headers.get('location');
		const page = await response.text();
		if (location) request = { url: new URL(location, request.url).href, method: 'GET' };
		else if (atN8n) {
			if (response.ok && textOf(page).includes('Connection successful')) return;
			throw new Error(`n8n did not take the connection: ${textOf(page).slice(0, 300)}`);
		} else if (!response.ok) {
			throw new Error(
				`${origin}${pathname} answered ${response.status}: ${textOf(page).slice(0, 300)}`,
			);
		} else request = submitForm(page, request.url, choices);
	}
	throw new Error(`The dialog did not come back to n8n within ${MAX_PAGES} pages.`);
}
