import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type {
	MediaView,
	MessageView,
	PeopleView,
	PersonView,
	PostView,
	RelationView,
} from '../../fanvue/views';
import { act, withQuery, type Values } from './api';
import { Icon } from './icon';
import { useView } from './live';
import { PersonPicker, type PickedPerson } from './personPicker';
import { navigate, useStored } from './route';
import { SentPanel } from './sentPanel';
import { useStickToEnd } from './stickToEnd';
import {
	ActionButton,
	Avatar,
	Badge,
	classes,
	Composer,
	countOf,
	Dialog,
	Empty,
	formatDate,
	formatMoney,
	Problem,
	Tabs,
	Time,
} from './ui';

const REACTIONS = ['❤️', '🔥', '😂', '👏'];
const TIPS = [300, 500, 1000, 5000];

/** What one fan does with one creator. */
type FanAction = (action: string, input?: Values) => Promise<unknown>;

function toPicked({ handle, name, isOnline, avatarUrl }: PersonView): PickedPerson {
	const detail = `@${handle}${isOnline ? ' · online' : ''}`;
	return { id: handle, name, detail, pictureUrl: avatarUrl };
}

function Media({ media }: { media: MediaView[] }): JSX.Element | null {
	if (media.length === 0) return null;
	return (
		<ul class="media">
			{media.map(({ uuid, name, type, pictureUrl, isLocked }) => (
				<li key={uuid} class={classes('media-item', isLocked && 'media-locked')}>
					{pictureUrl === null ? (
						<span class="attachment">
							{type}: {name}
						</span>
					) : (
						<img src={pictureUrl} alt={isLocked ? `Locked ${type}` : name} />
					)}
					{isLocked && (
						<span class="media-lock">
							<Icon name="lock" />
						</span>
					)}
				</li>
			))}
		</ul>
	);
}

function Message({ message, run }: { message: MessageView; run: FanAction }): JSX.Element {
	const { uuid: messageUuid, text, isFromFan, price, isPaid, tip, media, reactions } = message;
	return (
		<li class={classes('bubble-row', isFromFan && 'bubble-row-mine')}>
			<div class={classes('bubble', isFromFan && 'bubble-mine')}>
				{tip !== null && (
					<p class="message-text">
						<Icon name="coin" /> Tip of {formatMoney(tip)}
					</p>
				)}
				{text !== null && <p class="message-text">{text}</p>}
				<Media media={media} />
				{price !== null && (
					<p class="price">
						{isPaid || isFromFan ? (
							<Badge kind="good">Paid {formatMoney(price)}</Badge>
						) : (
							<ActionButton variant="primary" run={() => run('unlock', { messageUuid })}>
								Unlock for {formatMoney(price)}
							</ActionButton>
						)}
					</p>
				)}
				<p class="bubble-foot">
					<Time ms={message.time} />
					{isFromFan && <span class="hint">{message.isRead ? 'read' : 'sent'}</span>}
					{message.type === 'BROADCAST' && <Badge>Mass message</Badge>}
				</p>
			</div>
			<div class="reactions">
				{reactions.map((emoji, index) => (
					<span key={index} class="reaction">
						{emoji}
					</span>
				))}
				{!isFromFan &&
					REACTIONS.map((emoji) => (
						<ActionButton
							key={emoji}
							variant="quiet"
							label={`React with ${emoji}`}
							run={() => run('react', { messageUuid, emoji })}
						>
							{emoji}
						</ActionButton>
					))}
			</div>
		</li>
	);
}

function Chat({ relation, run }: { relation: RelationView; run: FanAction }): JSX.Element {
	const { messages, creator, fan } = relation;
	const { ref, onScroll } = useStickToEnd(messages.at(-1)?.uuid);
	return (
		<>
			<div
				class="messages"
				ref={ref}
				onScroll={onScroll}
				tabIndex={0}
				role="region"
				aria-label="Messages"
			>
				{messages.length === 0 ? (
					<Empty title="No messages yet">Write to {creator.name} to open the chat.</Empty>
				) : (
					<ul class="bubbles">
						{messages.map((message) => (
							<Message key={message.uuid} message={message} run={run} />
						))}
					</ul>
				)}
			</div>
			<Composer
				label={`Message to ${creator.name}`}
				placeholder={`Write as ${fan.name}`}
				send={(text) => run('message', { text })}
			/>
		</>
	);
}

