import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type {
	ButtonView,
	ChannelSummary,
	ChannelView,
	CircleView,
	HomeView,
	MessageView,
	PeopleView,
	ServerView,
} from '../../fanbook/views';
import { act, withQuery } from './api';
import { Content } from './fanbookContent';
import { Icon, type IconName } from './icon';
import { useView } from './live';
import { PersonPicker } from './personPicker';
import { hrefOf, navigate, useStored } from './route';
import { SentPanel } from './sentPanel';
import { useStickToEnd } from './stickToEnd';
import {
	ActionButton,
	Avatar,
	Badge,
	classes,
	Composer,
	countOf,
	Empty,
	Problem,
	Time,
} from './ui';

const REACTIONS = ['👍', '❤️', '😂', '🎉', '👀'];
const PAGE = 40;
const KEEP = { keepsPrevious: true };

const CHANNEL_ICONS: Record<ChannelSummary['kind'], IconName> = {
	text: 'hash',
	circle: 'circle',
	voice: 'voice',
	link: 'link',
	private: 'mail',
	group: 'people',
	other: 'dot',
};

function ChannelLink({
	channel,
	userId,
	selectedId,
}: {
	channel: ChannelSummary;
	userId: string;
	selectedId: string;
}): JSX.Element {
	const name = (
		<>
			<Icon name={CHANNEL_ICONS[channel.kind]} />
			<span class="ellipsis">{channel.name}</span>
		</>
	);
	if (!channel.isVisible) {
		return (
			<span class="channel channel-hidden" title="This person cannot see this channel">
				{name}
				<span class="visually-hidden"> (not visible)</span>
			</span>
		);
	}
	return (
		<a
			class="channel"
			href={hrefOf('fanbook', userId, channel.id)}
			aria-current={channel.id === selectedId ? 'page' : undefined}
		>
			{name}
		</a>
	);
}

function ServerList({
	server,
	userId,
	selectedId,
}: {
	server: ServerView;
	userId: string;
	selectedId: string;
}): JSX.Element {
	const { id: serverId, isMember, isBotMember, memberCount, name } = server;
	return (
		<section class="server" aria-label={name}>
			<header class="server-head">
				<h2 class="server-name">{name}</h2>
				<ActionButton
					variant="quiet"
					label={`${isMember ? 'Leave' : 'Join'} ${name}`}
					run={() => act('fanbook', isMember ? 'leave' : 'join', { serverId, userId })}
				>
					{isMember ? 'Leave' : 'Join'}
				</ActionButton>
			</header>
			<p class="hint">
				{countOf(memberCount, 'member')}
				{isBotMember ? '' : ' · the bot is not here'}
			</p>
			<nav aria-label={`Channels of ${name}`}>
				{server.channels.map((channel) => (
					<ChannelLink key={channel.id} {...{ channel, userId, selectedId }} />
				))}
			</nav>
		</section>
	);
}

function KeyboardButton({
	button,
	message,
	userId,
}: {
	button: ButtonView;
	message: MessageView;
	userId: string;
}): JSX.Element {
	const { data, url, text } = button;
	if (url !== undefined && /^https?:\/\//i.test(url)) {
		return (
			<a class="button button-plain" href={url} target="_blank" rel="noopener noreferrer">
				{text} <Icon name="open" />
			</a>
		);
	}
	if (data === undefined) {
		return (
			<button type="button" class="button button-plain" disabled title={url}>
				{text}
			</button>
		);
	}
	return (
		<ActionButton
			run={() => act('fanbook', 'clickButton', { messageId: message.id, userId, data })}
		>
			{text}
		</ActionButton>
	);
}

