const sender = {
	uuid: '5939ae62-3eb5-4433-954f-f78c7b4282f3',
	handle: 'test-user',
	displayName: 'Test User',
	avatarUrl: null,
};
const recipientUuid = 'f4b2a184-2b4a-4a04-9b70-3c0e0a1caa12';
const timestamp = '2025-11-06T10:32:50.529Z';

/** Payloads with the members documented by Fanvue; the users are invented. */
export const webhookSamples = [
	{
		event: 'creator.subscription.activated',
		source: 'page New Subscriber',
		body: { price: 1299, recipientUuid, sender, timestamp },
	},
	{
		event: 'creator.message.read',
		source: 'page Message Read',
		body: { counterpartUuid: sender.uuid, readMessagesCount: 5, recipientUuid, timestamp },
	},
	{
		event: 'creator.follow.created',
		source: 'inferred: the only remaining kind of flat payloads',
		body: { recipientUuid, sender, timestamp },
	},
	{
		event: 'creator.message.reaction',
		source: 'clients of the API',
		body: {
			id: 'evt-r1',
			type: 'creator.message.reaction',
			timestamp: '2026-09-04T08:00:00.000Z',
			data: {
				emoji: '❤️',
				message_uuid: '6aa27b86-3a4d-4c32-9c72-aaaaaaaaaaaa',
				actor: { uuid: sender.uuid },
				creator: { uuid: recipientUuid },
			},
		},
	},
];
