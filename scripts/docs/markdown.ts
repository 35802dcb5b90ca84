/** Builds Markdown. */

/** Returns the anchor that GitHub gives a heading. */
export function anchorOf(heading: string): string {
	return heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
		.replace(/\s/g, '-');
}

/** Escapes what would end a table cell or begin HTML. */
export function cell(text: string): string {
	return text
		.replace(/\|/g, '\\|')
		.replace(/</g, '&lt;')
		.replace(/\s*\n\s*/g, ' ')
		.trim();
}

export function table(head: string[], rows: string[][]): string[] {
	if (rows.length === 0) return [];
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

export const code = (text: string): string => `\`${text}\``;

export function codeBlock(language: string, text: string): string[] {
	return [`\`\`\`${language}`, text, '```'];
}

/** Joins blocks with one empty line between them; empty blocks are left out. */
export function joinBlocks(blocks: string[][]): string {
	return blocks
		.filter((block) => block.length > 0)
		.map((block) => block.join('\n'))
		.join('\n\n');
}
