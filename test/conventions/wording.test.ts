import { shippedCredentials, shippedNodes } from '../../scripts/shipped';

/** Wordings that no text of a panel has, each with the reason. */
const REFUSED: Array<{ pattern: RegExp; reason: string }> = [
	{
		pattern: /^(?:What|Who|Whom|How|Where|When|Which|In which|By|As|For(?! example)) /,
		reason: 'a description is a noun phrase or an imperative, not a fragment of a question',
	},
	{ pattern: /\bit is about\b/, reason: 'a description states what the action does with it' },
	{ pattern: /\b(?:tell|tells|told)\b/i, reason: 'programs do not talk' },
	{ pattern: /\bstands?\b/, reason: 'texts and files are somewhere; they do not stand' },
	{ pattern: /\btake(?:s|n)? (?:back|away)\b/i, reason: 'the word is remove, unsend or cancel' },
	{ pattern: /\b(?:left empty|without it,)/i, reason: 'write "Leave empty to …"' },
	{ pattern: /\bpresumably\b|\bprobably\b/i, reason: 'a tooltip has no doubts' },
	{ pattern: /\bis no [a-z]|\bnone of\b|\bwhatever\b/, reason: 'write "is not a …"' },
	{ pattern: /\bat most\b.*\bat most\b|\bHow many\b/, reason: 'write "Max number of …"' },
];

const CHECKED = ['description', 'hint'];

/** Lists the descriptions and hints of an object, with those within it. */
function texts(value: unknown, key = ''): string[] {
	if (typeof value === 'string') return CHECKED.includes(key) ? [value] : [];
	if (Array.isArray(value)) return value.flatMap((entry) => texts(entry, key));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, entry]) => texts(entry, name));
}

const problems = (value: unknown) =>
	[...new Set(texts(value))].flatMap((text) =>
		REFUSED.flatMap(({ pattern, reason }) => (pattern.test(text) ? [`${text} (${reason})`] : [])),
	);

test.each(shippedNodes())('every text of $className is a plain sentence', ({ node }) => {
	expect(problems(node.description)).toEqual([]);
});

test.each(shippedCredentials())(
	'every text of $className is a plain sentence',
	({ credential }) => {
		expect(problems(credential.properties)).toEqual([]);
	},
);
