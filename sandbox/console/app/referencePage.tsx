import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { OperationDetails, OperationSummary, ParameterInfo } from '../reference';
import type { TryResult } from '../tryOperation';
import { postJson, type ServiceName } from './api';
import { useView } from './live';
import { hrefOf, navigate } from './route';
import {
	ActionButton,
	Badge,
	classes,
	CopyButton,
	Empty,
	Json,
	Problem,
	StatusBadge,
	Tabs,
} from './ui';

const SERVICES: ReadonlyArray<{ name: ServiceName; title: string }> = [
	{ name: 'fanbook', title: 'Fanbook' },
	{ name: 'fanvue', title: 'Fanvue' },
	{ name: 'fanfou', title: 'Fanfou' },
];

function groupByResource(operations: OperationSummary[]): Map<string, OperationSummary[]> {
	const groups = new Map<string, OperationSummary[]>();
	for (const operation of operations) {
		groups.set(operation.resource, [...(groups.get(operation.resource) ?? []), operation]);
	}
	return groups;
}

function typeText({ type, list, limits, defaultValue }: ParameterInfo): string {
	return [
		list === null ? type : `list of ${type}`,
		limits,
		defaultValue === null ? '' : `default ${defaultValue}`,
	]
		.filter((text) => text !== '')
		.join(' · ');
}

function Field({
	parameter,
	value,
	onInput,
}: {
	parameter: ParameterInfo;
	value: string;
	onInput: (value: string) => void;
}): JSX.Element {
	const { name, required, options, type, list, description } = parameter;
	const choices = type === 'boolean' ? ['true', 'false'] : options;
	const id = `parameter-${name}`;
	const isLong = type === 'object' || (list === 'json' && choices.length === 0);
	return (
		<div class="parameter">
			<label for={id}>
				<code>{name}</code>
				{required && <Badge kind="accent">required</Badge>}
				<span class="hint">
					{parameter.in} · {typeText(parameter)}
				</span>
			</label>
			{choices.length > 0 && list === null ? (
				<select
					id={id}
					class="input"
					value={value}
					onChange={(event) => {
						onInput(event.currentTarget.value);
					}}
				>
					<option value="">not sent</option>
					{choices.map((choice) => (
						<option key={choice}>{choice}</option>
					))}
				</select>
			) : type === 'file' ? (
				<label class="check">
					<input
						type="checkbox"
						checked={value !== ''}
						onChange={(event) => {
							onInput(event.currentTarget.checked ? 'sample' : '');
						}}
					/>
					Send a sample picture
				</label>
			) : isLong ? (
				<textarea
					id={id}
					class="input"
					rows={2}
					placeholder={list === null ? 'JSON' : 'JSON, or values separated by commas'}
					value={value}
					onInput={(event) => {
						onInput(event.currentTarget.value);
					}}
				/>
			) : (
				<input
					id={id}
					class="input"
					placeholder={list === null ? '' : 'Values separated by commas'}
					value={value}
					onInput={(event) => {
						onInput(event.currentTarget.value);
					}}
				/>
			)}
			{description !== '' && <p class="hint">{description}</p>}
		</div>
	);
}

