import { render, type JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StatusView } from '../routes';
import { ControlsPage } from './controlsPage';
import { FanbookPage } from './fanbookPage';
import { FanfouPage } from './fanfouPage';
import { FanvuePage } from './fanvuePage';
import { GatewayPage } from './gatewayPage';
import { Icon } from './icon';
import { HomePage } from './homePage';
import { live, useLive, useView } from './live';
import { ReferencePage } from './referencePage';
import { RequestsPage } from './requestsPage';
import { hrefOf, useRoute, useStored } from './route';
import './style.css';
import { Badge, classes, formatDate, Notices, Problem } from './ui';
import { WebhooksPage } from './webhooksPage';

const SECTIONS = [
	{
		title: 'People',
		pages: [
			{ name: 'fanbook', title: 'Fanbook', icon: 'chat' },
			{ name: 'fanvue', title: 'Fanvue', icon: 'star' },
			{ name: 'fanfou', title: 'Fanfou', icon: 'feed' },
		],
	},
	{
		title: 'Developers',
		pages: [
			{ name: 'requests', title: 'Requests', icon: 'requests' },
			{ name: 'webhooks', title: 'Webhooks', icon: 'webhook' },
			{ name: 'gateway', title: 'Gateway', icon: 'plug' },
			{ name: 'controls', title: 'Faults and time', icon: 'sliders' },
			{ name: 'reference', title: 'API reference', icon: 'book' },
		],
	},
] as const;
const THEMES = ['system', 'light', 'dark'];

function Page({ route, status }: { route: string[]; status: StatusView }): JSX.Element {
	const [name, ...rest] = route;
	const { demo } = status;
	switch (name) {
		case 'fanbook':
			return (
				<FanbookPage
					route={rest}
					demo={{ userId: demo.fanbookUserId, channelId: demo.fanbookChannelId }}
				/>
			);
		case 'fanvue':
			return <FanvuePage route={rest} demoFan={demo.fanvueFan} />;
		case 'fanfou':
			return <FanfouPage route={rest} demoUser={demo.fanfouUser} />;
		case 'requests':
			return <RequestsPage route={rest} />;
		case 'webhooks':
			return <WebhooksPage />;
		case 'gateway':
			return <GatewayPage />;
		case 'controls':
			return <ControlsPage status={status} />;
		case 'reference':
			return <ReferencePage route={rest} />;
		default:
			return <HomePage status={status} />;
	}
}

function ThemeSwitch(): JSX.Element {
	const [theme, setTheme] = useStored('theme', 'system');
	useEffect(() => {
		document.documentElement.dataset.theme = theme;
	}, [theme]);
	return (
		<label class="field field-inline theme">
			<span>Theme</span>
			<select
				class="input"
				value={theme}
				onChange={(event) => {
					setTheme(event.currentTarget.value);
				}}
			>
				{THEMES.map((name) => (
					<option key={name}>{name}</option>
				))}
			</select>
		</label>
	);
}

function Navigation({
	current,
	status,
}: {
	current: string;
	status: StatusView | undefined;
}): JSX.Element {
	const { isConnected, requests } = useLive();
	const [isOpen, setIsOpen] = useState(false);
	useEffect(() => {
		setIsOpen(false);
	}, [current]);
	return (
		<header class="sidebar">
			<div class="brand-row">
				<a class="brand" href={hrefOf()}>
					<span class="brand-mark" aria-hidden="true">
						S
					</span>
					Sandbox
				</a>
				<button
					type="button"
					class="button button-plain menu-button"
					aria-expanded={isOpen}
					aria-controls="navigation"
					onClick={() => {
						setIsOpen(!isOpen);
					}}
				>
					Menu
				</button>
			</div>
			<nav id="navigation" class={classes('nav', isOpen && 'nav-open')} aria-label="Console">
				{SECTIONS.map(({ title, pages }) => (
					<div key={title} class="nav-section">
						<p class="nav-title">{title}</p>
						{pages.map((page) => (
							<a
								key={page.name}
								class="nav-link"
								href={hrefOf(page.name)}
								aria-current={page.name === current ? 'page' : undefined}
							>
								<Icon name={page.icon} />
								{page.title}
								{page.name === 'requests' && requests.length > 0 && (
									<span class="nav-count">{requests.length}</span>
								)}
								{page.name === 'controls' && status && status.faults.length > 0 && (
									<Badge kind="warning">{status.faults.length}</Badge>
								)}
							</a>
						))}
					</div>
				))}
				<div class="nav-foot">
					<p class={classes('connection', isConnected && 'connection-on')}>
						{isConnected ? 'Live' : 'Not connected'}
					</p>
					{status && Math.abs(status.ahead) >= 1000 && (
						<p class="hint">Clock: {formatDate(status.now)}</p>
					)}
					<ThemeSwitch />
				</div>
			</nav>
		</header>
	);
}

function Console(): JSX.Element {
	const route = useRoute();
	const main = useRef<HTMLElement>(null);
	const { view, error } = useView<StatusView>('console/status');
	const [status, setStatus] = useState<StatusView>();
	useEffect(() => {
		if (view) setStatus(view);
	}, [view]);
	const [current = ''] = route;
	useEffect(() => {
		const titles = SECTIONS.flatMap(({ pages }) => [...pages]);
		const title = titles.find(({ name }) => name === current)?.title;
		document.title = title === undefined ? 'Sandbox console' : `${title} · Sandbox console`;
	}, [current]);
	return (
		<div class="shell">
			<button
				type="button"
				class="skip"
				onClick={() => {
					main.current?.focus();
				}}
			>
				Skip to the content
			</button>
			<Navigation current={current} status={status} />
			<main class="main" ref={main} tabIndex={-1}>
				<Problem
					text={error === undefined ? undefined : `The sandbox does not respond: ${error}`}
				/>
				{status && <Page route={route} status={status} />}
			</main>
			<Notices />
		</div>
	);
}

const root = document.getElementById('app');
if (root) {
	live.start();
	render(<Console />, root);
}
