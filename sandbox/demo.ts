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
	},
} as const;
