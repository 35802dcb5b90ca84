import type { JSX } from 'preact';
import type { GatewayView } from '../../fanbook/views';
import { act, type Values } from './api';
import { useView } from './live';
import { ActionButton, Badge, countOf, Empty, Json, Problem, Time } from './ui';

const FAULTS: ReadonlyArray<{ title: string; hint: string; input: Values }> = [
	{ title: 'Lose the next event', hint: 'It is not sent to anybody', input: { drop: 1 } },
	{ title: 'Send the next event twice', hint: 'Two equal frames', input: { duplicate: 1 } },
	{ title: 'Swap the next two events', hint: 'Sent in reverse order', input: { reorder: 2 } },
	{ title: 'Damage the next event', hint: 'Half a frame before it', input: { malform: 1 } },
	{ title: 'Refuse the next connection', hint: 'HTTP 502', input: { refuse: 1 } },
	{
		title: 'Expire the tokens',
		hint: 'Reconnecting needs a new one',
		input: { expireTokens: true },
	},
	{ title: 'Cut all connections', hint: 'Without a close frame', input: { cut: true } },
];

/** The connections of Fanbook's gateway and the queue of getUpdates. */
export function GatewayPage(): JSX.Element {
	const { view, error } = useView<GatewayView>('fanbook/connections');
	return (
		<div class="page">
			<header class="page-head">
				<h1>Gateway</h1>
				<p class="hint">The WebSocket connections of Fanbook bots, and the queue of getUpdates.</p>
			</header>
			<Problem text={error} />
			{view && (
				<>
					<section class="panel padded" aria-label="Connections">
						<h2 class="panel-title">Connections</h2>
						{view.connections.length === 0 ? (
							<Empty title="No bot is connected">Publish a workflow with a Fanbook Trigger.</Empty>
						) : (
							<ul class="rows">
								{view.connections.map(({ id, clientId, openedAt, sent, isFrozen }) => (
									<li key={id} class="row">
										<span class="row-main">
											<span class="row-title">Connection {id}</span>
											<span class="row-sub">
												{clientId === null
													? 'has not sent "connect" yet'
													: `${countOf(sent, 'frame')} sent`}
												, since <Time ms={openedAt} />
											</span>
										</span>
										{isFrozen && <Badge kind="warning">frozen</Badge>}
										<ActionButton
											run={() => act('fanbook', 'connection', { id, frozen: !isFrozen })}
											title="Send nothing more, not even pongs"
										>
											{isFrozen ? 'Resume' : 'Freeze'}
										</ActionButton>
										<ActionButton
											variant="danger"
											run={() => act('fanbook', 'connection', { id, cut: true })}
										>
											Drop
										</ActionButton>
									</li>
								))}
							</ul>
						)}
						<dl class="facts facts-row">
							{Object.entries(view.counts).map(([name, count]) => (
								<div key={name}>
									<dt>{name}</dt>
									<dd>{count}</dd>
								</div>
							))}
						</dl>
					</section>
					<section class="panel padded" aria-label="Faults of the gateway">
						<h2 class="panel-title">Faults</h2>
						<ul class="fault-list">
							{FAULTS.map(({ title, hint, input }) => (
								<li key={title}>
									<ActionButton run={() => act('fanbook', 'gateway', input)}>{title}</ActionButton>
									<span class="hint">{hint}</span>
								</li>
							))}
						</ul>
						<ActionButton variant="quiet" run={() => act('fanbook', 'gateway', { clear: true })}>
							Clear gateway faults
						</ActionButton>
					</section>
					<section class="panel padded" aria-label="Update queue">
						<h2 class="panel-title">Update queue</h2>
						<p class="hint">
							Waiting for getUpdates: {countOf(view.queueSize, 'update')}. Open:{' '}
							{countOf(view.waitingPolls, 'long poll')}.
						</p>
						<div class="button-row">
							<ActionButton
								run={() => act('fanbook', 'settings', { fullMessages: true })}
								title="Without it only joins, mentions and callbacks are queued"
							>
								Queue all kinds of messages
							</ActionButton>
						</div>
						{view.queue.map((update) => (
							<details key={String(update.update_id)}>
								<summary>
									{Object.keys(update).find((key) => key !== 'update_id') ?? 'update'}{' '}
									{String(update.update_id)}
								</summary>
								<Json text={JSON.stringify(update)} label="Update" />
							</details>
						))}
					</section>
				</>
			)}
		</div>
	);
}
