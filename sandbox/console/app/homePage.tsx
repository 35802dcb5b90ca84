import type { JSX } from 'preact';
import type { StatusView } from '../routes';
import { useLive } from './live';
import { hrefOf } from './route';
import { CopyButton } from './ui';

const ADDRESSES: ReadonlyArray<{ key: string; title: string }> = [
	{ key: 'fanbook', title: 'Fanbook API' },
	{ key: 'fanbookGateway', title: 'Fanbook gateway' },
	{ key: 'fanvueApi', title: 'Fanvue API' },
	{ key: 'fanvueLogin', title: 'Fanvue sign-in' },
	{ key: 'fanfouApi', title: 'Fanfou API' },
	{ key: 'fanfouLogin', title: 'Fanfou sign-in' },
];

/** What the console is for, and where to begin. */
export function HomePage({ status }: { status: StatusView }): JSX.Element {
	const { requests } = useLive();
	const failed = requests.filter(({ succeeded }) => !succeeded).length;
	return (
		<div class="page">
			<header class="page-head">
				<h1>Fanbook, Fanvue and Fanfou on this machine</h1>
				<p class="lead">
					Act as a member, fan or follower, and watch what your workflows and bots do with it.
					Nothing here reaches the real services.
				</p>
			</header>
			<ul class="starts">
				<li class="panel start">
					<h2>Say hello as a member</h2>
					<p>Write in the lobby of a Fanbook server and see the bot answer.</p>
					<a class="button button-primary" href={hrefOf('fanbook')}>
						Open Fanbook
					</a>
				</li>
				<li class="panel start">
					<h2>Subscribe as a fan</h2>
					<p>Follow, subscribe, tip, buy and write to a Fanvue creator.</p>
					<a class="button button-primary" href={hrefOf('fanvue')}>
						Open Fanvue
					</a>
				</li>
				<li class="panel start">
					<h2>Post as a user</h2>
					<p>Post, reply, mention and send direct messages on Fanfou.</p>
					<a class="button button-primary" href={hrefOf('fanfou')}>
						Open Fanfou
					</a>
				</li>
				<li class="panel start">
					<h2>Watch the requests</h2>
					<p>
						{requests.length} so far, {failed} not successful.
					</p>
					<a class="button button-plain" href={hrefOf('requests')}>
						Open the request log
					</a>
				</li>
			</ul>
			<section class="panel padded" aria-label="Addresses">
				<h2 class="panel-title">Addresses</h2>
				<p class="hint">
					Enter them as base URLs. The demo credentials are printed when the sandbox starts.
				</p>
				<dl class="pairs">
					{ADDRESSES.map(({ key, title }) => (
						<div key={key}>
							<dt>{title}</dt>
							<dd>
								<code>{status.urls[key]}</code> <CopyButton text={status.urls[key] ?? ''} />
							</dd>
						</div>
					))}
				</dl>
			</section>
		</div>
	);
}
