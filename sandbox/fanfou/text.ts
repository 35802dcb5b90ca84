import { encode } from './oauth';
import type { Users } from './users';

/** Escapes what Fanfou escapes in every text, plain or HTML. */
export function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

const PIECES = /(@[^\s@#:：,，。!！?？()（）]+|#[^#\s][^#]*#|https?:\/\/[^\s<>"，。）]+)/;

/** Escaped text with every search hit in `<b>`. */
function mark(text: string, hits: string[]): string {
	const words = hits.filter((hit) => hit !== '');
	if (words.length === 0) return escapeHtml(text);
	const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return text
		.split(new RegExp(`(${escaped.join('|')})`, 'i'))
		.map((piece, index) => (index % 2 === 1 ? `<b>${escapeHtml(piece)}</b>` : escapeHtml(piece)))
		.join('');
}

/** The shown names of the users a text mentions, in order. */
export function mentionsIn(text: string, users: Users): string[] {
	const names = text.split(PIECES).filter((piece) => piece.startsWith('@'));
	return names.flatMap((name) => users.findByName(name.slice(1))?.id ?? []);
}

function renderPiece(piece: string, users: Users, hits: string[]): string {
	const first = piece.slice(0, 1);
	if (first === '@') {
		const user = users.findByName(piece.slice(1));
		if (!user) return mark(piece, hits);
		const name = mark(user.name, hits);
		return `@<a href="http://fanfou.com/${encode(user.id)}" class="former">${name}</a>`;
	}
	if (first === '#') {
		const topic = piece.slice(1, -1);
		return `#<a href="/q/${encode(topic)}">${mark(topic, hits)}</a>#`;
	}
	const address = escapeHtml(piece);
	const shown = mark(piece, hits);
	return `<a href="${address}" title="${address}" rel="nofollow" target="_blank">${shown}</a>`;
}

export interface TextStyle {
	/** With anchors for mentions, topics and links. */
	html: boolean;
	/** Words to wrap in `<b>`. */
	hits?: string[];
	users: Users;
}

/** A text as it goes out: always escaped, with anchors and marked hits where asked for. */
export function renderText(text: string, { html, hits = [], users }: TextStyle): string {
	if (!html) return mark(text, hits);
	return text
		.split(PIECES)
		.map((piece, index) => (index % 2 === 1 ? renderPiece(piece, users, hits) : mark(piece, hits)))
		.join('');
}
