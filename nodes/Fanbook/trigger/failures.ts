import { NodeFailure, toNodeFailure } from '../../shared/errors';
import { isTokenRejected, tokenRejected } from './connectionMonitor';

/** Errors of the trigger, with what the user can do about each. */

/** Returns the error for a failed activation. */
export function activationFailure(error: unknown): NodeFailure {
	return isTokenRejected(error) ? tokenRejected(error) : toNodeFailure(error);
}

export function webSocketMissing(): NodeFailure {
	return new NodeFailure('The Node.js version of this n8n has no WebSocket support', {
		description:
			'Choose Update Queue or Channel History as Connection Mode, or run n8n on Node.js 22 or newer',
	});
}

export function startFailed(reason: unknown): NodeFailure {
	return new NodeFailure('n8n could not start the workflow for a Fanbook event', {
		description: `The event is lost, unless it is a message that can be read from the history. Reported by n8n: ${toNodeFailure(reason).message}`,
	});
}

export function messagesSkipped(channel: string): NodeFailure {
	return new NodeFailure(`Too many or too old messages were missed in channel ${channel}`, {
		description:
			'The newest ones started the workflow. To process more, raise Catch Up: Max Messages or Catch Up: Max Age under Options',
	});
}

export function queueFull(): NodeFailure {
	return new NodeFailure('Fanbook events arrive faster than the workflow finishes', {
		description:
			'Raise Concurrent Runs or Waiting Events, or turn off Wait for the Workflow to Finish. Messages of chosen channels are read later from the history, other events are lost',
	});
}

export function patternFailed(reason: unknown): NodeFailure {
	return new NodeFailure('A message was skipped because the pattern took too long', {
		description: `Simplify Text Matches Pattern under Filters, especially nested repetitions such as (a+)+. Reported by n8n: ${toNodeFailure(reason).message}`,
	});
}

export function invalidUpdate(): NodeFailure {
	return new NodeFailure('The update queue of Fanbook contained a row that is not an update', {
		description:
			'An event may be missing. Messages can be read with the Connection Mode Channel History',
	});
}

export function invalidFrame(): NodeFailure {
	return new NodeFailure('The Fanbook gateway sent a frame that is not valid JSON', {
		description:
			'An event may be missing. If Catch Up Missed Messages is on, messages of chosen channels are read from the history',
	});
}