const LOCK_TEXTS: Record<NonNullable<PostView['lock']>, string> = {
	subscribe: 'Subscribe to see this post',
	follow: 'Follow to see this post',
	buy: 'Buy to see this post',
};

function Post({ post, run }: { post: PostView; run: FanAction }): JSX.Element {
	const { uuid: postUuid, lock, price } = post;
	return (
		<li class="feed-item">
			<p class="message-head">
				<Time ms={post.time} />
				<Badge>{post.audience === 'subscribers' ? 'Subscribers' : 'Followers too'}</Badge>
				{post.isPaid && <Badge kind="good">Bought</Badge>}
				{lock !== null && <Badge kind="warning">{LOCK_TEXTS[lock]}</Badge>}
			</p>
			{post.text !== null && <p class="message-text">{post.text}</p>}
			<Media media={post.media} />
			<div class="reactions">
				<ActionButton
					variant="chip"
					pressed={post.isLiked}
					label={`Like, ${post.likes}`}
					run={() => run('likePost', { postUuid })}
				>
					<Icon name="heart" /> {post.likes}
				</ActionButton>
				{price !== null && !post.isPaid && (
					<ActionButton variant="primary" run={() => run('buyPost', { postUuid })}>
						Buy for {formatMoney(price)}
					</ActionButton>
				)}
				<ActionButton run={() => run('tip', { postUuid, amount: 500 })}>Tip $5.00</ActionButton>
			</div>
			{post.comments.length > 0 && (
				<ul class="comments">
					{post.comments.map((comment) => (
						<li key={comment.uuid}>
							<span class="message-author">{comment.name}</span> {comment.text}
						</li>
					))}
				</ul>
			)}
			<Composer
				label="Comment on the post"
				placeholder="Write a comment"
				buttonText="Comment"
				send={(text) => run('commentPost', { postUuid, text })}
			/>
		</li>
	);
}

function TipDialog({ run, onClose }: { run: FanAction; onClose: () => void }): JSX.Element {
	const [amount, setAmount] = useState('5.00');
	const tip = async (cents: number): Promise<void> => {
		await run('tip', { amount: cents });
		document.querySelector('dialog')?.close();
	};
	const cents = Math.round(Number(amount) * 100);
	return (
		<Dialog title="Send a tip" onClose={onClose}>
			<div class="button-row">
				{TIPS.map((value) => (
					<ActionButton key={value} run={() => tip(value)}>
						{formatMoney(value)}
					</ActionButton>
				))}
			</div>
			<label class="field">
				<span>Another amount in dollars</span>
				<input
					class="input"
					inputMode="decimal"
					value={amount}
					onInput={(event) => {
						setAmount(event.currentTarget.value);
					}}
				/>
			</label>
			<ActionButton variant="primary" disabled={!(cents > 0)} run={() => tip(cents)}>
				Tip {cents > 0 ? formatMoney(cents) : ''}
			</ActionButton>
		</Dialog>
	);
}

/** The relation of the fan and the creator, and what changes it. */
function Relation({ relation, run }: { relation: RelationView; run: FanAction }): JSX.Element {
	const [isTipping, setIsTipping] = useState(false);
	const { creator, fan, isFollowing, subscription, spent } = relation;
	return (
		<section class="panel profile" aria-label={creator.name}>
			<div class="profile-head">
				<Avatar
					id={creator.handle}
					name={creator.name}
					pictureUrl={creator.avatarUrl}
					size="large"
				/>
				<div>
					<h2 class="profile-name">{creator.name}</h2>
					<p class="hint">
						@{creator.handle} · {countOf(creator.subscribers, 'subscriber')}
					</p>
				</div>
			</div>
			{creator.bio !== '' && <p class="message-text">{creator.bio}</p>}
			<dl class="facts">
				<dt>Subscription</dt>
				<dd>
					{subscription ? (
						<>
							<Badge kind="good">Active</Badge> {formatMoney(subscription.price)} a month,{' '}
							{subscription.autoRenewal ? 'renews' : 'ends'} {formatDate(subscription.periodEnd)}
						</>
					) : (
						'None'
					)}
				</dd>
				<dt>Spent so far</dt>
				<dd>{formatMoney(spent)}</dd>
				{relation.scheduledPosts > 0 && (
					<>
						<dt>Scheduled posts</dt>
						<dd>{relation.scheduledPosts}</dd>
					</>
				)}
			</dl>
			<div class="button-row">
				{subscription ? (
					<>
						<ActionButton
							run={() => run('autoRenewal', { autoRenewal: !subscription.autoRenewal })}
						>
							{subscription.autoRenewal ? 'Cancel renewal' : 'Renew again'}
						</ActionButton>
						<ActionButton run={() => run('renew')}>Renew now</ActionButton>
						<ActionButton variant="danger" run={() => run('unsubscribe')}>
							End now
						</ActionButton>
					</>
				) : (
					<ActionButton variant="primary" run={() => run('subscribe')}>
						Subscribe for {formatMoney(creator.price ?? 0)}
					</ActionButton>
				)}
				<ActionButton pressed={isFollowing} run={() => run(isFollowing ? 'unfollow' : 'follow')}>
					{isFollowing ? 'Unfollow' : 'Follow'}
				</ActionButton>
				<button
					type="button"
					class="button button-plain"
					onClick={() => {
						setIsTipping(true);
					}}
				>
					Tip
				</button>
				<ActionButton run={() => run('presence', { isOnline: !fan.isOnline })}>
					{fan.isOnline ? 'Go offline' : 'Go online'}
				</ActionButton>
			</div>
			{isTipping && (
				<TipDialog
					run={run}
					onClose={() => {
						setIsTipping(false);
					}}
				/>
			)}
		</section>
	);
}