function MessageTools({
	message,
	userId,
	onReply,
}: {
	message: MessageView;
	userId: string;
	onReply: () => void;
}): JSX.Element {
	const [isPicking, setIsPicking] = useState(false);
	const input = { messageId: message.id, userId };
	return (
		<div class="message-tools">
			<button type="button" class="button button-quiet" onClick={onReply}>
				Reply
			</button>
			<button
				type="button"
				class="button button-quiet"
				aria-expanded={isPicking}
				onClick={() => {
					setIsPicking(!isPicking);
				}}
			>
				React
			</button>
			{isPicking &&
				REACTIONS.map((emoji) => (
					<ActionButton
						key={emoji}
						variant="chip"
						label={`React with ${emoji}`}
						run={async () => {
							await act('fanbook', 'react', { ...input, emoji });
							setIsPicking(false);
						}}
					>
						{emoji}
					</ActionButton>
				))}
			{message.isMine && !message.isRecalled && (
				<ActionButton variant="quiet" run={() => act('fanbook', 'recall', input)}>
					Recall
				</ActionButton>
			)}
		</div>
	);
}

function MessageRow({
	message,
	userId,
	onReply,
}: {
	message: MessageView;
	userId: string;
	onReply: () => void;
}): JSX.Element {
	const { author, replyTo, reactions, keyboard, callbackAnswer } = message;
	return (
		<li
			class={classes('message', message.mentionsMe && 'message-mentions')}
			data-message-id={message.id}
		>
			<Avatar id={author.id} name={author.name} isBot={author.isBot} />
			<div class="message-body">
				<p class="message-head">
					<span class="message-author">{author.name}</span>
					{author.isBot && <Badge kind="accent">Bot</Badge>}
					<Time ms={message.time} />
					{message.isPinned && <Badge>Pinned</Badge>}
					{message.isEdited && <span class="hint">edited</span>}
				</p>
				{replyTo && (
					<p class="quote">
						<span class="quote-author">{replyTo.author}</span> {replyTo.text}
					</p>
				)}
				<Content message={message} userId={userId} />
				{keyboard.map((row, index) => (
					<div key={index} class="keyboard">
						{row.map((button) => (
							<KeyboardButton key={button.text} {...{ button, message, userId }} />
						))}
					</div>
				))}
				{callbackAnswer !== null && <p class="hint">The bot answered: {callbackAnswer}</p>}
				{reactions.length > 0 && (
					<div class="reactions">
						{reactions.map(({ name, picture, count, isMine }) => (
							<ActionButton
								key={name + picture}
								variant="chip"
								pressed={isMine}
								label={`${name || 'picture'}, ${count}`}
								run={() => act('fanbook', 'react', { messageId: message.id, userId, emoji: name })}
							>
								{name || <Icon name="image" />} {count}
							</ActionButton>
						))}
					</div>
				)}
				<MessageTools message={message} userId={userId} onReply={onReply} />
			</div>
		</li>
	);
}

