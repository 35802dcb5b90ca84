import { findViolations, validateRequest } from '../../../sandbox/core/requestValidator';
import {
	receive,
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

describe('a valid request', () => {
	it.each<[string, SentRequest]>([
		[
			'bare 19-digit integers',
			fanbook('POST /getMessage', '{"chat_id":9223372036854775807,"message_id":1}'),
		],
		[
			'text ids where text belongs',
			fanbook('POST /channel/list', '{"guild_id":"523904175562981377"}'),
		],
		[
			'a form body where the service takes one',
			fanbook('POST /getMessage', 'chat_id=5&message_id=6', FORM_TYPE),
		],
		[
			'the form of message/getList',
			fanbook('POST /message/getList', 'channel_id=5&size=100', FORM_TYPE),
		],
		[
			'a percent-encoded emoji',
			fanbook(
				'POST /sendReaction',
				'{"user_id":"1","message_id":"2","channel_id":"3","emoji":"%2B1"}',
			),
		],
		[
			'an alias',
			fanbook('POST /robot/setGuildNick', '{"guild_id":"1","bot_id":"2","nickname":"n"}'),
		],
		['a repeated key', fanvue('GET /chats?filter=unread&filter=online&page=1&size=50')],
		['commas', fanvue(`GET /media/bulk?mediaUuids=${UUID},${UUID}&variants=main,blurred`)],
		['either list style', fanvue('GET /chats?smartListIds=muted,followers')],
		['an empty object on a bodyless call', fanvue(`POST /posts/${UUID}/pin`, '{}')],
		['no body on a bodyless call', { service: 'fanvue', to: `POST /posts/${UUID}/pin` }],
		[
			'null where it clears',
			fanvue(`PATCH /posts/${UUID}`, '{"price":null,"mediaPreviewUuid":null}'),
		],
		[
			'nested members',
			fanvue('PATCH /media/uploads/abc', '{"parts":[{"PartNumber":1,"ETag":"\\"x\\""}]}'),
		],
		[
			'5000 characters of two UTF-16 units each',
			fanvue(`POST /chats/${UUID}/message`, JSON.stringify({ text: '🏮'.repeat(5000) })),
		],
		[
			'a form with spaces and Chinese',
			fanfou('POST /statuses/update.json', 'status=%E9%A5%AD+%E5%90%A6'),
		],
		[
			'a file with a caption',
			fanfou('POST /photos/upload.json', PHOTO, 'multipart/form-data; boundary=b'),
		],
		['an optional form left empty', fanfou('POST /account/register.json', '')],
	])('accepts %s', (_name, sent) => {
		expect(violationsOf(sent)).toEqual([]);
	});
});

describe('reading the parameters', () => {
	it('keeps every digit of an id, in JSON and in a form', () => {
		const bodies: Array<[string, string]> = [
			['{"chat_id":9007199254740993,"message_id":1152921504606846979}', JSON_TYPE],
			['chat_id=9007199254740993&message_id=1152921504606846979', FORM_TYPE],
		];
		for (const [body, type] of bodies) {
			const { match, request } = receive(fanbook('POST /getMessage', body, type));
			const { parameters } = validateRequest(match, request);
			expect(parameters.text('chat_id')).toBe('9007199254740993');
			expect(parameters.text('message_id')).toBe('1152921504606846979');
		}
	});

	it('decodes path parameters', () => {
		const { match, request } = receive(fanvue('GET /vault/folders/Sommer%20%2F%20Meer'));
		expect(validateRequest(match, request).parameters.text('folderName')).toBe('Sommer / Meer');
	});

	it('reads an alias under the contract name', () => {
		const body = '{"guild_id":"1","bot_id":"2","nickname":"n"}';
		const { match, request } = receive(fanbook('POST /robot/setGuildNick', body));
		expect(validateRequest(match, request).parameters.text('guild_Id')).toBe('1');
	});

	it('ignores protocol parameters', () => {
		const { match, request } = receive(fanfou('GET /users/show.json?oauth_token=t', ''));
		const isProtocolParameter = (name: string): boolean => name.startsWith('oauth_');
		expect(findViolations(match, request, isProtocolParameter)).toEqual([]);
		expect(findViolations(match, request)).toHaveLength(1);
	});
});