function Operation({ service, id }: { service: ServiceName; id: string }): JSX.Element {
	const { view, error } = useView<OperationDetails>(
		`console/reference/${service}/${encodeURIComponent(id)}`,
		{ isLive: false },
	);
	const [values, setValues] = useState<Record<string, string>>({});
	const [result, setResult] = useState<TryResult>();
	useEffect(() => {
		setValues({});
		setResult(undefined);
	}, [service, id]);
	if (error !== undefined) return <Problem text={error} />;
	if (!view) return <Empty title="Loading …" />;
	const run = async (): Promise<void> => {
		setResult(await postJson<TryResult>('console/try', { service, operation: id, values }));
	};
	return (
		<section class="panel details" aria-label={view.name}>
			<header class="panel-head">
				<h2 class="panel-title">
					{view.resource}: {view.name}
				</h2>
			</header>
			<div class="details-body">
				<p class="endpoint">
					<span class="method">{view.method}</span> <span class="path">{view.path}</span>
				</p>
				<p>{view.summary}</p>
				{view.description !== '' && <p class="hint">{view.description}</p>}
				<dl class="facts">
					<dt>Operation</dt>
					<dd>
						<code>{view.id}</code>
					</dd>
					{view.scopes.length > 0 && (
						<>
							<dt>Scopes</dt>
							<dd>{view.scopes.join(', ')}</dd>
						</>
					)}
					{view.permission !== null && (
						<>
							<dt>Permission</dt>
							<dd>{view.permission}</dd>
						</>
					)}
					<dt>Certainty</dt>
					<dd>{view.certainty}</dd>
				</dl>
				<form
					onSubmit={(event) => {
						event.preventDefault();
					}}
				>
					<h3>Parameters</h3>
					{view.parameters.length === 0 && <p class="hint">None.</p>}
					{view.parameters.map((parameter) => (
						<Field
							key={parameter.name}
							parameter={parameter}
							value={values[parameter.name] ?? ''}
							onInput={(value) => {
								setValues({ ...values, [parameter.name]: value });
							}}
						/>
					))}
					{view.isDescribedOnly ? (
						<p class="notice-bar">
							The sandbox describes this operation but does not implement it.
						</p>
					) : (
						<ActionButton variant="primary" run={run}>
							Try it
						</ActionButton>
					)}
				</form>
				{result && (
					<div class="result" role="region" aria-label="Response">
						<h3>
							Response <StatusBadge status={result.status} />{' '}
							<span class="hint">{result.ms} ms</span>
						</h3>
						<Json text={result.body || '(empty)'} label="Response body" />
						{result.curl !== null && (
							<>
								<h3>
									curl <CopyButton text={result.curl} />
								</h3>
								<Json text={result.curl} label="curl command" />
							</>
						)}
					</div>
				)}
				<h3>Example response</h3>
				<Json text={view.example.body || `Status ${view.example.status}, empty`} label="Example" />
			</div>
		</section>
	);
}

/** The operations of the contracts, each with a form to try it. */
export function ReferencePage({ route }: { route: string[] }): JSX.Element {
	const service = SERVICES.find(({ name }) => name === route[0])?.name ?? 'fanbook';
	const id = route[1];
	const [text, setText] = useState('');
	const [withCreators, setWithCreators] = useState(false);
	const { view, error } = useView<OperationSummary[]>(`console/reference/${service}`, {
		isLive: false,
	});
	const words = text.trim().toLowerCase();
	const shown = (view ?? []).filter(
		(operation) =>
			(withCreators || !operation.isForCreators) &&
			`${operation.resource} ${operation.name} ${operation.path} ${operation.id} ${operation.summary}`
				.toLowerCase()
				.includes(words),
	);
	return (
		<div class="page">
			<header class="page-head">
				<h1>API reference</h1>
				<p class="hint">The contracts of the three services. Each operation can be tried here.</p>
			</header>
			<div class="filters">
				<Tabs
					label="Service"
					tabs={SERVICES}
					selected={service}
					onSelect={(name) => {
						navigate('reference', name);
					}}
				/>
				<input
					class="input"
					type="search"
					aria-label="Filter operations"
					placeholder={`Filter ${shown.length} operations`}
					value={text}
					onInput={(event) => {
						setText(event.currentTarget.value);
					}}
				/>
				{service === 'fanvue' && (
					<label class="check">
						<input
							type="checkbox"
							checked={withCreators}
							onChange={(event) => {
								setWithCreators(event.currentTarget.checked);
							}}
						/>
						For creators of an agency
					</label>
				)}
			</div>
			<Problem text={error} />
			<div class={classes('split', id !== undefined && 'split-open')}>
				<nav class="panel" aria-label="Operations">
					{[...groupByResource(shown)].map(([resource, operations]) => (
						<section key={resource} class="resource" aria-label={resource}>
							<h2 class="resource-name">{resource}</h2>
							{operations.map((operation) => (
								<a
									key={operation.id}
									class="row row-compact"
									href={hrefOf('reference', service, operation.id)}
									aria-current={operation.id === id ? 'page' : undefined}
								>
									<span class={`method method-${operation.method.toLowerCase()}`}>
										{operation.method}
									</span>
									<span class="row-main">
										<span class="row-title">{operation.name}</span>
										<span class="row-sub">{operation.path}</span>
									</span>
								</a>
							))}
						</section>
					))}
					{view && shown.length === 0 && <Empty title="No operation matches" />}
				</nav>
				{id === undefined ? (
					<div class="panel only-wide">
						<Empty title="Choose an operation">
							Parameters, scopes, an example response, and a form to try it.
						</Empty>
					</div>
				) : (
					<Operation key={`${service} ${id}`} service={service} id={id} />
				)}
			</div>
		</div>
	);
}
