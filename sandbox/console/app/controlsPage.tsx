import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { StatusView } from '../routes';
import { deleteJson, postJson, type ServiceName } from './api';
import { ActionButton, Badge, Dialog, Empty, formatDate, notify } from './ui';

const HOUR = 3_600_000;
const STEPS = [
	{ title: '+1 minute', ms: 60_000 },
	{ title: '+1 hour', ms: HOUR },
	{ title: '+1 day', ms: 24 * HOUR },
	{ title: '+30 days', ms: 30 * 24 * HOUR },
];
const TARGETS: ReadonlyArray<{ service: ServiceName | null; title: string }> = [
	{ service: null, title: 'All services' },
	{ service: 'fanbook', title: 'Fanbook' },
	{ service: 'fanvue', title: 'Fanvue' },
	{ service: 'fanfou', title: 'Fanfou' },
];

function describeAhead(ms: number): string {
	if (Math.abs(ms) < 1000) return 'real time';
	const hours = Math.round(Math.abs(ms) / 360_000) / 10;
	const amount = hours < 48 ? `${hours} h` : `${Math.round(hours / 2.4) / 10} days`;
	return `${amount} ${ms > 0 ? 'ahead of' : 'behind'} real time`;
}

function Faults({ status }: { status: StatusView }): JSX.Element {
	const names = new Set(status.faults.map(({ name }) => name));
	const others = status.faults.filter(({ name }) => name === undefined);
	return (
		<section class="panel padded" aria-label="Faults">
			<h2 class="panel-title">Faults</h2>
			<p class="hint">Applies to API requests until you turn it off.</p>
			<div class="switches">
				<table class="table">
					<thead>
						<tr>
							<th scope="col">Fault</th>
							{TARGETS.map(({ title }) => (
								<th key={title} scope="col">
									{title}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{status.presets.map(({ id, label }) => (
							<tr key={id}>
								<th scope="row">{label}</th>
								{TARGETS.map(({ service, title }) => {
									const isOn = names.has(`${service ?? 'all'}:${id}`);
									return (
										<td key={title} data-label={title}>
											<button
												type="button"
												role="switch"
												class="switch"
												aria-checked={isOn}
												aria-label={`${label}, ${title}`}
												onClick={() => {
													const input = { preset: id, service, on: !isOn };
													postJson('console/faults', input).catch(report);
												}}
											/>
										</td>
									);
								})}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{others.length > 0 && (
				<p class="hint">
					{others.length} more {others.length === 1 ? 'fault was' : 'faults were'} added over the
					admin routes.
				</p>
			)}
			<ActionButton disabled={status.faults.length === 0} run={() => deleteJson('faults')}>
				Switch all faults off
			</ActionButton>
		</section>
	);
}

function report(error: unknown): void {
	notify(error instanceof Error ? error.message : String(error), 'bad');
}

function ClockControl({ status }: { status: StatusView }): JSX.Element {
	return (
		<section class="panel padded" aria-label="Clock">
			<h2 class="panel-title">Clock</h2>
			<p class="clock">
				{formatDate(status.now)}{' '}
				<Badge kind={Math.abs(status.ahead) < 1000 ? 'plain' : 'warning'}>
					{describeAhead(status.ahead)}
				</Badge>
			</p>
			<p class="hint">
				Subscriptions renew, scheduled posts appear and tokens expire as time passes.
			</p>
			<div class="button-row">
				{STEPS.map(({ title, ms }) => (
					<ActionButton key={title} run={() => postJson('clock', { advance: ms })}>
						{title}
					</ActionButton>
				))}
				<ActionButton
					disabled={Math.abs(status.ahead) < 1000}
					run={() => postJson('clock', { reset: true })}
				>
					Back to real time
				</ActionButton>
			</div>
		</section>
	);
}

function Snapshots({ status }: { status: StatusView }): JSX.Element {
	const [name, setName] = useState('');
	const [isResetting, setIsResetting] = useState(false);
	const take = async (): Promise<void> => {
		await postJson('snapshots', { name });
		setName('');
	};
	const reset = async (): Promise<void> => {
		await postJson('reset');
		notify('Everything was reset', 'good');
		document.querySelector('dialog')?.close();
	};
	return (
		<section class="panel padded" aria-label="Snapshots">
			<h2 class="panel-title">Snapshots</h2>
			<p class="hint">
				A snapshot keeps the data of all three services. Sign-ins, webhooks and connections of n8n
				stay as they are when you restore one.
			</p>
			{status.snapshots.length === 0 && <Empty title="No snapshots" />}
			<ul class="rows">
				{status.snapshots.map(({ id, name: title, at }) => (
					<li key={id} class="row">
						<span class="row-main">
							<span class="row-title">{title}</span>
							<span class="row-sub">{formatDate(at)}</span>
						</span>
						<ActionButton
							label={`Restore ${title}`}
							run={async () => {
								await postJson(`snapshots/${id}/restore`);
								notify(`"${title}" was restored`, 'good');
							}}
						>
							Restore
						</ActionButton>
						<ActionButton
							variant="quiet"
							label={`Delete ${title}`}
							run={() => deleteJson(`snapshots/${id}`)}
						>
							Delete
						</ActionButton>
					</li>
				))}
			</ul>
			<form
				class="filters"
				onSubmit={(event) => {
					event.preventDefault();
					take().catch(report);
				}}
			>
				<input
					class="input"
					aria-label="Name of the snapshot"
					placeholder="Name of the snapshot"
					value={name}
					onInput={(event) => {
						setName(event.currentTarget.value);
					}}
				/>
				<button type="submit" class="button button-primary">
					Take a snapshot
				</button>
			</form>
			<hr />
			<button
				type="button"
				class="button button-danger"
				onClick={() => {
					setIsResetting(true);
				}}
			>
				Reset everything …
			</button>
			{isResetting && (
				<Dialog
					title="Reset everything?"
					onClose={() => {
						setIsResetting(false);
					}}
				>
					<p>
						Data, clock, faults and logs return to the start. n8n is signed out of Fanvue and its
						webhooks are gone: reconnect the credential and publish the workflows again.
					</p>
					<div class="button-row">
						<ActionButton variant="danger" run={reset}>
							Reset everything
						</ActionButton>
					</div>
				</Dialog>
			)}
		</section>
	);
}

/** Faults, clock, snapshots and reset. */
export function ControlsPage({ status }: { status: StatusView }): JSX.Element {
	return (
		<div class="page">
			<header class="page-head">
				<h1>Faults and time</h1>
				<p class="hint">See what your workflow does when a service misbehaves or time passes.</p>
			</header>
			<Faults status={status} />
			<div class="two-columns">
				<ClockControl status={status} />
				<Snapshots status={status} />
			</div>
		</div>
	);
}
