import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { toNodeError } from '../../shared/errors';
import { NO_SECRETS } from '../../shared/secrets';
import { readSettings } from './settings';
import type { Settings } from './settings';
import { TIMING } from './timing';
import type { Timing } from './timing';
import { TriggerRunner } from './triggerRunner';

/** Starts the trigger for an activated workflow or a test in the editor. */
export async function startTrigger(
	context: ITriggerFunctions,
	timing: Timing = TIMING,
): Promise<ITriggerResponse> {
	// Expressions can only be resolved until this function returns, so all parameters are read here.
	const runner = new TriggerRunner(context, settingsOf(context), timing);
	const closeFunction = async () => await runner.stop();
	const attempt = async (start: () => Promise<void>) => {
		try {
			await start();
		} catch (error) {
			// n8n does not close a trigger that failed to start.
			await runner.stop();
			throw runner.toNodeError(error);
		}
	};

	if (context.getMode() === 'manual') {
		// n8n ignores events that are emitted before this function returns.
		const manualTriggerFunction = async () =>
			await attempt(async () => {
				await runner.prepare();
				if (!(await runner.emitLastMessage())) await runner.listen();
			});
		return { closeFunction, manualTriggerFunction };
	}

	await attempt(async () => await runner.prepare());
	// The workflow becomes active even if the connection is slow or fails: it is retried in the
	// background.
	const listening = runner.listen().catch(() => undefined);
	await Promise.race([listening, sleep(timing.activationTimeout)]);
	return { closeFunction };
}

function settingsOf(context: ITriggerFunctions): Settings {
	try {
		return readSettings(context);
	} catch (error) {
		throw toNodeError(context.getNode(), { error, itemIndex: undefined, secrets: NO_SECRETS });
	}
}
