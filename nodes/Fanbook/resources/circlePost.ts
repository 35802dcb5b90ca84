import { optionsField, idField, int64Field, textField } from '../../shared/definition/fields';
import type { Field, Operation, Resource } from '../../shared/definition/operation';
import {
	asInt64,
	circleChannel,
	member,
	longIdField,
	post,
	server,
	serverForLists,
	topic,
} from '../commonFields';

const read = { writes: false } as const;

const listId: Field = idField('list_id', 'Start At ID', 'ID of the comment to start from', {
	placeholder: 'e.g. 471883502148419584',
});

const get: Operation = {
	...read,
	name: 'Get',
	action: 'Get a circle post',
	description: 'Get one post of a circle',
	endpoint: 'POST circle/detail',
	fields: [serverForLists, circleChannel({ required: false }), post()],
	additionalFields: [topic()],
};

const getMany: Operation = {
	...read,
	name: 'Get Many',
	action: 'Get many circle posts',
	description: 'Get the posts of a circle channel',
	endpoint: 'POST circle/postList',
	paging: 'posts',
	fields: [server(), circleChannel()],
	filters: [
		topic(),
		textField('wd', 'Search', 'Only posts with this word'),
		optionsField('has_video', 'Has Video', 'Only posts with or without a video', [
			{ name: 'With Video', value: '1' },
			{ name: 'Without Video', value: '0' },
		]),
	],
};

const getCircleInfo: Operation = {
	...read,
	name: 'Get Circle Info',
	action: 'Get the circle of a server',
	description: 'Get the circle channels and topics of a server',
	endpoint: 'POST v2/circle/info',
	fields: [server(asInt64)],
};

const getReactions: Operation = {
	...read,
	name: 'Get Reactions',
	action: 'Get the reactions to a circle post',
	description: 'Get the users who reacted to a post',
	endpoint: 'POST v2/circle/reactionList',
	paging: 'reactions',
	fields: [serverForLists, post()],
};

const getComments: Operation = {
	...read,
	name: 'Get Comments',
	action: 'Get the comments on a circle post',
	description: 'Get the comments on a post',
	endpoint: 'POST v2/circle/commentList',
	paging: 'comments',
	fields: [serverForLists, circleChannel(), post()],
	filters: [
		listId,
		int64Field('since_id', 'Since ID', 'Return only comments after Start At ID', {
			placeholder: 'e.g. 471883502148419584',
		}),
	],
};

const getCommentReplies: Operation = {
	...read,
	name: 'Get Comment Replies',
	action: 'Get the replies to a comment',
	description: 'Get the replies to a comment on a post',
	endpoint: 'POST v2/circle/commentReplyList',
	paging: 'comments',
	fields: [
		serverForLists,
		post(),
		longIdField('comment_id', 'Comment ID', 'The comment', {
			placeholder: 'e.g. 471883502148419584',
		}),
	],
};

const remove: Operation = {
	name: 'Delete',
	action: 'Delete a circle post',
	description: 'Delete a post of a circle',
	endpoint: 'DELETE v2/circle/postDelete',
	scopes: ['MANAGE_CIRCLE'],
	emptyResult: 'deleted',
	confirmation: { consequence: 'A deleted post cannot be restored' },
	fields: [
		serverForLists,
		circleChannel(),
		post(),
		topic(),
		textField('reason', 'Reason', 'Reason for the deletion'),
	],
};

const getReactingMembers: Operation = {
	...read,
	name: 'Get Reacting Members',
	action: 'Get the members who reacted to a circle post',
	description: 'Get the members of the server who reacted to a post',
	endpoint: 'POST getCircleReactionList',
	paging: 'circleMembers',
	fields: [server(), post()],
};

const getCommentingMembers: Operation = {
	...read,
	name: 'Get Commenting Members',
	action: 'Get the members who commented on a circle post',
	description: 'Get the members of the server who commented on a post',
	endpoint: 'POST getCircleCommentList',
	paging: 'circleMembers',
	fields: [server(), post()],
};

const getBenefitFeed: Operation = {
	...read,
	name: 'Get Benefit Feed',
	action: 'Get the benefit feed of a user',
	description: 'Get the benefit posts visible to a user',
	endpoint: 'POST v2/feeds/benefits',
	paging: 'benefits',
	fields: [serverForLists, member()],
};

export const circlePost: Resource = {
	name: 'Circle Post',
	preferred: 'Get Many',
	operations: [
		get,
		getMany,
		getCircleInfo,
		getReactions,
		getComments,
		getCommentReplies,
		getReactingMembers,
		getCommentingMembers,
		getBenefitFeed,
		remove,
	],
};
