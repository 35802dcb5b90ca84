import { camelCase, optionValue } from '../../nodes/shared/definition/naming';
import { loadContract, type Endpoint, type EndpointRoute } from '../../sandbox/core/contract';
import type { Language } from './language';
import { anchorOf, code, joinBlocks, table } from './markdown';
import { entriesOf, NODE_NAMES, SERVICE_NAMES, type ServiceName } from './services';

/** The page that leads from each method and path of the APIs to its operation. */

const TEXTS = {
	en: {
		title: 'From the API to the node',
		other: '[中文](zh/fromApiToNode.md)',
		introduction:
			"Find an endpoint of a service's API here, and follow the link to the operation that calls it. The table is derived from the [contract](../sandbox/contract/README.md) of each service. For other endpoints use _API Request: Send_.",
		head: ['Call', 'Operation', 'Note'],
		creator: 'with _Act As: Managed Creator_',
		route: (name: string) => `with _API Routes: ${name.toUpperCase()}_`,
	},
	zh: {
		title: '从 API 到节点',
		other: '[English](../fromApiToNode.md)',
		introduction:
			'在这里找到服务的接口，再跟随链接查看调用它的操作。表格由各服务的[契约](../../sandbox/contract/README.md)生成。其他接口用 _API Request: Send_ 调用。',
		head: ['接口', '操作', '备注'],
		creator: '_Act As: Managed Creator_（代管创作者）',
		route: (name: string) => `_API Routes: ${name.toUpperCase()}_`,
	},
};

const keyOf = ({ resource, operation }: Endpoint): string =>
	`${camelCase(resource)}/${optionValue({ name: operation })}`;

function rowsOf(service: ServiceName, language: Language): string[][] {
	const texts = TEXTS[language];
	const { endpoints } = loadContract(service);
	const entries = new Map(entriesOf(service).map((entry) => [entry.key, entry]));
	const row = (route: EndpointRoute, endpoint: Endpoint, notes: string[]): string[][] => {
		const own = endpoints.find(({ id }) => id === endpoint.mirrors) ?? endpoint;
		const entry = entries.get(keyOf(own));
		if (entry === undefined) return [];
		const link = `[${entry.name}](${service}.md#${anchorOf(entry.name)})`;
		return [[code(`${route.method} ${route.path}`), link, notes.join(', ')]];
	};
	const rows = endpoints.flatMap((endpoint) => {
		const notes = endpoint.mirrors === undefined ? [] : [texts.creator];
		const variants = (endpoint.variants ?? []).flatMap((variant) =>
			row(variant, endpoint, [
				...notes,
				...(variant.name === undefined ? [] : [texts.route(variant.name)]),
			]),
		);
		return [...row(endpoint, endpoint, notes), ...variants];
	});
	const path = ([call = '']: string[]) => call.replace(/^`\w+ /, '');
	return rows.sort((one, other) => path(one).localeCompare(path(other), 'en'));
}

export function apiPage(language: Language): string {
	const texts = TEXTS[language];
	const sections = SERVICE_NAMES.flatMap((service) => [
		[`## ${NODE_NAMES[service]}`],
		table(texts.head, rowsOf(service, language)),
	]);
	return `${joinBlocks([[`# ${texts.title}`], [texts.other], [texts.introduction], ...sections])}\n`;
}
