/** Public credentials of the sandbox. They are valid nowhere else. */
export const DEMO = {
	fanvue: {
		clientId: 'demo-fanvue-client',
		clientSecret: 'demo-fanvue-secret',
		/** Accounts that can sign in on the authorization page. */
		accounts: [
			{ handle: 'mira', email: 'mira@example.com', isCreator: true },
			{ handle: 'nolan', email: 'nolan@example.com', isCreator: true },
			{ handle: 'agency', email: 'agency@example.com', isCreator: false },
			{ handle: 'felix', email: 'felix@example.com', isCreator: false },
			{ handle: 'oriane', email: 'oriane@example.com', isCreator: true },
			{ handle: 'tara', email: 'tara@example.com', isCreator: false },
		],
	},
	fanfou: {
		consumerKey: '0123456789abcdef0123456789abcdef',
		consumerSecret: 'fedcba9876543210fedcba9876543210',
		accessToken: '1000000-00112233445566778899aabbccddeeff',
		accessTokenSecret: 'ffeeddccbbaa99887766554433221100',
		userName: 'demo',
		password: 'Demo1234',
	},
	fanbook: {
		botToken: 'd3m0b07c0ffee0000000000000000000000000000000000000000000000000000b07',
		botId: '512345678901234561',
		/** The large server, with 250 members and 230 messages in `lobby`. */
		serverId: '523904175562981377',
		/** The small server, in which the bot has fewer permissions. */
		secondServerId: '731455902817263619',
		/** A server without the bot. */
		foreignServerId: '689120345127880707',
		/** A 19-digit id, which a double cannot represent. */
		lobbyChannelId: '1152921504606846979',
		helpChannelId: '523904175562981391',
		/** The bot has read access only. */
		announcementsChannelId: '523904175562981393',
		circleChannelId: '523904175562981397',
		/** A member of both servers. */
		userId: '601200000000000513',
	},
} as const;
