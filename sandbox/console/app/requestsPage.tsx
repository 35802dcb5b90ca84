import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LoggedRequest } from '../../core/requestLog';
import { deleteJson, type ServiceName } from './api';
import { useLive } from './live';
import { hrefOf } from './route';
import { ActionButton, Badge, classes, CopyButton, Empty, Json, StatusBadge, Time } from './ui';

type Outcome = 'all' | 'failed' | 'refused' | 'fault';

/** Returns why a request did not succeed, in a few words. */
function reasonOf(entry: LoggedRequest): string {
	const { violations, fault, crash, responseErrors } = entry;
	if (fault !== undefined) return `Injected fault: ${fault}`;
	if (crash !== undefined) return 'The sandbox crashed';
	if (violations.length > 0) return violations.map(({ message }) => message).join('; ');
	if (responseErrors.length > 0) return `Response differs: ${responseErrors.join('; ')}`;
	return '';
}

function matches(
	entry: LoggedRequest,
	{ text, service, outcome }: { text: string; service: ServiceName | ''; outcome: Outcome },
): boolean {
	if (service !== '' && entry.service !== service) return false;
	if (outcome === 'failed' && entry.succeeded) return false;
	if (outcome === 'refused' && entry.violations.length === 0) return false;
	if (outcome === 'fault' && entry.fault === undefined) return false;
	const all = `${entry.method} ${entry.path} ${entry.endpoint ?? ''} ${entry.status} ${entry.bodyText}`;
	return all.toLowerCase().includes(text.toLowerCase());
}

