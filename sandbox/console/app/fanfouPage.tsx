import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type {
	ChatsView,
	PeopleView,
	PersonView,
	ProfileView,
	StatusView,
	TimelineName,
	TimelineView,
} from '../../fanfou/views';
import { act, withQuery } from './api';
import { Icon } from './icon';
import { useView } from './live';
import { PersonPicker, type PickedPerson } from './personPicker';
import { hrefOf, navigate, useStored } from './route';
import { SentPanel } from './sentPanel';
import { useStickToEnd } from './stickToEnd';
import { ActionButton, Avatar, Badge, classes, Composer, Empty, Problem, Tabs, Time } from './ui';

const PAGE = 30;
const MAX_LENGTH = 140;
const MARKUP = /(@[^\s@#:：,，。!！?？()（）]+|#[^#\s][^#]*#|https?:\/\/[^\s<>"，。）]+)/;

type TabName = Exclude<TimelineName, 'profile'> | 'messages';
const TABS: ReadonlyArray<{ name: TabName; title: string }> = [
	{ name: 'home', title: 'Home' },
	{ name: 'mentions', title: 'Mentions' },
	{ name: 'public', title: 'Public' },
	{ name: 'messages', title: 'Messages' },
];

function toPicked({ id, name, avatarUrl, isProtected }: PersonView): PickedPerson {
	const detail = isProtected ? `${id} · protected` : id;
	return { id, name, detail, ...(avatarUrl === null ? {} : { pictureUrl: avatarUrl }) };
}

function StatusText({ text }: { text: string }): JSX.Element {
	return (
		<p class="message-text">
			{text.split(MARKUP).map((piece, index) => {
				if (index % 2 === 0) return piece;
				if (piece.startsWith('http')) {
					return (
						<a key={index} href={piece} target="_blank" rel="noopener noreferrer">
							{piece}
						</a>
					);
				}
				return (
					<span key={index} class="mention">
						{piece}
					</span>
				);
			})}
		</p>
	);
}

function Status({
	status,
	me,
	onReply,
}: {
	status: StatusView;
	me: string;
	onReply: (status: StatusView, kind: 'reply' | 'repost') => void;
}): JSX.Element {
	const { id, author, photoUrl, replyTo, isFavorite, isMine } = status;
	return (
		<li class="message" data-status-id={id}>
			<Avatar id={author.id} name={author.name} pictureUrl={author.avatarUrl} />
			<div class="message-body">
				<p class="message-head">
					<a class="message-author" href={hrefOf('fanfou', me, 'profile', author.id)}>
						{author.name}
					</a>
					<Time ms={status.time} />
					<span class="hint">{status.source}</span>
					{author.isProtected && <Badge>Protected</Badge>}
					{status.isInReview && <Badge kind="warning">In review</Badge>}
				</p>
				{replyTo && <p class="hint">in reply to {replyTo.author}</p>}
				<StatusText text={status.text} />
				{photoUrl !== null && <img class="photo" src={photoUrl} alt="Photo of the status" />}
				<div class="message-tools">
					<button
						type="button"
						class="button button-quiet"
						onClick={() => {
							onReply(status, 'reply');
						}}
					>
						Reply
					</button>
					<button
						type="button"
						class="button button-quiet"
						onClick={() => {
							onReply(status, 'repost');
						}}
					>
						Repost
					</button>
					<ActionButton
						variant="chip"
						pressed={isFavorite}
						label={`Favorite, ${status.favoriteCount}`}
						run={() => act('fanfou', 'favorite', { user: me, status: id, on: !isFavorite })}
					>
						<Icon name="star" /> {status.favoriteCount}
					</ActionButton>
					{isMine && (
						<ActionButton variant="quiet" run={() => act('fanfou', 'delete', { status: id })}>
							Delete
						</ActionButton>
					)}
				</div>
			</div>
		</li>
	);
}

function Timeline({
	name,
	me,
	of,
}: {
	name: TimelineName;
	me: ProfileView;
	of?: string;
}): JSX.Element {
	const user = me.person.id;
	const [count, setCount] = useState(PAGE);
	const [target, setTarget] = useState<{ status: StatusView; kind: 'reply' | 'repost' }>();
	const { view, error } = useView<TimelineView>(
		withQuery('fanfou/timeline', { user, timeline: name, of, count }),
		{ keepsPrevious: true },
	);
	const insertion = useMemo(() => (target ? { text: '' } : undefined), [target]);
	const send = async (text: string): Promise<void> => {
		if ([...text].length > MAX_LENGTH) throw new Error(`At most ${MAX_LENGTH} characters`);
		if (target) await act('fanfou', target.kind, { from: user, status: target.status.id, text });
		else await act('fanfou', 'post', { user, text });
		setTarget(undefined);
	};
	return (
		<>
			<Composer
				label="New status"
				placeholder={`What are you doing, ${me.person.name}?`}
				buttonText={target ? (target.kind === 'reply' ? 'Reply' : 'Repost') : 'Post'}
				send={send}
				insertion={insertion}
				tools={
					target && (
						<span class="reply-chip">
							{target.kind === 'reply' ? 'Reply to' : 'Repost of'} {target.status.author.name}:{' '}
							<span class="ellipsis">{target.status.text}</span>
							<button
								type="button"
								class="button button-quiet"
								aria-label="Write a new status instead"
								onClick={() => {
									setTarget(undefined);
								}}
							>
								<Icon name="close" />
							</button>
						</span>
					)
				}
			/>
			<Problem text={error} />
			<ul class="message-list feed">
				{(view?.statuses ?? []).map((status) => (
					<Status
						key={status.id}
						status={status}
						me={user}
						onReply={(selected, kind) => {
							setTarget({ status: selected, kind });
						}}
					/>
				))}
				{view?.statuses.length === 0 && <Empty title="Nothing here yet" />}
				{view?.hasEarlier && (
					<li>
						<button
							type="button"
							class="button button-quiet"
							onClick={() => {
								setCount(count + PAGE);
							}}
						>
							Earlier statuses
						</button>
					</li>
				)}
			</ul>
		</>
	);
}

function Messages({ me, withId }: { me: string; withId: string | undefined }): JSX.Element {
	const { view, error } = useView<ChatsView>(withQuery('fanfou/chats', { user: me, with: withId }));
	const { ref, onScroll } = useStickToEnd(view?.messages.at(-1)?.id);
	if (error !== undefined) return <Problem text={error} />;
	return (
		<>
			<nav class="chat-list" aria-label="Conversations">
				{(view?.chats ?? []).map(({ person, lastText }) => (
					<a
						key={person.id}
						class="person"
						href={hrefOf('fanfou', me, 'messages', person.id)}
						aria-current={person.id === withId ? 'page' : undefined}
					>
						<Avatar id={person.id} name={person.name} pictureUrl={person.avatarUrl} />
						<span class="picker-text">
							<span class="picker-name">{person.name}</span>
							<span class="picker-label ellipsis">{lastText}</span>
						</span>
					</a>
				))}
				{view?.chats.length === 0 && <Empty title="No messages yet" />}
			</nav>
			{withId !== undefined && (
				<>
					<div
						class="messages"
						ref={ref}
						onScroll={onScroll}
						tabIndex={0}
						role="region"
						aria-label="Messages"
					>
						<ul class="bubbles">
							{(view?.messages ?? []).map(({ id, isMine, text, time }) => (
								<li key={id} class={classes('bubble-row', isMine && 'bubble-row-mine')}>
									<div class={classes('bubble', isMine && 'bubble-mine')}>
										<p class="message-text">{text}</p>
										<p class="bubble-foot">
											<Time ms={time} />
										</p>
									</div>
								</li>
							))}
						</ul>
					</div>
					<Composer
						label="Direct message"
						placeholder="Write a direct message"
						send={(text) => act('fanfou', 'dm', { from: me, to: withId, text })}
					/>
				</>
			)}
		</>
	);
}

function Profile({ profile, me }: { profile: ProfileView; me: string }): JSX.Element {
	const { person, isFollowing, isFollower, hasRequested, requests } = profile;
	const isOwn = person.id === me;
	const people = { from: me, to: person.id };
	return (
		<section class="panel profile" aria-label={person.name}>
			<div class="profile-head">
				<Avatar id={person.id} name={person.name} pictureUrl={person.avatarUrl} size="large" />
				<div>
					<h2 class="profile-name">{person.name}</h2>
					<p class="hint">
						{person.id}
						{person.location === '' ? '' : ` · ${person.location}`}
					</p>
				</div>
			</div>
			{person.description !== '' && <p class="message-text">{person.description}</p>}
			<dl class="facts">
				<dt>Statuses</dt>
				<dd>{profile.statuses}</dd>
				<dt>Follows</dt>
				<dd>{profile.friends}</dd>
				<dt>Followers</dt>
				<dd>{profile.followers}</dd>
			</dl>
			{!isOwn && (
				<div class="button-row">
					{isFollowing ? (
						<ActionButton run={() => act('fanfou', 'unfollow', people)}>Unfollow</ActionButton>
					) : (
						<ActionButton
							variant="primary"
							disabled={hasRequested}
							run={() => act('fanfou', person.isProtected ? 'request' : 'follow', people)}
						>
							{hasRequested ? 'Requested' : person.isProtected ? 'Ask to follow' : 'Follow'}
						</ActionButton>
					)}
					<a class="button button-plain" href={hrefOf('fanfou', me, 'messages', person.id)}>
						Message
					</a>
					{isFollower && <Badge>Follows you</Badge>}
				</div>
			)}
			{isOwn && (
				<ActionButton
					pressed={person.isProtected}
					run={() => act('fanfou', 'protect', { user: me, on: !person.isProtected })}
				>
					{person.isProtected ? 'Make public' : 'Protect the account'}
				</ActionButton>
			)}
			{requests.length > 0 && (
				<>
					<h3 class="server-name">Follow requests</h3>
					<ul class="requests">
						{requests.map(({ id, name }) => (
							<li key={id}>
								<span class="ellipsis">{name}</span>
								<ActionButton
									label={`Accept ${name}`}
									run={() => act('fanfou', 'accept', { owner: me, from: id })}
								>
									Accept
								</ActionButton>
							</li>
						))}
					</ul>
				</>
			)}
		</section>
	);
}

/** Fanfou as one of its users: timelines, statuses, follows and direct messages. */
export function FanfouPage({
	route,
	demoUser,
}: {
	route: string[];
	demoUser: string;
}): JSX.Element {
	const [stored, store] = useStored('fanfou.user', demoUser);
	const [search, setSearch] = useState('');
	const user = route[0] ?? stored;
	const place = route[1] ?? 'home';
	const of = place === 'profile' ? route[2] : undefined;
	const withId = place === 'messages' ? route[2] : undefined;
	const { view: people, isStale } = useView<PeopleView>(withQuery('fanfou/people', { search }), {
		keepsPrevious: true,
	});
	const {
		view: me,
		error,
		isRefused,
	} = useView<ProfileView>(withQuery('fanfou/profile', { user }));
	useEffect(() => {
		if (isRefused) store(demoUser);
	}, [isRefused]);
	const { view: other } = useView<ProfileView>(
		withQuery('fanfou/profile', { user, of: of ?? withId ?? user }),
	);
	useEffect(() => {
		if (me) store(me.person.id);
	}, [me?.person.id]);
	const tab = TABS.find(({ name }) => name === place)?.name;
	return (
		<div class="page page-people">
			<h1 class="visually-hidden">Fanfou</h1>
			<div class="people-bar">
				<PersonPicker
					label="You are"
					selected={me && toPicked(me.person)}
					people={(people?.people ?? []).map(toPicked)}
					total={people?.total ?? 0}
					search={search}
					isSearching={isStale}
					onSearch={setSearch}
					onSelect={(id) => {
						navigate('fanfou', id, tab ?? 'home');
					}}
				/>
				{of !== undefined && (
					<a class="button button-plain" href={hrefOf('fanfou', user, 'home')}>
						Back to home
					</a>
				)}
			</div>
			<Problem text={error} />
			{me && (
				<div class="columns">
					{other ? <Profile profile={other} me={user} /> : <div class="panel profile" />}
					<section class="panel conversation" aria-label="Timeline">
						<header class="panel-head">
							{of === undefined ? (
								<Tabs
									label="What to show"
									tabs={TABS}
									selected={tab ?? 'home'}
									onSelect={(name) => {
										navigate('fanfou', user, name);
									}}
								/>
							) : (
								<h2 class="panel-title">Statuses of {other?.person.name}</h2>
							)}
						</header>
						{place === 'messages' ? (
							<Messages me={user} withId={withId} />
						) : (
							<Timeline
								key={`${user} ${place} ${of ?? ''}`}
								name={
									of === undefined ? (tab === 'messages' ? 'home' : (tab ?? 'home')) : 'profile'
								}
								me={me}
								{...(of === undefined ? {} : { of })}
							/>
						)}
					</section>
					<SentPanel service="fanfou" />
				</div>
			)}
		</div>
	);
}