const TABS = [
	{ name: 'chat', title: 'Chat' },
	{ name: 'posts', title: 'Posts' },
] as const;

/** Fanvue as one of its fans: a creator's profile, the chat and the posts. */
export function FanvuePage({ route, demoFan }: { route: string[]; demoFan: string }): JSX.Element {
	const [storedFan, storeFan] = useStored('fanvue.fan', demoFan);
	const [search, setSearch] = useState('');
	const fan = route[0] ?? storedFan;
	const creator = route[1] ?? 'mira';
	const tab = TABS.find(({ name }) => name === route[2])?.name ?? 'chat';
	const { view: people, isStale } = useView<PeopleView>(withQuery('fanvue/people', { search }), {
		keepsPrevious: true,
	});
	const {
		view: relation,
		error,
		isRefused,
	} = useView<RelationView>(withQuery('fanvue/relation', { creator, fan }));
	useEffect(() => {
		if (isRefused) storeFan(demoFan);
	}, [isRefused]);
	useEffect(() => {
		if (relation) storeFan(relation.fan.handle);
	}, [relation?.fan.handle]);
	const run: FanAction = (action, input = {}) => act('fanvue', action, { ...input, creator, fan });
	return (
		<div class="page page-people">
			<h1 class="visually-hidden">Fanvue</h1>
			<div class="people-bar">
				<PersonPicker
					label="You are"
					selected={relation && toPicked(relation.fan)}
					people={(people?.fans ?? []).map(toPicked)}
					total={people?.total ?? 0}
					search={search}
					isSearching={isStale}
					onSearch={setSearch}
					onSelect={(id) => {
						navigate('fanvue', id, creator, tab);
					}}
				/>
				<label class="field field-inline">
					<span>Creator</span>
					<select
						class="input"
						value={creator}
						onChange={(event) => {
							navigate('fanvue', fan, event.currentTarget.value, tab);
						}}
					>
						{(people?.creators ?? []).map(({ handle, name }) => (
							<option key={handle} value={handle}>
								{name}
							</option>
						))}
					</select>
				</label>
			</div>
			<Problem text={error} />
			{relation && (
				<div class="columns">
					<Relation relation={relation} run={run} />
					<section
						class="panel conversation"
						aria-label={`Chat and posts of ${relation.creator.name}`}
					>
						<header class="panel-head">
							<Tabs
								label="What to show"
								tabs={TABS}
								selected={tab}
								onSelect={(name) => {
									navigate('fanvue', fan, creator, name);
								}}
							/>
						</header>
						{tab === 'chat' ? (
							<Chat key={`${fan} ${creator}`} relation={relation} run={run} />
						) : (
							<ul class="feed">
								{relation.posts.map((post) => (
									<Post key={post.uuid} post={post} run={run} />
								))}
								{relation.posts.length === 0 && <Empty title="No posts yet" />}
							</ul>
						)}
					</section>
					<SentPanel service="fanvue" />
				</div>
			)}
		</div>
	);
}
