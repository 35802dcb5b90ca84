import type { ITriggerFunctions } from 'n8n-workflow';
import type { NodeFailure } from '../../shared/errors';
import { toNodeError } from '../../shared/errors';
import { NO_SECRETS, redact } from '../../shared/secrets';
import type { Secrets } from '../../shared/secrets';

/** How the trigger makes itself heard in n8n; no secret gets out this way. */
export class Voice {
	/** The credential's own secrets. */
	private credential: Secrets = NO_SECRETS;
	/** Tokens of the connection, newest last. */
	private tokens: string[] = [];
	private readonly saved = new Map<string, number>();

	/**
	 * @param stop ends the trigger
	 * @param seldom how often the same matter may be saved, in milliseconds
	 */
	constructor(
		private readonly context: ITriggerFunctions,
		private readonly stop: () => void,
		private readonly seldom: number,
	) {}

	/** Masks the secrets of the credential in all texts. */
	hideCredential(secrets: Secrets): void {
		this.credential = secrets;
	}

	/** Masks a token in all texts. Each reconnect returns a new one; only the newest are kept. */
	hide(...tokens: string[]): void {
		this.tokens = [...new Set([...this.tokens, ...tokens])].slice(-50);
	}

	private hidden(): Secrets {
		return { ...this.credential, values: [...this.credential.values, ...this.tokens] };
	}

	log(level: 'info' | 'warn', text: string): void {
		const { name } = this.context.getNode();
		this.context.logger[level](`${name}: ${redact(text, this.hidden())}`);
	}

	/** Saves a failed execution, where n8n has it; the trigger goes on. */
	save(failure: NodeFailure): void {
		this.log('warn', failure.message);
		// In a test this would end the test, and older versions of n8n do not have it.
		if (this.context.getMode() === 'manual' || !('saveFailedExecution' in this.context)) return;
		this.context.saveFailedExecution(this.explain(failure));
	}

	/** Saves a matter that may come up often, but not each time. */
	saveSeldom(failure: NodeFailure): void {
		const now = Date.now();
		if (now - (this.saved.get(failure.message) ?? -Infinity) < this.seldom) return;
		this.saved.set(failure.message, now);
		this.save(failure);
	}

	/** Ends the trigger: what is wrong cannot heal by itself. */
	giveUp(failure: NodeFailure): void {
		this.stop();
		this.context.emitError(this.explain(failure));
	}

	/** Whatever went wrong, as n8n shows it. */
	explain(error: unknown) {
		return toNodeError(this.context.getNode(), error, undefined, this.hidden());
	}
}
