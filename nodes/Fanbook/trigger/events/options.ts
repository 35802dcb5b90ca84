import type { FieldOption } from '../../../shared/definition/operation';

/** Options of the trigger's lists. The values are the names used in the output. */

export const EVENT_OPTIONS: FieldOption[] = [
	{
		name: 'Any Event',
		value: 'any',
		description: 'Every event, including those that this node does not know by name',
	},
	{
		name: 'Bot Mentioned',
		value: 'botMentioned',
		description: 'A message mentions the bot (@机器人)',
	},
	{
		name: 'Button Clicked',
		value: 'buttonClicked',
		description: 'Someone clicks a button of an inline keyboard',
	},
	{
		name: 'Card Clicked',
		value: 'cardClicked',
		description: 'Someone clicks a slot of a message card (消息卡片). Update Queue only.',
	},
	{
		name: 'Circle Comment Created',
		value: 'circleCommentCreated',
		description: 'A user comments on a circle post (圈子评论). Update Queue only.',
	},
	{
		name: 'Circle Post Created',
		value: 'circlePostCreated',
		description: 'Someone posts in a circle (圈子)',
	},
	{
		name: 'Circle Post Liked',
		value: 'circlePostLiked',
		description: 'Someone likes a circle post',
	},
	{
		name: 'Circle Shared',
		value: 'circleShared',
		description: 'Someone shares a circle post into a channel',
	},
	{
		name: 'Member Joined',
		value: 'memberJoined',
		description: 'Someone joins a server. Contains the invite code if Fanbook sends it.',
	},
	{
		name: 'Member Left',
		value: 'memberLeft',
		description: 'Someone leaves a server or is removed from it',
	},
	{
		name: 'Member Offline',
		value: 'memberOffline',
		description: 'A member goes offline. Update Queue only.',
	},
	{
		name: 'Member Online',
		value: 'memberOnline',
		description: 'A member goes online. Update Queue only.',
	},
	{
		name: 'Message',
		value: 'message',
		description: 'A message is posted, in a channel or in a private chat with the bot',
	},
	{
		name: 'Message Edited',
		value: 'messageEdited',
		description: 'A message is edited. Update Queue only.',
	},
	{
		name: 'Message Pinned',
		value: 'messagePinned',
		description: 'A message is pinned or unpinned. Update Queue only.',
	},
	{
		name: 'Notification',
		value: 'notification',
		description: 'A server notice or a community notification (社区通知)',
	},
	{
		name: 'Private Message',
		value: 'privateMessage',
		description: 'Someone writes to the bot in private (私信)',
	},
	{
		name: 'Reaction Added',
		value: 'reactionAdded',
		description: 'Someone reacts to a message (表态)',
	},
	{
		name: 'Topic Shared',
		value: 'topicShared',
		description: 'Someone shares a thread (话题) into a channel',
	},
];

export const MESSAGE_TYPE_OPTIONS: FieldOption[] = [
	{ name: 'Image', value: 'image' },
	{ name: 'Message Card', value: 'messageCard' },
	{ name: 'Other', value: 'other' },
	{ name: 'Rich Text', value: 'richText' },
	{ name: 'Text', value: 'text' },
	{ name: 'Video', value: 'video' },
	{ name: 'Voice', value: 'voice' },
];