function Conversation({ channelId, home }: { channelId: string; home: HomeView }): JSX.Element {
	const userId = home.person.id;
	const [count, setCount] = useState(PAGE);
	const [replyTo, setReplyTo] = useState<MessageView>();
	const [insertion, setInsertion] = useState<{ text: string }>();
	const { view: shown, error } = useView<ChannelView>(
		withQuery('fanbook/channel', { channelId, userId, count }),
		KEEP,
	);
	const { ref, onScroll } = useStickToEnd(shown?.messages.at(-1)?.id);
	if (error !== undefined) return <Problem text={error} />;
	if (!shown) return <Empty title="Loading …" />;
	const mention = `@${home.bot.name} `;
	const send = async (entered: string): Promise<void> => {
		const text = entered.replaceAll(mention.trim(), `\${@!${home.bot.id}}`);
		const reply = replyTo ? { replyTo: replyTo.id } : {};
		await act('fanbook', 'say', { channelId, userId, text, ...reply });
		setReplyTo(undefined);
	};
	return (
		<section class="panel conversation" aria-label={`Channel ${shown.name}`}>
			<header class="panel-head">
				<h2 class="panel-title">
					<Icon name={CHANNEL_ICONS[shown.kind]} /> {shown.name}
				</h2>
				{shown.topic !== '' && <span class="hint ellipsis">{shown.topic}</span>}
				{!shown.botCanView && <Badge kind="warning">The bot cannot see this channel</Badge>}
			</header>
			{shown.kind === 'link' && (
				<p class="hint">
					A channel that opens{' '}
					<a href={shown.link} target="_blank" rel="noopener noreferrer">
						{shown.link}
					</a>
				</p>
			)}
			<div
				class="messages"
				ref={ref}
				onScroll={onScroll}
				tabIndex={0}
				role="region"
				aria-label="Messages"
			>
				{shown.hasEarlier && (
					<button
						type="button"
						class="button button-quiet messages-earlier"
						onClick={() => {
							setCount(count + PAGE);
						}}
					>
						Earlier messages
					</button>
				)}
				{shown.messages.length === 0 ? (
					<Empty title="No messages yet">Say hello.</Empty>
				) : (
					<ul class="message-list">
						{shown.messages.map((message) => (
							<MessageRow
								key={message.id}
								message={message}
								userId={userId}
								onReply={() => {
									setReplyTo(message);
								}}
							/>
						))}
					</ul>
				)}
			</div>
			{shown.writeProblem !== null ? (
				<p class="notice-bar">{shown.writeProblem}</p>
			) : (
				<Composer
					key={channelId}
					label={`Message to ${shown.name}`}
					placeholder={`Write as ${home.person.name}`}
					send={send}
					insertion={insertion}
					tools={
						<>
							<button
								type="button"
								class="button button-quiet"
								onClick={() => {
									setInsertion({ text: mention });
								}}
							>
								Mention the bot
							</button>
							{replyTo && (
								<span class="reply-chip">
									Reply to {replyTo.author.name}
									<button
										type="button"
										class="button button-quiet"
										aria-label="Do not reply"
										onClick={() => {
											setReplyTo(undefined);
										}}
									>
										<Icon name="close" />
									</button>
								</span>
							)}
						</>
					}
				/>
			)}
		</section>
	);
}

function Circle({ channelId, userId }: { channelId: string; userId: string }): JSX.Element {
	const { view, error } = useView<CircleView>(withQuery('fanbook/circle', { channelId, userId }));
	if (error !== undefined) return <Problem text={error} />;
	if (!view) return <Empty title="Loading …" />;
	return (
		<section class="panel conversation" aria-label={`Circle ${view.name}`}>
			<header class="panel-head">
				<h2 class="panel-title">
					<Icon name="circle" /> {view.name}
				</h2>
			</header>
			<Composer
				label="New post"
				placeholder="Write a post"
				buttonText="Post"
				send={(text) => act('fanbook', 'createPost', { channelId, userId, text })}
			/>
			<ul class="feed">
				{view.posts.map((post) => (
					<li key={post.id} class="feed-item">
						<p class="message-head">
							<Avatar id={post.author.id} name={post.author.name} size="small" />
							<span class="message-author">{post.author.name}</span>
							<Time ms={post.time} />
						</p>
						{post.title !== '' && <h3 class="feed-title">{post.title}</h3>}
						<p class="message-text">{post.text}</p>
						<div class="reactions">
							<ActionButton
								variant="chip"
								pressed={post.isLiked}
								label={`Like, ${post.likes}`}
								run={() => act('fanbook', 'likePost', { postId: post.id, userId })}
							>
								<Icon name="heart" /> {post.likes}
							</ActionButton>
							<span class="hint">{countOf(post.commentCount, 'comment')}</span>
						</div>
						{post.comments.length > 0 && (
							<ul class="comments">
								{post.comments.map((comment) => (
									<li key={comment.id}>
										<span class="message-author">{comment.author.name}</span> {comment.text}
									</li>
								))}
							</ul>
						)}
						<Composer
							label={`Comment on ${post.title || 'the post'}`}
							placeholder="Write a comment"
							buttonText="Comment"
							send={(text) => act('fanbook', 'commentPost', { postId: post.id, userId, text })}
						/>
					</li>
				))}
			</ul>
		</section>
	);
}

