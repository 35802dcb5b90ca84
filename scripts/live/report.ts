import type { DocumentDifferences } from './vendorDocument';
import type { LiveResult } from './run';

function table(head: string[], rows: string[][]): string[] {
	if (rows.length === 0) return ['None.', ''];
	const line = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

/**
 * Returns the report in Markdown. It is built from names, types and statuses only, so that it holds no
 * value of the account and no secret.
 */
export function writeReport(service: string, result: LiveResult): string {
	const { agreements, differences, refused, skipped } = result;
	const count = (list: unknown[], word: string) =>
		`${list.length} ${word}${list.length === 1 ? '' : 's'}`;
	return [
		`# ${service}: the service and the contract`,
		'',
		`${count(agreements, 'agreement')}, ${count(differences, 'difference')}, ${refused.length} refused, ${skipped.length} not called.`,
		'',
		'## Differences',
		'',
		...table(
			['Endpoint', 'Kind', 'Place', 'Detail'],
			differences.map(({ endpoint, kind, at, detail }) => [endpoint, kind, at || '(body)', detail]),
		),
		'## Refused as the contract describes',
		'',
		...table(
			['Endpoint', 'Status'],
			refused.map(({ endpoint, status }) => [endpoint, String(status)]),
		),
		'## Not called',
		'',
		...table(
			['Endpoint', 'Reason'],
			skipped.map(({ endpoint, reason }) => [endpoint, reason]),
		),
		'## Agreements',
		'',
		...table(
			['Endpoint'],
			agreements.map((endpoint) => [endpoint]),
		),
	].join('\n');
}

/** Returns the proposed changes of the contract as a JSON Patch (RFC 6902). */
export function writePatch({ differences }: LiveResult): string {
	const changes = new Map<string, unknown>();
	for (const { patch } of differences) if (patch) changes.set(patch.pointer, patch.value);
	const operations = [...changes].map(([path, value]) => ({ op: 'add', path, value }));
	return `${JSON.stringify(operations, null, '\t')}\n`;
}

/** Returns the comparison of two documents in Markdown. */
export function writeDocumentReport(found: DocumentDifferences): string {
	const section = (title: string, list: string[]) => [
		`## ${title} (${list.length})`,
		'',
		...(list.length === 0 ? ['None.'] : list.map((entry) => `- ${entry}`)),
		'',
	];
	return [
		'# The OpenAPI document of the service and the contract',
		'',
		...section('New endpoints', found.newEndpoints),
		...section('Missing endpoints', found.missingEndpoints),
		...section('Parameters', found.parameters),
		...section('Values', found.values),
		...section('Topics', found.topics),
	].join('\n');
}
