import { encode } from './oauth';
import type { Users } from './users';

/** Escapes the characters that Fanfou escapes in every text, plain or HTML. */
export function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

const MARKUP = /(@[^\s@#:：,，。!！?？()（）]+|#[^#\s][^#]*#|https?:\/\/[^\s<>"，。）]+)/;

/** Escapes a text and wraps every match in `<b>`. */
function highlight(text: string, highlights: string[]): string {
	const words = highlights.filter((word) => word !== '');
	if (words.length === 0) return escapeHtml(text);
	const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return text
		.split(new RegExp(`(${escaped.join('|')})`, 'i'))
		.map((piece, index) => (index % 2 === 1 ? `<b>${escapeHtml(piece)}</b>` : escapeHtml(piece)))
		.join('');
}

/** Returns the ids of the users mentioned in a text, in order. */
export function findMentionedUsers(text: string, users: Users): string[] {
	const names = text.split(MARKUP).filter((piece) => piece.startsWith('@'));
	return names.flatMap((name) => users.findByName(name.slice(1))?.id ?? []);
}

function renderMarkup(piece: string, users: Users, highlights: string[]): string {
	const first = piece.slice(0, 1);
	if (first === '@') {
		const user = users.findByName(piece.slice(1));
		if (!user) return highlight(piece, highlights);
		const name = highlight(user.name, highlights);
		return `@<a href="http://fanfou.com/${encode(user.id)}" class="former">${name}</a>`;
	}
	if (first === '#') {
		const topic = piece.slice(1, -1);
		return `#<a href="/q/${encode(topic)}">${highlight(topic, highlights)}</a>#`;
	}
	const address = escapeHtml(piece);
	const shown = highlight(piece, highlights);
	return `<a href="${address}" title="${address}" rel="nofollow" target="_blank">${shown}</a>`;
}

export interface TextOptions {
	/** Whether to add anchors for mentions, topics and links. */
	html: boolean;
	/** Words to wrap in `<b>`. */
	highlights?: string[];
	users: Users;
}

/** Renders a text for a response: always escaped, with anchors and highlights if requested. */
export function renderText(text: string, { html, highlights = [], users }: TextOptions): string {
	if (!html) return highlight(text, highlights);
	return text
		.split(MARKUP)
		.map((piece, index) =>
			index % 2 === 1 ? renderMarkup(piece, users, highlights) : highlight(piece, highlights),
		)
		.join('');
}
