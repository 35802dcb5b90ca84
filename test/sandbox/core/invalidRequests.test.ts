import type { Rule } from '../../../sandbox/core/requestValidator';
import {
	fanbook,
	fanfou,
	fanvue,
	FORM_TYPE,
	violationsOf,
	JSON_TYPE,
	PHOTO,
	UUID,
	type SentRequest,
} from './requests';

describe('an invalid request', () => {
	const longText = JSON.stringify({ text: 'x'.repeat(5001) });
	it.each<[string, SentRequest, Array<[string, Rule]>]>([
		[
			'text for an int64',
			fanbook('POST /getMessage', '{"chat_id":"5","message_id":6}'),
			[['chat_id', 'type']],
		],
		[
			'a number for a text id',
			fanbook('POST /channel/list', '{"guild_id":5}'),
			[['guild_id', 'type']],
		],
		[
			'a rounded number in e-notation',
			fanbook('POST /getMessage', '{"chat_id":1.152921504606847e18,"message_id":6}'),
			[['chat_id', 'type']],
		],
		[
			'a fraction',
			fanbook('POST /getMessage', '{"chat_id":5.0,"message_id":6}'),
			[['chat_id', 'type']],
		],
		[
			'a number above int64',
			fanbook('POST /getMessage', '{"chat_id":9223372036854775808,"message_id":6}'),
			[['chat_id', 'range']],
		],
		[
			'a number above int32',
			fanbook(
				'POST /forbidUserSpeaking',
				'{"target_uid":"1","target_guild_id":"2","duration_in_second":2147483648}',
			),
			[['duration_in_second', 'range']],
		],
		[
			'text in an int64 array',
			fanbook('POST /setMemberRoles', '{"guild_id":1,"user_id":2,"roles":[3,"4"]}'),
			[['roles[1]', 'type']],
		],
		[
			'a number in a text array',
			fanbook('POST /guild/notification/send', '{"users":[1],"guild_id":"2","text":"t"}'),
			[['users[0]', 'type']],
		],
		[
			'text for an array',
			fanbook('POST /searchGuildMemberByName', '{"guild_id":1,"username":"5"}'),
			[['username', 'type']],
		],
		[
			'text for a flag',
			fanbook('PUT /guild/role', '{"guild_id":"1","name":"n","hoist":"true"}'),
			[['hoist', 'type']],
		],
		[
			'null for a parameter that is not nullable',
			fanbook('POST /getMessage', '{"chat_id":null,"message_id":6}'),
			[['chat_id', 'type']],
		],
		[
			'text for an object',
			fanbook('POST /sendPhoto', '{"chat_id":1,"photo":"https://x"}'),
			[['photo', 'type']],
		],
		[
			'an unknown member',
			fanbook('POST /sendPhoto', '{"chat_id":1,"photo":{"Url":"https://x","url":"y"}}'),
			[['photo.url', 'unknown']],
		],
		[
			'a missing member',
			fanbook('POST /sendPhoto', '{"chat_id":1,"photo":{}}'),
			[['photo.Url', 'missing']],
		],
		[
			'an unknown parameter',
			fanbook('POST /channel/list', '{"guild_id":"1","guildId":"1"}'),
			[['guildId', 'unknown']],
		],
		[
			'a missing parameter',
			fanbook('POST /getMessage', '{"chat_id":5}'),
			[['message_id', 'missing']],
		],
		[
			'a request without either of two alternatives',
			fanbook('POST /kickChatMember', '{"user_id":5}'),
			[['chat_id|guild_id', 'oneOf']],
		],
		[
			'a plain emoji name',
			fanbook(
				'POST /sendReaction',
				'{"user_id":"1","message_id":"2","channel_id":"3","emoji":"赞"}',
			),
			[['emoji', 'encoding']],
		],
		[
			'a text outside the enum',
			fanbook(
				'POST /v2/setMemberRoles',
				'{"guild_id":1,"user_id":2,"roles":[],"operation":"remove"}',
			),
			[['operation', 'enum']],
		],
		[
			'a number outside the enum',
			fanbook('POST /sendMessage', '{"chat_id":1,"text":"t","desc":"d","unreactive":2}'),
			[['unreactive', 'enum']],
		],
		[
			'too many bytes',
			fanbook(
				'POST /editMessageText',
				JSON.stringify({ text: '灯'.repeat(34134) }).replace('{', '{"chat_id":1,"message_id":2,'),
			),
			[['text', 'length']],
		],
		[
			'too few bytes',
			fanbook('DELETE /v2/guild/credit', '{"guild_id":"1","user_id":"2","card_id":"short"}'),
			[['card_id', 'length']],
		],
		[
			'JSON where only a form is accepted',
			fanbook('POST /message/getList', '{"channel_id":"5"}'),
			[
				['', 'contentType'],
				['channel_id', 'missing'],
			],
		],
		[
			'malformed JSON',
			fanbook('POST /channel/list', '{"guild_id":'),
			[
				['', 'body'],
				['guild_id', 'missing'],
			],
		],
		[
			'a JSON array',
			fanbook('POST /channel/list', '[]'),
			[
				['', 'body'],
				['guild_id', 'missing'],
			],
		],
		['an empty JSON body', fanbook('POST /v2/getUpdates', ''), [['', 'body']]],
		[
			'a JSON body with another content type',
			{ ...fanbook('POST /channel/list', '{"guild_id":"1"}'), type: 'text/plain' },
			[
				['', 'contentType'],
				['guild_id', 'missing'],
			],
		],
		['a body on GET', fanvue('GET /users/me', '{}'), [['', 'body']]],
		[
			'text for an integer in JSON',
			fanvue(`POST /chats/${UUID}/message`, '{"text":"t","price":"500"}'),
			[['price', 'type']],
		],
		[
			'a price below the minimum',
			fanvue(`POST /chats/${UUID}/message`, '{"price":299}'),
			[['price', 'range']],
		],
		['a path value that is not a UUID', fanvue('GET /posts/17'), [['uuid', 'type']]],
		[
			'a list item that is not a UUID',
			fanvue('POST /chats/statuses', `{"userUuids":["${UUID}","x"]}`),
			[['userUuids[1]', 'type']],
		],
		[
			'too many items',
			fanvue('POST /chats/messages/batch', JSON.stringify({ chatUuids: Array(51).fill(UUID) })),
			[['chatUuids', 'items']],
		],
		[
			'too few items',
			fanvue('POST /chats/messages/batch', '{"chatUuids":[]}'),
			[['chatUuids', 'items']],
		],
		['5001 characters', fanvue(`POST /chats/${UUID}/message`, longText), [['text', 'length']]],
		['an empty text', fanvue(`POST /chats/${UUID}/message`, '{"text":""}'), [['text', 'length']]],
		[
			'text for a date',
			fanvue('POST /posts', '{"audience":"subscribers","publishAt":"tomorrow"}'),
			[['publishAt', 'type']],
		],
		[
			'a wrong pattern',
			fanvue(
				`POST /media/${UUID}/grant`,
				`{"consumerId":"${UUID}","source":"My App","sourceRef":"r"}`,
			),
			[['source', 'pattern']],
		],
		['text for a page number', fanvue('GET /posts?page=two'), [['page', 'type']]],
		['page 0', fanvue('GET /posts?page=0'), [['page', 'range']]],
		['a size above 50', fanvue('GET /posts?size=51'), [['size', 'range']]],
		['a repeated single value', fanvue('GET /posts?page=1&page=2'), [['page', 'repeated']]],
		[
			'commas where the key must be repeated',
			fanvue('GET /chats?filter=unread,online'),
			[
				['filter', 'encoding'],
				['filter', 'enum'],
			],
		],
		[
			'a repeated key where commas are expected',
			fanvue(`GET /media/bulk?mediaUuids=${UUID}&mediaUuids=${UUID}`),
			[['mediaUuids', 'encoding']],
		],
		['brackets', fanvue('GET /chats?filter[]=unread'), [['filter[]', 'unknown']]],
		[
			'a body parameter in the query',
			fanvue(`POST /chats?userUuid=${UUID}`, '{}'),
			[['userUuid', 'unknown']],
		],
		[
			'a form where JSON is expected',
			fanvue('POST /chats', `userUuid=${UUID}`, FORM_TYPE),
			[
				['', 'contentType'],
				['userUuid', 'missing'],
			],
		],
		[
			'JSON where a form is expected',
			fanfou('POST /statuses/update.json', '{"status":"x"}', JSON_TYPE),
			[
				['', 'contentType'],
				['status', 'missing'],
			],
		],
		[
			'141 characters',
			fanfou('POST /statuses/update.json', `status=${'a'.repeat(141)}`),
			[['status', 'length']],
		],
		[
			'a file as text',
			fanfou(
				'POST /photos/upload.json',
				'--b\r\nContent-Disposition: form-data; name="photo"\r\n\r\nx\r\n--b--\r\n',
				'multipart/form-data; boundary=b',
			),
			[['photo', 'type']],
		],
		[
			'an empty file',
			fanfou(
				'POST /photos/upload.json',
				PHOTO.replace('png bytes', ''),
				'multipart/form-data; boundary=b',
			),
			[['photo', 'length']],
		],
		[
			'a text as a file',
			fanfou(
				'POST /photos/upload.json',
				PHOTO.replace('name="status"', 'name="status"; filename="s.txt"'),
				'multipart/form-data; boundary=b',
			),
			[['status', 'type']],
		],
		[
			'broken multipart',
			fanfou('POST /photos/upload.json', 'nothing', 'multipart/form-data; boundary=b'),
			[
				['', 'body'],
				['photo', 'missing'],
			],
		],
	])('rejects %s', (_name, sent, expected) => {
		expect(violationsOf(sent)).toEqual(expected);
	});
});
