/** Well-known credentials of the sandbox. They are good for nothing else. */
export const DEMO = {
	fanvue: {
		clientId: 'demo-fanvue-client',
		clientSecret: 'demo-fanvue-secret',
		/** Accounts that can sign in on the consent page. */
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
		/** The large server: 250 members, 230 messages in `lobby`. */
		serverId: '523904175562981377',
		/** The small server; the bot has fewer rights in it. */
		secondServerId: '731455902817263619',
		/** A server the bot was never added to. */
		foreignServerId: '689120345127880707',
		/** A 19-digit id: it is where a double loses most. */
		lobbyChannelId: '1152921504606846979',
		helpChannelId: '523904175562981391',
		/** The bot may read here and not write. */
		announcementsChannelId: '523904175562981393',
		circleChannelId: '523904175562981397',
		/** A member of both servers. */
		userId: '601200000000000513',
	},
} as const;