function NewPerson({ serverId }: { serverId: string | undefined }): JSX.Element {
	const join = async (nickname: string): Promise<void> => {
		const { userId } = await act<{ userId: string }>('fanbook', 'join', { serverId, nickname });
		navigate('fanbook', userId);
		document.querySelector('dialog')?.close();
	};
	return (
		<Composer
			label="Name of a new person"
			placeholder="A new person joins: name"
			buttonText="Join"
			send={join}
		/>
	);
}

/** Fanbook as one of its users: servers, channels, messages, circle, private chat with the bot. */
export function FanbookPage({
	route,
	demo,
}: {
	route: string[];
	demo: { userId: string; channelId: string };
}): JSX.Element {
	const [stored, store] = useStored('fanbook.person', demo.userId);
	const [search, setSearch] = useState('');
	const [isListOpen, setIsListOpen] = useState(false);
	const userId = route[0] ?? stored;
	const channelId = route[1] ?? demo.channelId;
	const { view: people, isStale } = useView<PeopleView>(
		withQuery('fanbook/people', { search }),
		KEEP,
	);
	const { view: home, error, isRefused } = useView<HomeView>(withQuery('fanbook/home', { userId }));
	useEffect(() => {
		if (isRefused) store(demo.userId);
	}, [isRefused]);
	useEffect(() => {
		if (home) store(home.person.id);
	}, [home?.person.id]);
	useEffect(() => {
		setIsListOpen(false);
	}, [channelId]);
	const channels = home?.servers.flatMap((server) => server.channels) ?? [];
	const kind = channels.find(({ id }) => id === channelId)?.kind;
	const openPrivateChat = async (): Promise<void> => {
		const chat = await act<{ id: string | number }>('fanbook', 'privateChat', { userId });
		navigate('fanbook', userId, String(chat.id));
	};
	return (
		<div class="page page-people">
			<h1 class="visually-hidden">Fanbook</h1>
			<div class="people-bar">
				<PersonPicker
					label="You are"
					selected={home && { ...home.person, detail: home.person.username }}
					people={(people?.people ?? []).map((person) => ({ ...person, detail: person.username }))}
					total={people?.total ?? 0}
					search={search}
					isSearching={isStale}
					onSearch={setSearch}
					onSelect={(id) => {
						navigate('fanbook', id, channelId);
					}}
				>
					<NewPerson serverId={home?.servers[0]?.id} />
				</PersonPicker>
				<ActionButton run={openPrivateChat}>Message the bot</ActionButton>
				<button
					type="button"
					class="button button-plain only-narrow"
					aria-expanded={isListOpen}
					onClick={() => {
						setIsListOpen(!isListOpen);
					}}
				>
					Channels
				</button>
			</div>
			<Problem text={error} />
			{home && (
				<div class="columns">
					<div class={classes('panel side-list', isListOpen && 'side-list-open')}>
						{home.servers.map((server) => (
							<ServerList key={server.id} {...{ server, userId }} selectedId={channelId} />
						))}
						<section class="server" aria-label="Chats">
							<h2 class="server-name">Chats</h2>
							<nav aria-label="Private and group chats">
								{home.chats.map((channel) => (
									<ChannelLink key={channel.id} {...{ channel, userId }} selectedId={channelId} />
								))}
							</nav>
							{home.chats.length === 0 && <p class="hint">No chats yet.</p>}
						</section>
					</div>
					{kind === 'circle' ? (
						<Circle channelId={channelId} userId={userId} />
					) : (
						<Conversation key={`${channelId} ${userId}`} channelId={channelId} home={home} />
					)}
					<SentPanel service="fanbook" />
				</div>
			)}
		</div>
	);
}