function Pairs({
	title,
	pairs,
}: {
	title: string;
	pairs: Array<[string, string]>;
}): JSX.Element | null {
	if (pairs.length === 0) return null;
	return (
		<>
			<h3>{title}</h3>
			<dl class="pairs">
				{pairs.map(([name, value], index) => (
					<div key={index}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
		</>
	);
}

function Details({ entry }: { entry: LoggedRequest }): JSX.Element {
	const { response, violations, responseErrors, crash, fault, endpoint } = entry;
	return (
		<section class="panel details" aria-label={`Request ${entry.number}`}>
			<header class="panel-head">
				<h2 class="panel-title">
					{entry.method} <span class="path">{entry.path}</span>
				</h2>
				<StatusBadge status={entry.status} isFailed={!entry.succeeded} />
			</header>
			<div class="details-body">
				<dl class="facts">
					<dt>Operation</dt>
					<dd>
						{endpoint === null ? (
							'None in the contract'
						) : (
							<a href={hrefOf('reference', entry.service, endpoint)}>{endpoint}</a>
						)}
						{entry.variant === undefined ? '' : ` (${entry.variant})`}
					</dd>
					<dt>Time</dt>
					<dd>
						<Time ms={entry.at} now={entry.at} />, {entry.ms} ms
					</dd>
					{fault !== undefined && (
						<>
							<dt>Fault</dt>
							<dd>
								<Badge kind="warning">{fault}</Badge> injected by the sandbox
							</dd>
						</>
					)}
				</dl>
				{violations.length > 0 && (
					<div class="refusal">
						<h3>Refused by the contract</h3>
						<ul>
							{violations.map(({ parameter, rule, message }) => (
								<li key={parameter + rule}>
									<Badge kind="bad">{rule}</Badge> {message}
								</li>
							))}
						</ul>
					</div>
				)}
				{responseErrors.length > 0 && (
					<div class="refusal">
						<h3>The response differs from the contract</h3>
						<ul>
							{responseErrors.map((text) => (
								<li key={text}>{text}</li>
							))}
						</ul>
					</div>
				)}
				{crash !== undefined && <Json text={crash} label="Stack of the crash" />}
				<Pairs title="Query" pairs={entry.query} />
				{entry.bodyText !== '' && (
					<>
						<h3>
							Request body <CopyButton text={entry.bodyText} />
						</h3>
						<Json text={entry.bodyText} label="Request body" />
					</>
				)}
				{entry.parts && (
					<Pairs
						title="Parts of the body"
						pairs={entry.parts.map(({ name, filename, contentType, size, text }) => [
							name,
							text ?? `${filename ?? 'file'}, ${contentType}, ${size} bytes`,
						])}
					/>
				)}
				<h3>
					Response body{' '}
					{response?.bodyText !== undefined && <CopyButton text={response.bodyText} />}
				</h3>
				{response?.bodyText !== undefined && response.bodyText !== '' ? (
					<Json
						text={response.bodyText + (response.isTruncated ? ' …' : '')}
						label="Response body"
					/>
				) : (
					<p class="hint">
						{response?.size === undefined ? 'Not kept.' : `${response.size} bytes, not text.`}
					</p>
				)}
				<Pairs title="Request headers" pairs={Object.entries(entry.headers)} />
				<Pairs title="Response headers" pairs={Object.entries(response?.headers ?? {})} />
			</div>
		</section>
	);
}

/** The live request log with the details of one request. */
export function RequestsPage({ route }: { route: string[] }): JSX.Element {
	const { requests } = useLive();
	const [text, setText] = useState('');
	const [service, setService] = useState<ServiceName | ''>('');
	const [outcome, setOutcome] = useState<Outcome>('all');
	const shown = requests.filter((entry) => matches(entry, { text, service, outcome }));
	const selected = requests.find(({ number }) => String(number) === route[0]);
	return (
		<div class="page">
			<header class="page-head">
				<h1>Requests</h1>
				<p class="hint">Every request to the three services, as it happens. Secrets are hidden.</p>
			</header>
			<div class="filters">
				<input
					class="input"
					type="search"
					aria-label="Filter requests"
					placeholder="Filter by path, operation, status or body"
					value={text}
					onInput={(event) => {
						setText(event.currentTarget.value);
					}}
				/>
				<select
					class="input"
					aria-label="Service"
					value={service}
					onChange={({ currentTarget: { value } }) => {
						setService(
							value === 'fanvue' || value === 'fanfou' || value === 'fanbook' ? value : '',
						);
					}}
				>
					<option value="">All services</option>
					<option value="fanbook">Fanbook</option>
					<option value="fanvue">Fanvue</option>
					<option value="fanfou">Fanfou</option>
				</select>
				<select
					class="input"
					aria-label="Outcome"
					value={outcome}
					onChange={({ currentTarget: { value } }) => {
						setOutcome(
							value === 'failed' || value === 'refused' || value === 'fault' ? value : 'all',
						);
					}}
				>
					<option value="all">All outcomes</option>
					<option value="failed">Not successful</option>
					<option value="refused">Refused by the contract</option>
					<option value="fault">With an injected fault</option>
				</select>
				<ActionButton run={() => deleteJson('requests')}>Clear</ActionButton>
			</div>
			<div class={classes('split', selected && 'split-open')}>
				<section class="panel" aria-label="List of requests">
					{shown.length === 0 ? (
						<Empty title={requests.length === 0 ? 'No requests yet' : 'No request matches'}>
							Run a workflow, or try an operation in the{' '}
							<a href={hrefOf('reference', 'fanbook')}>API reference</a>.
						</Empty>
					) : (
						<ul class="rows">
							{shown.map((entry) => (
								<li key={entry.number}>
									<a
										class="row"
										href={hrefOf('requests', String(entry.number))}
										aria-current={entry === selected ? 'true' : undefined}
									>
										<StatusBadge status={entry.status} isFailed={!entry.succeeded} />
										<span class="row-main">
											<span class="row-title">
												<span class="method">{entry.method}</span>{' '}
												<span class="path">{entry.path}</span>
											</span>
											<span class="row-sub">
												{entry.endpoint ?? 'no operation'}
												{reasonOf(entry) !== '' && (
													<span class="row-reason"> · {reasonOf(entry)}</span>
												)}
											</span>
										</span>
										<span class="row-end">
											<Time ms={entry.at} now={entry.at} />
											<span class="hint">{entry.ms} ms</span>
										</span>
									</a>
								</li>
							))}
						</ul>
					)}
				</section>
				{selected && <Details entry={selected} />}
			</div>
		</div>
	);
}
