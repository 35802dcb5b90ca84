import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodeType } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { z } from 'zod';
import { optionValue } from '../../nodes/shared/definition/naming';
import { fanbook } from '../../nodes/Fanbook/service';
import { fanfou } from '../../nodes/Fanfou/service';
import { fanvue } from '../../nodes/Fanvue/service';
import { shippedNodes } from '../../scripts/shipped';

/** Rules for what a panel shows, checked on the descriptions that n8n loads. */

const nodes = shippedNodes();

/** An empty value removes something, so the field must be left out to keep it. */
const CLEARED_WHEN_EMPTY = ['agency/updateTeamMember/updateFields'];

/** Collections of optional fields with their place, also those within other collections. */
function collections(properties: INodeProperties[], place = ''): Array<[string, INodeProperties]> {
	return properties.flatMap((property) => {
		const { resource, operation } = property.displayOptions?.show ?? {};
		const at = [place, resource?.join(), operation?.join(), property.name]
			.filter((part) => part !== undefined && part !== '')
			.join('/');
		const inner = (property.options ?? []).flatMap((option) =>
			'type' in option ? [option] : 'values' in option ? option.values : [],
		);
		return [
			...(property.type === 'collection' ? [[at, property] as [string, INodeProperties]] : []),
			...collections(inner, at),
		];
	});
}

test.each(nodes)('$className has no collection with a single member', ({ node }) => {
	const single = collections(node.description.properties)
		.filter(([, { options = [] }]) => options.length < 2)
		.map(([place]) => place);
	expect(single.filter((place) => !CLEARED_WHEN_EMPTY.includes(place))).toEqual([]);
});

const codex = z.object({
	alias: z.array(z.string()),
	resources: z.object({ primaryDocumentation: z.array(z.object({ url: z.string() })) }),
});

test.each(nodes)('$className is found by tasks in both languages', ({ file }) => {
	const { alias } = codex.parse(
		JSON.parse(readFileSync(file.replace(/\.(ts|js)$/, '.json'), 'utf8')),
	);
	expect(alias.map((word) => word.toLowerCase())).toEqual(
		expect.arrayContaining(['send message', 'post', 'community', '发消息', '发帖', '私信', '粉丝']),
	);
});

test.each(nodes)(
	'the docs link of $className leads to its page in this repository',
	({ file, node }) => {
		const { resources } = codex.parse(
			JSON.parse(readFileSync(file.replace(/\.(ts|js)$/, '.json'), 'utf8')),
		);
		const page = `/docs/${node.description.name}.md`;
		expect(existsSync(join(__dirname, '../..', page))).toBe(true);
		expect(resources.primaryDocumentation.map(({ url }) => url)).toEqual([
			expect.stringMatching(new RegExp(`${page}$`)),
		]);
	},
);

test.each(nodes.filter(({ node }) => node.description.group.includes('trigger')))(
	'$className explains how to trigger an event while it listens',
	({ node: { description } }) => {
		expect(description.eventTriggerDescription).toMatch(/\btrigger one|example/);
		expect(description.activationMessage).toEqual(expect.any(String));
	},
);

