import { NodeFailure } from '../../shared/errors';
import { isJsonObject } from '../../shared/json';
import type { ApiClient } from '../../shared/client/apiClient';
import { botId } from '../bot';

/** User id of the bot and its token for the gateway. */
export class BotIdentity {
	/** User id of the bot; empty until it is known. */
	id = '';
	private userToken: string | undefined;

	/** @param options.addToken called with each token, so that none appears in a report */
	constructor(
		private readonly options: {
			createClient: () => ApiClient;
			addToken: (secret: string) => void;
		},
	) {}

	/** Reads the id from the credential, or else from Fanbook, unless it is known. */
	async ensureId(): Promise<void> {
		if (this.id === '') this.id = await botId(this.options.createClient());
	}

	/** Fetches the id and a new gateway token. Fanbook makes a new token with each call. */
	async fetch(): Promise<string> {
		const me = await this.options.createClient().fetch('GET getMe');
		if (!isJsonObject(me) || typeof me.id !== 'string' || typeof me.user_token !== 'string') {
			throw new NodeFailure('Fanbook returned no gateway token for the bot', {
				description: 'Check Base URL in the credential, or choose another Connection Mode',
			});
		}
		this.id = me.id;
		this.userToken = me.user_token;
		this.options.addToken(me.user_token);
		return me.user_token;
	}

	/** Returns a gateway token that has not been used yet. */
	async freshToken(): Promise<string> {
		const token = this.userToken ?? (await this.fetch());
		this.userToken = undefined;
		return token;
	}
}
