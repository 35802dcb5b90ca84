import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DeliveryView, WebhooksView } from '../../fanvue/views';
import { act } from './api';
import { useView } from './live';
import { ActionButton, Badge, Empty, Json, Problem, StatusBadge, Time } from './ui';

const MODES = [
	{ mode: 'resend', title: 'Resend', hint: 'The same event with a new signature' },
	{ mode: 'corrupt', title: 'Corrupt', hint: 'The body is changed after it was signed' },
	{ mode: 'replay', title: 'Replay', hint: 'The same bytes with the old signature' },
] as const;

function Delivery({ delivery }: { delivery: DeliveryView }): JSX.Element {
	const { number, type, url, attempts, accepted, defect, body, eventId } = delivery;
	const last = attempts.at(-1);
	return (
		<li class="delivery" data-delivery={number}>
			<div class="delivery-head">
				{last ? <StatusBadge status={last.status} /> : <Badge kind="warning">sending</Badge>}
				<span class="row-main">
					<span class="row-title">{type}</span>
					<span class="row-sub">{url}</span>
				</span>
				{defect !== null && <Badge kind="warning">{defect}</Badge>}
				{!accepted && attempts.length > 1 && <Badge kind="bad">{attempts.length} attempts</Badge>}
				{last && <Time ms={last.at} now={last.at} />}
			</div>
			<div class="button-row">
				{MODES.map(({ mode, title, hint }) => (
					<ActionButton
						key={mode}
						title={hint}
						run={() => act('fanvue', 'redeliver', { number, mode })}
					>
						{title}
					</ActionButton>
				))}
			</div>
			<details>
				<summary>Body, signature and response</summary>
				<dl class="pairs">
					<div>
						<dt>Event</dt>
						<dd>{eventId}</dd>
					</div>
					{attempts.map((attempt, index) => (
						<div key={index}>
							<dt>Attempt {index + 1}</dt>
							<dd>
								<StatusBadge status={attempt.status} /> {attempt.ms} ms
								<br />
								<span class="hint">X-Fanvue-Signature</span> <code>{attempt.signature}</code>
								{attempt.response !== '' && (
									<>
										<br />
										<span class="hint">Response</span> <code>{attempt.response}</code>
									</>
								)}
							</dd>
						</div>
					))}
				</dl>
				<Json text={body} label={`Body of delivery ${number}`} />
			</details>
		</li>
	);
}

/** Webhook subscriptions and deliveries of Fanvue. */
export function WebhooksPage(): JSX.Element {
	const { view, error } = useView<WebhooksView>('fanvue/webhooks');
	const [type, setType] = useState('creator.message.received');
	return (
		<div class="page">
			<header class="page-head">
				<h1>Webhooks</h1>
				<p class="hint">Fanvue delivers signed webhooks. Send one again, damaged or replayed.</p>
			</header>
			<Problem text={error} />
			{view && (
				<>
					<section class="panel padded" aria-label="Subscriptions">
						<h2 class="panel-title">Subscriptions</h2>
						{view.subscriptions.length === 0 ? (
							<Empty title="Nobody is subscribed">
								Publish a workflow with a Fanvue Trigger, or register a URL with the operation
								createWebhookSubscription.
							</Empty>
						) : (
							<ul class="rows">
								{view.subscriptions.map(({ id, url, events, isAppEndpoint }) => (
									<li key={id} class="row">
										<span class="row-main">
											<span class="row-title">{url}</span>
											<span class="row-sub">{events.join(', ') || 'app events'}</span>
										</span>
										{isAppEndpoint && <Badge>Developer area</Badge>}
									</li>
								))}
							</ul>
						)}
						<div class="filters">
							<label class="field field-inline">
								<span>Sample event</span>
								<select
									class="input"
									value={type}
									onChange={(event) => {
										setType(event.currentTarget.value);
									}}
								>
									{view.topics.map((topic) => (
										<option key={topic}>{topic}</option>
									))}
								</select>
							</label>
							<ActionButton
								variant="primary"
								run={async () => {
									const sent = await act<unknown[]>('fanvue', 'deliver', { type, once: true });
									if (sent.length === 0) throw new Error(`Nobody is subscribed to ${type}`);
								}}
							>
								Send
							</ActionButton>
						</div>
					</section>
					<section class="panel padded" aria-label="Deliveries">
						<h2 class="panel-title">Deliveries</h2>
						{view.deliveries.length === 0 ? (
							<Empty title="Nothing was delivered yet">
								Subscribe or write as a fan to cause a delivery.
							</Empty>
						) : (
							<ul class="deliveries">
								{view.deliveries.map((delivery) => (
									<Delivery key={delivery.number} delivery={delivery} />
								))}
							</ul>
						)}
					</section>
				</>
			)}
		</div>
	);
}
