import { asFailure, Failure } from '../../shared/failure';
import { isTokenRefused, tokenRefused } from './outage';

/** What the trigger has to tell a user, with the way out. */

/** What keeps a trigger from being activated. */
export function obstacle(error: unknown): Failure {
	return isTokenRefused(error) ? tokenRefused(error) : asFailure(error);
}

export function noWebSocket(): Failure {
	return new Failure('This n8n runs on a Node.js without WebSocket, which Gateway needs', {
		advice:
			'Choose Update Queue or Channel History as Connection Mode, or run n8n on Node.js 22 or newer',
	});
}

export function notStarted(reason: unknown): Failure {
	return new Failure('n8n could not start the workflow for an event of Fanbook', {
		advice: `The event is lost unless its message is still there. n8n says: ${asFailure(reason).message}`,
	});
}

export function passedOver(channel: string): Failure {
	return new Failure(`Missed messages of channel ${channel} were too many or too old`, {
		advice:
			'The newest have started the workflow. To have more, raise Catch Up: Most Messages or Catch Up: Longest Gap under Options',
	});
}

export function overflow(): Failure {
	return new Failure('Events of Fanbook come in faster than the workflow finishes', {
		advice:
			'Raise Runs at Once or Waiting Events, or switch off Wait for the Workflow to Finish. Messages of chosen channels are caught up with later, other events are lost',
	});
}

export function slowPattern(reason: unknown): Failure {
	return new Failure('A message was passed over, since its text could not be compared', {
		advice: `Simplify Text Matches Pattern under Filters, above all a repetition inside a repetition as in (a+)+. n8n says: ${asFailure(reason).message}`,
	});
}

export function unreadable(): Failure {
	return new Failure('The Fanbook gateway sent something that is not JSON', {
		advice:
			'An event may be missing. Messages of chosen channels are read again from the history, if Catch Up Missed Messages is on',
	});
}
