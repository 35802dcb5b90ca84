/** Pages that open from the buttons. They contain no scripts, and all texts are escaped. */

function escapeHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#39;');
}

const STYLE = [
	'body{font:16px/1.5 system-ui,sans-serif;background:#f4f5fa;color:#1f2329;margin:0}',
	'main{max-width:32rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:12px}',
	'h1{font-size:1.25rem;margin:0 0 .5rem}p{white-space:pre-wrap;margin:0 0 1rem}',
	'textarea{width:100%;min-height:8rem;box-sizing:border-box;padding:.6rem;font:inherit}',
	'button{margin-top:1rem;padding:.6rem 1.4rem;border:0;border-radius:8px;background:#4a5bd6;color:#fff;font:inherit}',
].join('');

function page(title: string, body: string): string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

/** Returns the page for a received answer. */
export function thanksPage(): string {
	return page(
		'Thank you',
		'<h1>Thank you</h1><p>Your answer has been recorded. You can close this page.</p>',
	);
}

/** Returns a page with a text form, which is posted to the page's own address. */
export function textPage(texts: { title: string; description: string; button: string }): string {
	return page(
		texts.title,
		`<h1>${escapeHtml(texts.title)}</h1><p>${escapeHtml(texts.description)}</p><form method="post"><textarea name="text" required autofocus aria-label="${escapeHtml(texts.title)}"></textarea><button type="submit">${escapeHtml(texts.button)}</button></form>`,
	);
}

/** Returns a page that asks for confirmation, so that programs that open links decide nothing. */
export function confirmPage(texts: { title: string; button: string }): string {
	return page(
		texts.title,
		`<h1>${escapeHtml(texts.title)}</h1><form method="post"><button type="submit">${escapeHtml(texts.button)}</button></form>`,
	);
}
