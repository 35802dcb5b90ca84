import { NO_SECRETS } from '../../shared/secrets';
import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { toNodeError } from '../../shared/errors';
import { readSettings } from './settings';
import type { Settings } from './settings';
import { TIMING } from './timing';
import type { Timing } from './timing';
import { Watch } from './watch';

/** What n8n calls when a workflow is activated or a test begins. */
export async function startTrigger(
	context: ITriggerFunctions,
	timing: Timing = TIMING,
): Promise<ITriggerResponse> {
	// Everything is read here: once this has returned, n8n resolves no expression any more.
	const watch = new Watch(context, settingsOf(context), timing);
	const closeFunction = async () => await watch.stop();
	const attempt = async (start: () => Promise<void>) => {
		try {
			await start();
		} catch (error) {
			// n8n does not close a trigger that could not begin.
			await watch.stop();
			throw watch.explain(error);
		}
	};

	if (context.getMode() === 'manual') {
		// An event before this function has returned would be lost.
		const manualTriggerFunction = async () =>
			await attempt(async () => {
				await watch.prepare();
				if (!(await watch.showLast())) await watch.listen();
			});
		return { closeFunction, manualTriggerFunction };
	}

	await attempt(async () => await watch.prepare());
	// Once a workflow is active it listens. A connection that fails, or takes its time, is tried
	// again and again in the background.
	const listening = watch.listen().catch(() => undefined);
	await Promise.race([listening, sleep(timing.patience)]);
	return { closeFunction };
}

function settingsOf(context: ITriggerFunctions): Settings {
	try {
		return readSettings(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined, NO_SECRETS);
	}
}
