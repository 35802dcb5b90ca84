/** Reads the first form of a page and fills it in, as far as a consent page needs it. */

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** @returns {string} HTML text with its entities resolved */
function decode(text) {
	return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
		if (decimal) return String.fromCodePoint(Number(decimal));
		if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
		return ENTITIES[name.toLowerCase()] ?? all;
	});
}

/** @returns {Record<string, string>} the attributes of an HTML tag */
function attributes(tag) {
	const inside = tag.replace(/^<\w+/, '').replace(/\/?>$/, '');
	const found = inside.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g);
	return Object.fromEntries(
		[...found].map(([, name, double, single, bare]) => [
			name.toLowerCase(),
			decode(double ?? single ?? bare ?? ''),
		]),
	);
}

/**
 * The request that a person makes who sends the page's first form: with what it has filled in, the given
 * choices instead where there are any, and its first button.
 *
 * @param {string} html
 * @param {string} page address of the page
 * @param {Record<string, string>} choices by field name
 * @returns {{ url: string, method: 'GET' | 'POST', body?: URLSearchParams }}
 */
export function submitForm(html, page, choices = {}) {
	const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(html)?.[0];
	if (!form) throw new Error(`The page at ${page.split('?')[0]} has no form to go on with.`);
	const { action = page, method = 'get' } = attributes(/<form\b[^>]*>/i.exec(form)[0]);
	const tags = [...form.matchAll(/<(?:input|button)\b[^>]*>/gi)].map(([tag]) => ({
		...(/^<button/i.test(tag) ? { type: 'submit' } : { type: 'text' }),
		...attributes(tag),
	}));
	const isButton = ({ type }) => type === 'submit';
	const isSent = ({ type, checked }) =>
		!['radio', 'checkbox'].includes(type) || checked !== undefined;
	const sent = [
		...tags.filter((tag) => !isButton(tag) && isSent(tag)),
		...tags.filter(isButton).slice(0, 1),
	].filter(({ name }) => name);
	const values = Object.fromEntries(sent.map(({ name, value = '' }) => [name, value]));
	const filled = new URLSearchParams({ ...values, ...choices });
	const target = new URL(action, page);
	if (method.toLowerCase() === 'post') return { url: target.href, method: 'POST', body: filled };
	target.search = String(filled);
	return { url: target.href, method: 'GET' };
}