function subtitle(node: INodeType, parameters: Record<string, string>): unknown {
	const instance = {
		id: '1',
		name: 'Node',
		type: 'test',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const nodeTypes = {
		getByName: () => node,
		getByNameAndVersion: () => node,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [instance], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		instance,
		node.description.subtitle,
		'internal',
		{},
	);
}

test.each([
	['Fanvue', fanvue],
	['Fanfou', fanfou],
	['Fanbook', fanbook],
] as const)(
	'the subtitles of %s show the names of resource and operation',
	(className, service) => {
		const node = nodes.find((shipped) => shipped.className === className)?.node;
		if (node === undefined) throw new Error(`${className} is not shipped`);
		const plain = (name: string) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
		for (const resource of service.resources) {
			for (const operation of resource.operations) {
				const parameters = { resource: optionValue(resource), operation: optionValue(operation) };
				const [shownResource, shownOperation] = String(subtitle(node, parameters)).split(': ');
				expect(plain(shownResource ?? '')).toBe(plain(resource.name));
				// Some values are shorter than the name.
				const name = operation.value === undefined ? operation.name : operation.value;
				expect(plain(shownOperation ?? '')).toBe(plain(name));
			}
		}
	},
);

test.each([
	['apiRequest', 'send', 'API Request: Send'],
	['mediaUpload', 'getPartUrls', 'Media Upload: Get Part URLs'],
	['user', 'getIdentity', 'User: Get Identity'],
])('the subtitle of %s %s writes abbreviations in capitals', (resource, operation, expected) => {
	const node = nodes.find((shipped) => shipped.className === 'Fanvue')?.node;
	if (node === undefined) throw new Error('Fanvue is not shipped');
	expect(subtitle(node, { resource, operation })).toBe(expected);
});

test('the subtitle of a list is Get Many, as n8n names it', () => {
	const fanfouNode = nodes.find(({ className }) => className === 'Fanfou')?.node;
	const chosen = { resource: 'savedSearch', operation: 'getAll' };
	expect(fanfouNode && subtitle(fanfouNode, chosen)).toBe('Saved Search: Get Many');
});

/** The fields that nearly everyone fills, required or not. They are on top and not in a collection. */
const PRIMARY: Array<[node: string, operation: string, fields: string[]]> = [
	['Fanvue', 'message:send', ['userUuid', 'text', 'mediaUuids', 'price']],
	['Fanvue', 'message:sendToSeveral', ['userUuids', 'text', 'mediaUuids', 'price']],
	['Fanvue', 'massMessage:send', ['includedLists', 'text', 'mediaUuids', 'price']],
	['Fanvue', 'post:create', ['audience', 'text', 'mediaUuids', 'price']],
	['Fanvue', 'media:upload', ['binaryPropertyName']],
	['Fanvue', 'fan:getSubscribers', ['returnAll', 'limit']],
	['Fanfou', 'status:create', ['status']],
	['Fanfou', 'status:reply', ['inReplyToStatusId', 'status']],
	['Fanfou', 'status:repost', ['repostStatusId', 'comment']],
	['Fanfou', 'photo:upload', ['photoFrom', 'binaryPropertyName', 'photoUrl', 'status']],
	['Fanfou', 'directMessage:send', ['user', 'text']],
	['Fanfou', 'friendship:getRelationship', ['sourceId', 'targetId']],
	['Fanfou', 'auth:getAccessToken', ['oauthToken', 'oauthTokenSecret', 'oauthVerifier']],
	['Fanfou', 'search:searchStatuses', ['q']],
	['Fanbook', 'message:send', ['server', 'sendTo', 'chatId', 'messageType', 'text']],
	['Fanbook', 'message:sendPhoto', ['server', 'sendTo', 'photo']],
	['Fanbook', 'message:answerButtonClick', ['callbackId', 'text']],
	['Fanbook', 'message:addReaction', ['messageId', 'emoji']],
	['Fanbook', 'role:update', ['guildId', 'id', 'permissionNames']],
	['Fanbook', 'serverNotification:send', ['guildId', 'users', 'text']],
];

/** Returns the fields of an operation that are not in a collection, in the editor's order. */
function fieldsOnTop(className: string, place: string): string[] {
	const [resource = '', operation = ''] = place.split(':');
	const node = nodes.find((shipped) => shipped.className === className)?.node;
	return (node?.description.properties ?? [])
		.filter(({ displayOptions: { show } = {}, type }) => {
			const isShown = show?.resource?.includes(resource) && show.operation?.includes(operation);
			return isShown === true && type !== 'notice';
		})
		.map(({ name }) => name);
}

test.each(PRIMARY)(
	'%s %s has what people fill in on top, in that order',
	(className, place, names) => {
		const onTop = fieldsOnTop(className, place);
		expect(onTop.filter((name) => names.includes(name))).toEqual(names);
	},
);

/** IDs that are typed in, each with the reason. All others are picked from a list with names. */
const TYPED_IDS: Record<string, string> = {
	appUuid: 'Fanvue has no list of apps',
	uploadId: 'an upload exists only while it runs; its ID is in the output of the step before',
	sinceMessageUuid: 'it belongs to one of several chats',
	transactionOrderIds: 'Fanvue has no list of orders',
	'Media Link': 'Fanvue has no list of media links',
	events: 'topics, which are not IDs',
	inReplyToId: 'a list of direct messages would need the conversation',
	id: 'a direct message, whose lists are per conversation',
	sinceId: 'the end of an earlier run, which a workflow stores',
	maxId: 'the end of an earlier run, which a workflow stores',
	cardId: 'chosen freely',
	topicId: 'Fanbook has no list of topics',
	listId: 'the end of an earlier run, which a workflow stores',
	commentId: 'Fanbook has no search for comments',
	username: 'this operation is itself the search for these numbers',
	appId: 'Fanbook has no list of mini programs',
	replyToMessageId: 'comes from the message that starts the workflow',
	messageId: 'comes from a trigger or from Message: Get Many; private chats have no list',
	quoteId: 'comes from a message of the thread',
	callbackId: 'comes from the trigger',
	chatId: 'a notification, which Fanbook cannot list',
	commands: 'words, which are not IDs',
};

test.each(nodes)('$className has no IDs to type in where a list can be offered', ({ node }) => {
	const typed: string[] = [];
	const walk = (properties: INodeProperties[], place: string) => {
		for (const { name, displayName, type, description = '', options = [] } of properties) {
			const isId =
				/(?:^id|Ids?|Uuids?)$/.test(name) || /\bIDs?\b|\bUUIDs?\b|\bcommas\b/.test(description);
			const reason = TYPED_IDS[name] ?? TYPED_IDS[displayName];
			if (type === 'string' && isId && reason === undefined) typed.push(`${place}${name}`);
			const inner = options.flatMap((option) =>
				'type' in option ? [option] : 'values' in option ? option.values : [],
			);
			walk(inner, `${place}${name}/`);
		}
	};
	walk(node.description.properties, '');
	expect(typed).toEqual([]);
});

test.each(nodes)('every list that $className offers has a method that loads it', ({ node }) => {
	const named = JSON.stringify(node.description).matchAll(
		/"(searchListMethod|loadOptionsMethod)":"(\w+)"/g,
	);
	const missing = [...named].filter(([, kind, method = '']) => {
		const { listSearch = {}, loadOptions = {} } = node.methods ?? {};
		return !(method in (kind === 'searchListMethod' ? listSearch : loadOptions));
	});
	expect(missing.map(([, , method]) => method)).toEqual([]);
});

test.each(
	nodes.filter(({ node }) => node.description.properties.some(({ name }) => name === 'resource')),
)('no resource of $className starts with an operation that deletes', ({ node }) => {
	const operations = node.description.properties.filter(({ name }) => name === 'operation');
	expect(operations.length).toBeGreaterThan(5);
	for (const { displayOptions, default: chosen } of operations) {
		expect({ resource: displayOptions?.show?.resource, chosen }).toEqual({
			resource: displayOptions?.show?.resource,
			chosen: expect.not.stringMatching(
				/delete|remove|kick|mute|block(?!s)|recall|unpin|cancel|leave|withdraw/i,
			),
		});
	}
});

test('every operation of Fanbook that returns a message has Simplify', () => {
	const resource = fanbook.resources.find(({ name }) => name === 'Message');
	const simplified = resource?.operations.filter(({ simplify }) => simplify !== undefined);
	expect(simplified?.map(({ name }) => name).sort()).toEqual([
		'Edit Inline Keyboard',
		'Edit Text',
		'Get',
		'Get Many',
		'Get Thread',
		'Send',
		'Send Photo',
	]);
});
