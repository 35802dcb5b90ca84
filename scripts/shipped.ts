import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import manifest from '../package.json';

const load = createRequire(__filename);

/** Source file and class name behind an entry of package.json's `n8n` part. */
function sourceOf(entry: string): { file: string; className: string } {
	const file = join(__dirname, '..', entry.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	return { file, className: basename(file).split('.')[0] ?? '' };
}

function isNode(value: unknown): value is INodeType {
	return typeof value === 'object' && value !== null && 'description' in value;
}

function isCredential(value: unknown): value is ICredentialType {
	return typeof value === 'object' && value !== null && 'properties' in value && 'name' in value;
}

function instantiate(entry: string): unknown {
	const { file, className } = sourceOf(entry);
	const loaded: unknown = load(file);
	if (typeof loaded !== 'object' || loaded === null) throw new Error(`${file} exports nothing`);
	const found: unknown = Object.entries(loaded).find(([name]) => name === className)?.[1];
	if (typeof found !== 'function') throw new Error(`${file} has no class ${className}`);
	return Reflect.construct(found, []);
}

/** Every node the package ships, from its source. */
export function shippedNodes(): Array<{ className: string; file: string; node: INodeType }> {
	return manifest.n8n.nodes.map((entry) => {
		const node = instantiate(entry);
		if (!isNode(node)) throw new Error(`${entry} is not a node`);
		return { ...sourceOf(entry), node };
	});
}

/** Every credential the package ships, from its source. */
export function shippedCredentials(): Array<{
	className: string;
	file: string;
	credential: ICredentialType;
}> {
	return manifest.n8n.credentials.map((entry) => {
		const credential = instantiate(entry);
		if (!isCredential(credential)) throw new Error(`${entry} is no credential`);
		return { ...sourceOf(entry), credential };
	});
}
