/*
 * Derives from sandbox/contract:
 *
 * - test-output/contract/<service>.json: plain OpenAPI documents with every route spelt out, which
 *   Redocly lints
 * - types/<service>.ts: TypeScript types of the objects in responses
 * - nodes/<Service>/responseShapes.ts: what the nodes accept as the response of each call
 *
 * With `--check` these files are compared with the present ones instead of written, and Redocly lints
 * the documents.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import openapiTypescript, {
	astToString,
	type SchemaObject,
	type TransformNodeOptions,
} from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { expandOpenApi } from '../sandbox/core/expandOpenApi';
import { loadOpenApi, SERVICE_NAMES, type ServiceName } from '../sandbox/core/openApi';
import { responseShapes } from './responseShapes';

const ROOT = join(__dirname, '..');

async function publish(service: ServiceName): Promise<void> {
	const directory = join(ROOT, 'test-output', 'contract');
	await mkdir(directory, { recursive: true });
	const document = JSON.stringify(expandOpenApi(loadOpenApi(service)), null, 2);
	await writeFile(join(directory, `${service}.json`), `${document}\n`);
}

/** The JSON names of identifiers, whose integers are text in the nodes and in their outputs. */
const ID_NAME = /^(raw)?ids?$|_ids?$|[a-z](Id|ID)s?$/;
const idMembers = new WeakMap<object, boolean>();
const TEXT = ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
const NUMBER = ts.factory.createKeywordTypeNode(ts.SyntaxKind.NumberKeyword);

/**
 * Returns the type of an integer as the nodes read it: an ID is text, another one of 64 bits a number
 * if a double can hold it, else text.
 */
function integerAsRead(
	schema: SchemaObject,
	{ path = '' }: TransformNodeOptions,
): ts.TypeNode | undefined {
	const { type, format } = schema;
	if (![type].flat().includes('integer')) return undefined;
	const name =
		path
			.replace(/\/items$/, '')
			.split('/')
			.at(-1) ?? '';
	// A member is transformed twice, the second time with the path of its object.
	const isId = idMembers.get(schema) ?? ID_NAME.test(name);
	idMembers.set(schema, isId);
	if (!isId && format !== 'int64') return undefined;
	const types = isId ? [TEXT] : [NUMBER, TEXT];
	const isNullable = Array.isArray(type) && type.includes('null');
	const nothing = ts.factory.createLiteralTypeNode(ts.factory.createNull());
	return ts.factory.createUnionTypeNode(isNullable ? [...types, nothing] : types);
}

async function createTypes(service: ServiceName, file: string): Promise<string> {
	const { openapi, info, components } = loadOpenApi(service);
	const { schemas } = components;
	const document = JSON.stringify({ openapi, info, paths: {}, components: { schemas } });
	const text = astToString(await openapiTypescript(document, { transform: integerAsRead }));
	// Only the schemas are of use outside of the contract.
	const start = text.indexOf('export interface components');
	const end = text.indexOf('export type $defs');
	return await formatDerived(service, file, text.slice(start, end));
}

async function createShapes(service: ServiceName, file: string): Promise<string> {
	const shapes = JSON.stringify(responseShapes(service, loadOpenApi(service)));
	const text = `import type { ResponseShapes } from '../shared/client/responseShape';

/** What each call returns by the contract. */
export const responseShapes: ResponseShapes = ${shapes};
`;
	return await formatDerived(service, file, text);
}

async function formatDerived(service: ServiceName, file: string, text: string): Promise<string> {
	const header = `// Derived from sandbox/contract/${service}.openapi.json by \`npm run contract\`.\n`;
	const options = await resolveConfig(file);
	return await format(header + text, { ...options, parser: 'typescript' });
}

const NODE_FOLDERS: Readonly<Record<ServiceName, string>> = {
	fanvue: 'Fanvue',
	fanfou: 'Fanfou',
	fanbook: 'Fanbook',
};

function lint(): void {
	const files = SERVICE_NAMES.map((service) => join('test-output', 'contract', `${service}.json`));
	const command = join(ROOT, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');
	// Linting needs no network.
	const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
	const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'lint', ...files], {
		cwd: ROOT,
		env,
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** Writes a derived file unless it is current. */
async function update(file: string, text: string, checksOnly: boolean): Promise<void> {
	const current = await readFile(file, 'utf8').catch(() => '');
	if (text === current) return;
	const name = relative(ROOT, file);
	if (checksOnly) throw new Error(`${name} is not current. Run "npm run contract".`);
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, text);
	console.log(`wrote ${name}`);
}

async function main(): Promise<void> {
	const checksOnly = process.argv.includes('--check');
	for (const service of SERVICE_NAMES) {
		await publish(service);
		const types = join(ROOT, 'types', `${service}.ts`);
		await update(types, await createTypes(service, types), checksOnly);
		const shapes = join(ROOT, 'nodes', NODE_FOLDERS[service], 'responseShapes.ts');
		await update(shapes, await createShapes(service, shapes), checksOnly);
	}
	if (checksOnly) lint();
}

main().catch((thrown: unknown) => {
	console.error(thrown instanceof Error ? thrown.message : thrown);
	process.exitCode = 1;
});
