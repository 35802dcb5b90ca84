import { fanbook } from '../../nodes/Fanbook/service';
import { fanfou } from '../../nodes/Fanfou/service';
import { fanvue } from '../../nodes/Fanvue/service';
import { optionValue } from '../../nodes/shared/definition/naming';
import type { Operation, Resource, Service } from '../../nodes/shared/definition/operation';
import { SERVICE_NAMES, type ServiceName } from '../../sandbox/core/openApi';

export { SERVICE_NAMES, type ServiceName };

export const SERVICES: Record<ServiceName, Service> = { fanbook, fanfou, fanvue };

/** The display names of the nodes. */
export const NODE_NAMES: Record<ServiceName, string> = {
	fanbook: 'Fanbook',
	fanfou: 'Fanfou',
	fanvue: 'Fanvue',
};

/** The trigger nodes, each with the page that describes it. */
export const TRIGGERS: Array<{ node: string; page: string; service: ServiceName }> = [
	{ node: 'Fanvue Trigger', page: 'fanvueTrigger', service: 'fanvue' },
	{ node: 'Fanvue Polling Trigger', page: 'fanvuePollingTrigger', service: 'fanvue' },
	{ node: 'Fanfou Trigger', page: 'fanfouTrigger', service: 'fanfou' },
	{ node: 'Fanbook Trigger', page: 'fanbookTrigger', service: 'fanbook' },
];

export interface TableEntry {
	/** As in the editor: `Message: Send`. */
	name: string;
	/** As in stored workflows: `message/send`. */
	key: string;
	resource: Resource;
	operation: Operation;
}

const byName = (a: { name: string }, b: { name: string }): number =>
	a.name.localeCompare(b.name, 'en');

/** Returns the operations of a service in the order of the editor. */
export function entriesOf(service: ServiceName): TableEntry[] {
	return [...SERVICES[service].resources].sort(byName).flatMap((resource) =>
		[...resource.operations].sort(byName).map((operation) => ({
			name: `${resource.name}: ${operation.name}`,
			key: `${optionValue(resource)}/${optionValue(operation)}`,
			resource,
			operation,
		})),
	);
}
