import type { ITriggerFunctions } from 'n8n-workflow';
import type { NodeFailure } from '../../shared/errors';
import { toNodeError } from '../../shared/errors';
import { NO_SECRETS, redact } from '../../shared/secrets';
import type { Secrets } from '../../shared/secrets';

/** Number of gateway tokens to keep. Each reconnect adds one; old ones expire. */
const MAX_TOKENS = 50;

/** Reports to n8n by log entries, saved failed executions and errors. Removes all secrets. */
export class Reporter {
	private credential: Secrets = NO_SECRETS;
	/** Gateway tokens, newest last. */
	private tokens: string[] = [];
	private readonly lastSaved = new Map<string, number>();

	/**
	 * @param options.stop stops the trigger
	 * @param options.reportInterval milliseconds between two saved executions with the same message
	 */
	constructor(
		private readonly context: ITriggerFunctions,
		private readonly options: { stop: () => void; reportInterval: number },
	) {}

	/** Sets the secrets of the credential, which must not appear in any report. */
	setCredential(secrets: Secrets): void {
		this.credential = secrets;
	}

	/** Adds a gateway token that must not appear in any report. */
	addToken(token: string): void {
		this.tokens = [...new Set([...this.tokens, token])].slice(-MAX_TOKENS);
	}

	private get secrets(): Secrets {
		return { ...this.credential, values: [...this.credential.values, ...this.tokens] };
	}

	log(level: 'info' | 'warn', text: string): void {
		const { name } = this.context.getNode();
		this.context.logger[level](`${name}: ${redact(text, this.secrets)}`);
	}

	/** Saves a failed execution where n8n supports it. The trigger keeps running. */
	save(failure: NodeFailure): void {
		this.log('warn', failure.message);
		// A saved failure would end a test in the editor. Older versions of n8n lack the method.
		if (this.context.getMode() === 'manual' || !('saveFailedExecution' in this.context)) return;
		this.context.saveFailedExecution(this.toNodeError(failure));
	}

	/** Saves a failed execution unless one with the same message was saved recently. */
	saveThrottled(failure: NodeFailure): void {
		const now = Date.now();
		const last = this.lastSaved.get(failure.message) ?? -Infinity;
		// A time in the future is one from before the clock was set back.
		if (now - last < this.options.reportInterval && last <= now) return;
		this.lastSaved.set(failure.message, now);
		this.save(failure);
	}

	/** Stops the trigger because of an error that it cannot recover from. */
	stopWithError(failure: NodeFailure): void {
		this.options.stop();
		this.context.emitError(this.toNodeError(failure));
	}

	/** Converts anything thrown to the error that n8n shows. */
	toNodeError(error: unknown) {
		return toNodeError(this.context.getNode(), {
			error,
			itemIndex: undefined,
			secrets: this.secrets,
		});
	}
}
