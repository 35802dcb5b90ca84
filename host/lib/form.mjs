/** Reads and fills in the first form of an HTML page, as far as a consent page requires it. */

/** @type {Record<string, string>} */
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * @param {string} text
 * @returns {string} HTML text with its entities decoded
 */
function decode(text) {
	return text.replace(
		/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
		(/** @type {string[]} */ ...[all = '', decimal, hex, name = '']) => {
			if (decimal) return String.fromCodePoint(Number(decimal));
			if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
			return ENTITIES[name.toLowerCase()] ?? all;
		},
	);
}

/**
 * @param {string} tag
 * @returns {Record<string, string>} the attributes of an HTML tag
 */
function attributes(tag) {
	const inside = tag.replace(/^<\w+/, '').replace(/\/?>$/, '');
	const found = inside.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g);
	return Object.fromEntries(
		[...found].map(([, name = '', double, single, bare]) => [
			name.toLowerCase(),
			decode(double ?? single ?? bare ?? ''),
		]),
	);
}

/**
 * Returns the request that submits the first form of a page with its first button. `choices` replace the
 * values that the form has.
 *
 * @param {string} html
 * @param {string} page URL of the page
 * @param {Record<string, string>} choices by field name
 * @returns {{ url: string, method: string, body?: URLSearchParams }}
 */
export function submitForm(html, page, choices = {}) {
	const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(html)?.[0];
	if (!form) throw new Error(`The page at ${page.split('?')[0]} has no form.`);
	const { action = page, method = 'get' } = attributes(/<form\b[^>]*>/i.exec(form)?.[0] ?? '');
	const tags = [...form.matchAll(/<(?:input|button)\b[^>]*>/gi)].map(([tag]) => ({
		type: /^<button/i.test(tag) ? 'submit' : 'text',
		...attributes(tag),
	}));
	/** @param {Record<string, string>} tag */
	const isButton = ({ type }) => type === 'submit';
	/** @param {Record<string, string>} tag */
	const isSent = ({ type = '', checked }) =>
		!['radio', 'checkbox'].includes(type) || checked !== undefined;
	/** @type {Array<Record<string, string>>} */
	const sent = [
		...tags.filter((tag) => !isButton(tag) && isSent(tag)),
		...tags.filter(isButton).slice(0, 1),
	];
	const filled = new URLSearchParams();
	for (const { name, value = '' } of sent) if (name) filled.set(name, value);
	for (const [name, value] of Object.entries(choices)) filled.set(name, value);
	const target = new URL(action, page);
	if (method.toLowerCase() === 'post') return { url: target.href, method: 'POST', body: filled };
	target.search = String(filled);
	return { url: target.href, method: 'GET' };
}
