import type { JSX } from 'preact';
import type { Activity, ActivityKind } from '../../core/activityLog';
import type { ServiceName } from './api';
import { useLive } from './live';
import { Badge, Empty, Json, Time } from './ui';

const KIND_TITLES: Record<ActivityKind, string> = {
	action: 'Action',
	gatewayFrame: 'Gateway frame',
	queueEntry: 'Update queue',
	delivery: 'Webhook',
	streamEvent: 'User stream',
};

const GROUPS = 15;

/** Actions that change the sandbox and not what people do. */
const NOT_OF_PEOPLE = new Set([
	'addEndpoint',
	'connection',
	'counters',
	'deliver',
	'expireTokens',
	'gateway',
	'issueToken',
	'media',
	'messages',
	'moderation',
	'privateChat',
	'rateLimit',
	'redeliver',
	'revoke',
	'rotateSecret',
	'secrets',
	'settings',
	'sha256',
	'tokenCounts',
	'webhooks',
]);

/** What is said below an action that sent nothing. */
const NOTHING_SENT: Record<ServiceName, string> = {
	fanbook: 'Nothing was sent: the bot does not see this.',
	fanvue: 'No webhook: nobody is subscribed to this event, or there is none for it.',
	fanfou: 'Fanfou pushes nothing. Clients get it with their next request.',
};

function Effect({ activity }: { activity: Activity }): JSX.Element {
	const { kind, name, summary, succeeded, details } = activity;
	return (
		<details class="effect">
			<summary>
				<Badge kind={succeeded ? 'good' : 'warning'}>{KIND_TITLES[kind]}</Badge>
				<span class="effect-name">{name}</span>
				<span class="effect-summary">{summary}</span>
			</summary>
			<Json text={details} label={`${KIND_TITLES[kind]} ${name}`} />
		</details>
	);
}

function Group({
	activity,
	effects,
	service,
}: {
	activity: Activity;
	effects: Activity[];
	service: ServiceName;
}): JSX.Element {
	return (
		<li class="group">
			<div class="group-head">
				<span class="group-name">{activity.name}</span>
				{!activity.succeeded && <Badge kind="bad">{activity.summary}</Badge>}
				<Time ms={activity.at} now={activity.at} />
			</div>
			{effects.map((effect) => (
				<Effect key={effect.number} activity={effect} />
			))}
			{activity.succeeded && effects.length === 0 && <p class="hint">{NOTHING_SENT[service]}</p>}
		</li>
	);
}

/** Lists the latest actions of people in a service, each with what the service sent because of it. */
export function SentPanel({ service }: { service: ServiceName }): JSX.Element {
	const { activities } = useLive();
	const own = activities.filter((activity) => activity.service === service);
	const roots = own.filter(({ causedBy, kind, name }) =>
		kind === 'action' ? !NOT_OF_PEOPLE.has(name) : causedBy === null,
	);
	return (
		<section class="panel sent" aria-label="What the sandbox sent">
			<h2 class="panel-title">What was sent</h2>
			{roots.length === 0 ? (
				<Empty title="Nothing yet">
					Do something as a person. Each frame, webhook and queue entry that follows appears here.
				</Empty>
			) : (
				<ul class="groups">
					{roots.slice(0, GROUPS).map((activity) =>
						activity.kind === 'action' ? (
							<Group
								key={activity.number}
								activity={activity}
								effects={own.filter(({ causedBy }) => causedBy === activity.number).reverse()}
								service={service}
							/>
						) : (
							<li key={activity.number} class="group">
								<div class="group-head">
									<span class="group-name">After an API request</span>
									<Time ms={activity.at} now={activity.at} />
								</div>
								<Effect activity={activity} />
							</li>
						),
					)}
				</ul>
			)}
		</section>
	);
}
