import type { ServiceName } from '../../sandbox/core/openApi';
import { isRecord } from './compare';
import { sendPaced, type LiveOptions } from './run';
import type { LiveRequest } from './signers';

const FORM = 'application/x-www-form-urlencoded';
const TEXT = 'Test of an API client, deleted at once';

interface Pair {
	name: string;
	request: LiveRequest;
	/** Returns the request that takes it back, made from the response. */
	undo: (response: Record<string, unknown>) => LiveRequest;
}

/** What each service can do and take back on the own account. */
const PAIRS: Record<ServiceName, (options: LiveOptions, user?: string) => Pair[]> = {
	fanvue: () => [
		{
			name: 'Create and delete a custom list',
			request: {
				method: 'post',
				path: '/chats/lists/custom',
				contentType: 'application/json',
				body: JSON.stringify({ name: TEXT }),
			},
			undo: ({ uuid }) => ({ method: 'delete', path: `/chats/lists/custom/${String(uuid)}` }),
		},
	],
	fanfou: (_options, user) => [
		{
			name: 'Post and delete a status',
			request: form('/statuses/update.json', { status: `${TEXT} ${Date.now()}` }),
			undo: ({ id }) => form('/statuses/destroy.json', { id: String(id) }),
		},
		...(user === undefined
			? []
			: [
					{
						name: 'Follow and unfollow a user',
						request: form('/friendships/create.json', { id: user }),
						undo: () => form('/friendships/destroy.json', { id: user }),
					},
				]),
	],
	fanbook: ({ settings }) => {
		const chat = settings.FANBOOK_CHANNEL_ID ?? '';
		const json = (path: string, body: string): LiveRequest => ({
			method: 'post',
			path,
			contentType: 'application/json',
			body,
		});
		return [
			{
				name: 'Send and delete a message',
				request: json('/sendMessage', `{"chat_id":${chat},"text":"${TEXT}","desc":"${TEXT}"}`),
				undo: ({ result }) => {
					const id = isRecord(result) ? String(result.message_id) : '';
					return json('/deleteMessage', `{"chat_id":${chat},"message_id":${id}}`);
				},
			},
		];
	},
};

function form(path: string, fields: Record<string, string>): LiveRequest {
	return {
		method: 'post',
		path,
		contentType: FORM,
		body: new URLSearchParams(fields).toString().replaceAll('+', '%20'),
	};
}

/** Carries out each write and takes it back. Returns one line per write with both statuses. */
export async function runWrites(options: LiveOptions, user?: string): Promise<string[]> {
	const lines: string[] = [];
	for (const { name, request, undo } of PAIRS[options.service](options, user)) {
		const done = await sendPaced(options, request);
		if (done.status < 200 || done.status >= 300) {
			lines.push(`${name}: refused with ${done.status}`);
			continue;
		}
		const response: unknown = JSON.parse(done.text.replace(/:\s{0,3}(\d{16,})/g, ':"$1"'));
		const undone = await sendPaced(options, undo(isRecord(response) ? response : {}));
		lines.push(`${name}: ${done.status}, taken back with ${undone.status}`);
	}
	return lines;
}
