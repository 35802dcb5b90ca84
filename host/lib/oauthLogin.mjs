/** Completes n8n's OAuth2 login as a person in a browser would: sign in, allow access, return to n8n. */
import { fetchWithRetry } from './fetchWithRetry.mjs';
import { submitForm } from './form.mjs';

const MAX_PAGES = 12;

/**
 * @param {string} html
 * @returns {string} the visible text of a page
 */
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
 * @param {import('./rest.mjs').N8nRest} rest a signed-in client
 * @param {string} credentialId
 * @param {Record<string, string>} [choices] values for fields of the consent page, by name; the page's
 *   own values are used for all others
 * @throws if the login does not end on n8n's page for a successful connection
 */
export async function connectOAuth2(rest, credentialId, choices = {}) {
	/** @type {string} */
	const first = await rest.call('GET', `/rest/oauth2-credential/auth?id=${credentialId}`);
	/** @type {Map<string, string>} */
	const cookies = new Map();
	/** @type {{ url: string, method: string, body?: URLSearchParams }} */
	let request = { url: first, method: 'GET' };
	for (let pages = 0; pages < MAX_PAGES; pages += 1) {
		const { origin, pathname } = new URL(request.url);
		const isN8n = origin === rest.base;
		const response = await fetchWithRetry(request.url, {
			method: request.method,
			body: request.body,
			redirect: 'manual',
			headers: isN8n ? rest.headers() : { cookie: cookies.get(origin) ?? '' },
		});
		const received = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (!isN8n && received.length > 0) cookies.set(origin, received.join('; '));
		const location = response.headers.get('location');
		const page = await response.text();
		if (location) request = { url: new URL(location, request.url).href, method: 'GET' };
		else if (isN8n) {
			if (response.ok && textOf(page).includes('Connection successful')) return;
			throw new Error(`n8n rejected the connection: ${textOf(page).slice(0, 300)}`);
		} else if (!response.ok) {
			throw new Error(
				`${origin}${pathname} responded with ${response.status}: ${textOf(page).slice(0, 300)}`,
			);
		} else request = submitForm(page, request.url, choices);
	}
	throw new Error(`The login did not return to n8n within ${MAX_PAGES} pages.`);
}
