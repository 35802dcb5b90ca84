import type { ServiceName } from './contract';
import type { SandboxRequest } from './request';
import type { Reply } from './service';

/** An endpoint that no contract describes, as a service may add one any day. */
export interface PlantedEndpoint {
	service: ServiceName;
	method: string;
	/** Path below the service's base address, percent-encoded as it is sent. */
	path: string;
	reply: (request: SandboxRequest) => Reply;
}

/** Endpoints beside the contract. Requests to them are authenticated, but not validated. */
export class PlantedEndpoints {
	private readonly endpoints: PlantedEndpoint[] = [];

	add(endpoint: PlantedEndpoint): void {
		this.endpoints.push(endpoint);
	}

	clear(): void {
		this.endpoints.length = 0;
	}

	find({ service, method, path }: SandboxRequest): PlantedEndpoint | undefined {
		return this.endpoints.find(
			(planted) =>
				planted.service === service && planted.method === method && planted.path === path,
		);
	}
}
