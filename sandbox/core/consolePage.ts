import type { RequestLog } from './requestLog';
import type { Section } from './service';

function escape(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Formats a cell; times are shown to the minute. */
function formatCell(value: string | number | boolean | null | undefined): string {
	const text = String(value ?? '');
	return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+Z$/, '$1 $2');
}

function table({ title, rows }: Section): string {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const head = columns.map((column) => `<th>${escape(column)}</th>`).join('');
	const body = rows
		.map((row) => {
			const cells = columns.map((column) => `<td>${escape(formatCell(row[column]))}</td>`);
			return `<tr>${cells.join('')}</tr>`;
		})
		.join('\n');
	const content =
		rows.length > 0 ? `<table><tr>${head}</tr>\n${body}</table>` : '<p>nothing yet</p>';
	return `<h3>${escape(title)}</h3>\n${content}`;
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%;margin-bottom:1rem}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;white-space:nowrap}h2{margin-top:2rem}`;

/** Renders the console page: the state of the three services and the latest requests. */
export function renderConsolePage(
	services: Record<string, Section[]>,
	requestLog: RequestLog,
): string {
	const latest: Section = {
		title: 'Latest requests',
		rows: requestLog
			.entries()
			.slice(-25)
			.reverse()
			.map((entry) => ({
				number: entry.number,
				service: entry.service,
				request: `${entry.method} ${entry.path}`,
				endpoint: entry.endpoint,
				status: entry.status,
				ms: entry.ms,
				note: entry.violations.map(({ message }) => message).join('; ') || (entry.fault ?? ''),
			})),
	};
	const parts = Object.entries(services).map(
		([name, sections]) => `<h2>${escape(name)}</h2>\n${sections.map(table).join('\n')}`,
	);
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox</title><style>${STYLE}</style></head>
<body><h1>Sandbox</h1>
<p>Fanvue, Fanfou and Fanbook on this machine. Reload to see what changed.</p>
${parts.join('\n')}
<h2>Request log</h2>
${table(latest)}
</body></html>
`;
}
