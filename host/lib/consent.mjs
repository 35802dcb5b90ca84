/** Walks through n8n's OAuth2 dialog as a person in a browser would: sign in, allow, come back. */

const MAX_PAGES = 12;

/** @returns {Record<string, string>} the attributes of an HTML tag */
function attributes(tag) {
	const found = tag.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g);
	const decode = (text) =>
		text
			.replaceAll('&quot;', '"')
			.replaceAll('&#39;', "'")
			.replaceAll('&lt;', '<')
			.replaceAll('&gt;', '>')
			.replaceAll('&amp;', '&');
	return Object.fromEntries(
		[...found].slice(1).map(([, name, a, b, c]) => [name.toLowerCase(), decode(a ?? b ?? c ?? '')]),
	);
}

/**
 * The request a page's first form makes.
 *
 * @param {string} html
 * @param {string} page address of the page
 * @param {Record<string, string>} choices values to fill in or choose, by field name
 */
function submit(html, page, choices) {
	const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(html)?.[0];
	if (!form) throw new Error(`The page at ${page.split('?')[0]} has no form to go on with.`);
	const { action = page, method = 'get' } = attributes(/<form\b[^>]*>/i.exec(form)[0]);
	const fields = new Map();
	for (const [tag] of form.matchAll(/<(?:input|button|select)\b[^>]*>/gi)) {
		const { name, value = '', type = 'text', checked } = attributes(tag);
		if (!name) continue;
		const optional = ['radio', 'checkbox'].includes(type) && checked === undefined;
		const button = /^<button/i.test(tag) || type === 'submit';
		// Of several buttons or choices with one name the first one stands: "Allow" comes before "Deny".
		if (!optional || !fields.has(name)) if (!(button && fields.has(name))) fields.set(name, value);
	}
	for (const [name, value] of Object.entries(choices)) fields.set(name, value);
	const target = new URL(action, page);
	if (method.toLowerCase() === 'post') {
		return { url: target.href, method: 'POST', body: new URLSearchParams([...fields]) };
	}
	for (const [name, value] of fields) target.searchParams.set(name, value);
	return { url: target.href, method: 'GET' };
}

/**
 * Connects an OAuth2 credential.
 *
 * @param {import('./rest.mjs').N8nRest} rest a signed-in driver
 * @param {string} credentialId
 * @param {Record<string, string>} [choices] fields to fill in on the consent page, by name
 * @throws when the dialog does not end on n8n's page that says it is connected
 */
export async function connectOAuth2(rest, credentialId, choices = {}) {
	const start = await rest.call('GET', `/rest/oauth2-credential/auth?id=${credentialId}`);
	const cookies = new Map();
	let request = { url: start, method: 'GET' };
	for (let pages = 0; pages < MAX_PAGES; pages += 1) {
		const { origin, pathname } = new URL(request.url);
		const toN8n = origin === rest.base;
		const response = await fetch(request.url, {
			method: request.method,
			body: request.body,
			redirect: 'manual',
			headers: toN8n ? rest.headers() : { cookie: cookies.get(origin) ?? '' },
		});
		const set = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (!toN8n && set.length > 0) cookies.set(origin, set.join('; '));
		const location = response.headers.get('location');
		if (location) {
			request = { url: new URL(location, request.url).href, method: 'GET' };
			continue;
		}
		const html = await response.text();
		if (toN8n && pathname.endsWith('/callback')) {
			const said = html
				.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
				.replace(/<[^>]+>/g, ' ')
				.replace(/\s+/g, ' ');
			if (!response.ok || !/connected|success/i.test(said)) {
				throw new Error(`n8n did not take the connection: ${said.slice(0, 300)}`);
			}
			return;
		}
		if (!response.ok)
			throw new Error(`${origin}${pathname} answered ${response.status}: ${html.slice(0, 300)}`);
		request = submit(html, request.url, choices);
	}
	throw new Error(`The dialog did not come back to n8n within ${MAX_PAGES} pages.`);
}
