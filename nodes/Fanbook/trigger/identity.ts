import { NodeFailure } from '../../shared/errors';
import { isJsonObject } from '../../shared/json';
import type { ApiClient } from '../../shared/client/apiClient';
import { botId } from '../bot';

/** Who the bot is, and its token for the gateway. */
export class Identity {
	/** The bot's own user id; empty until the service has told it. */
	id = '';
	private userToken: string | undefined;

	/** @param hide is told every token, so that none gets into a message */
	constructor(
		private readonly session: () => ApiClient,
		private readonly hide: (secret: string) => void,
	) {}

	/** Finds the bot's id: in the credential, else by asking. */
	async find(): Promise<void> {
		if (this.id === '') this.id = await botId(this.session());
	}

	/** Asks who the bot is. Fanbook gives a new gateway token with the answer, which is returned. */
	async introduce(): Promise<string> {
		const me = await this.session().fetch('GET getMe');
		if (!isJsonObject(me) || typeof me.id !== 'string' || typeof me.user_token !== 'string') {
			throw new NodeFailure('Fanbook gave the bot no token for the gateway', {
				description: 'Check the host in the credential, or choose another Connection Mode',
			});
		}
		this.id = me.id;
		this.userToken = me.user_token;
		this.hide(me.user_token);
		return me.user_token;
	}

	/** A gateway token that has not been used yet. */
	async freshToken(): Promise<string> {
		const token = this.userToken ?? (await this.introduce());
		this.userToken = undefined;
		return token;
	}
}
