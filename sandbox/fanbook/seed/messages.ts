import { writeJson } from '../../core/json';
import { DEMO } from '../../demo';
import { createTextContent } from '../content';
import type { Comment, Like, Post } from '../model';
import type { EventPublisher } from '../eventPublisher';
import { SAMPLE_END, sampleUserId } from './servers';
import { createSnowflake } from '../ids';
import type { FanbookState } from '../state';

const MESSAGES = 230;
const POSTS = 45;
const MINUTE = 60_000;

const LINES = [
	'Good morning everyone',
	'Who brings the tea tonight?',
	'灯笼已经点亮了',
	'The map is at https://map.example.com/town',
	'I lost my umbrella near the bridge',
	'明天一起去集市吗?',
	'Thank you for the help yesterday',
	'Does anyone have the recipe for the dumplings?',
	'See you at the square at eight',
	'那本书很好看',
];
const LINE_CONTENTS = LINES.map(createTextContent);

const CARD = {
	tag: 'column',
	children: [
		{ tag: 'text', data: 'Market day', style: { fontSize: 16, fontWeight: 'medium' } },
		{ tag: 'divider' },
		{ tag: 'button', label: 'I am coming', category: 'outlined', size: 'medium' },
	],
};

/** Contents other than text, by their index in the history of the lobby. */
const OTHER_CONTENTS: Record<number, unknown> = {
	20: {
		type: 'image',
		url: 'https://cdn.example.com/photo/1.jpg',
		width: 1600,
		height: 900,
		fileType: 'image/jpeg',
	},
	60: {
		type: 'richText',
		title: 'Rules of the town',
		document: writeJson([{ insert: 'Be kind' }, { insert: '\n' }]),
		v2: writeJson([{ insert: 'Be kind' }, { insert: '\n' }]),
		v: 2,
	},
	100: { type: 'voice', url: 'https://cdn.example.com/voice/1.aac', second: 12, isRead: false },
	140: { type: 'messageCard', data: writeJson(CARD), notification: 'Market day' },
	180: {
		type: 'video',
		url: 'https://cdn.example.com/video/1.mp4',
		videoName: 'bridge.mp4',
		width: 1280,
		height: 720,
		thumbUrl: 'https://cdn.example.com/video/1.jpg',
		thumbWidth: 320,
		thumbHeight: 180,
		duration: 9,
		fileType: 'video/mp4',
	},
};

function seedLobby(state: FanbookState, publisher: EventPublisher): void {
	const channel = state.channel(DEMO.fanbook.lobbyChannelId);
	let root: string | null = null;
	for (let index = 0; index < MESSAGES; index += 1) {
		const time = SAMPLE_END - (MESSAGES - index) * MINUTE;
		const otherContent = OTHER_CONTENTS[index];
		const lineContent = LINE_CONTENTS[index % LINES.length] ?? '';
		const message = publisher.storeMessage(
			{
				channel,
				userId: sampleUserId((index * 7) % 40),
				content: otherContent === undefined ? lineContent : writeJson(otherContent),
				// Message 10 is the root of a thread with the following 20 messages.
				quoteL1: index > 10 && index <= 30 && otherContent === undefined ? root : null,
			},
			createSnowflake(time),
			time,
		);
		if (index === 10) root = message.id;
		if (index === 60) message.pinned = true;
		if (index === 30) {
			const userIds = [sampleUserId(1), sampleUserId(2)];
			message.reactions.push({ name: encodeURIComponent('赞'), avatar: '', userIds });
		}
	}
}

function seedPost(state: FanbookState, index: number): Post {
	const { serverId, circleChannelId } = DEMO.fanbook;
	const createdAt = SAMPLE_END - (POSTS - index) * 60 * MINUTE;
	const topics = state.server(serverId).topics;
	const isBusy = index === POSTS - 1;
	const likes: Like[] = Array.from({ length: isBusy ? 130 : index % 5 }, (_, n) => ({
		id: createSnowflake(createdAt + n * 1000, 1),
		userId: sampleUserId(n),
	}));
	const comments: Comment[] = Array.from({ length: isBusy ? 65 : index % 3 }, (_, n) => ({
		id: createSnowflake(createdAt + n * 1000, 2),
		userId: sampleUserId(n + 3),
		content: LINE_CONTENTS[n % LINES.length] ?? '',
		quoteL1: null,
		createdAt: createdAt + n * 1000,
	}));
	const first = comments[0];
	if (isBusy && first) {
		for (let n = 0; n < 25; n += 1) {
			const time = createdAt + (100 + n) * 1000;
			const reply: Comment = {
				id: createSnowflake(time, 3),
				userId: sampleUserId(n),
				content: createTextContent(`Answer ${n + 1}`),
				quoteL1: first.id,
				createdAt: time,
			};
			comments.push(reply);
		}
	}
	return {
		id: createSnowflake(createdAt),
		serverId,
		channelId: circleChannelId,
		topicId: topics[index % topics.length]?.id ?? circleChannelId,
		userId: sampleUserId(index % 12),
		title: `Lantern diary ${index + 1}`,
		content: writeJson([{ insert: `${LINES[index % LINES.length] ?? ''}\n` }]),
		hasVideo: index % 9 === 0,
		mentions: [],
		createdAt,
		updatedAt: createdAt,
		likes,
		comments,
	};
}

function seedBadge(state: FanbookState): void {
	const { serverId, userId, botId } = DEMO.fanbook;
	const member = state.server(serverId).members.get(userId);
	const authority = { icon: 'https://cdn.example.com/icon/lantern.png', name: 'Lantern Town' };
	const badge = { authority, slots: [[{ label: 'Signed in', value: '7 days' }]] };
	member?.credits.set('sample-badge-0001', {
		cardId: 'sample-badge-0001',
		botId,
		content: writeJson(badge),
		title: null,
		version: 1,
		index: 0,
		kind: 'badge',
	});
}

/** Adds messages, posts and a badge to the seeded servers. */
export function seedMessages(state: FanbookState, publisher: EventPublisher): void {
	seedLobby(state, publisher);
	for (let index = 0; index < POSTS; index += 1) {
		const post = seedPost(state, index);
		state.posts.set(post.id, post);
	}
	seedBadge(state);
}
