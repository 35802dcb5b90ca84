/** Turns integers with 16 and more digits, which a double cannot hold, into text. */
export function quoteLongIntegers(json: string): string {
	return json.replace(
		/("(?:[^"\\]|\\.)*")|-?\b\d{16,}\b(?![.eE])/g,
		(all: string, quoted: string | undefined) => quoted ?? `"${all}"`,
	);
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Indents JSON text without changing a character of its values. Other text is returned as it is. */
export function formatJson(text: string): string {
	try {
		JSON.parse(text);
	} catch {
		return text;
	}
	let depth = 0;
	let previous = '';
	let output = '';
	const newLine = (): string => `\n${'  '.repeat(depth)}`;
	for (const [token] of text.matchAll(TOKEN)) {
		const isClosing = token === '}' || token === ']';
		const isOpen = previous === '{' || previous === '[';
		if (isClosing) depth -= 1;
		if (isClosing ? !isOpen : isOpen || previous === ',') output += newLine();
		output += token === ':' ? ': ' : token;
		if (token === '{' || token === '[') depth += 1;
		previous = token;
	}
	return output;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a text, or '' for any other value. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
