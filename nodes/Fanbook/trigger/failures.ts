import { toNodeFailure, NodeFailure } from '../../shared/errors';
import { isTokenRefused, tokenRefused } from './outage';

/** What the trigger has to tell a user, with the way out. */

/** What keeps a trigger from being activated. */
export function obstacle(error: unknown): NodeFailure {
	return isTokenRefused(error) ? tokenRefused(error) : toNodeFailure(error);
}

export function noWebSocket(): NodeFailure {
	return new NodeFailure('This n8n runs on a Node.js without WebSocket, which Gateway needs', {
		description:
			'Choose Update Queue or Channel History as Connection Mode, or run n8n on Node.js 22 or newer',
	});
}

export function notStarted(reason: unknown): NodeFailure {
	return new NodeFailure('n8n could not start the workflow for an event of Fanbook', {
		description: `The event is lost unless its message is still there. n8n says: ${toNodeFailure(reason).message}`,
	});
}

export function passedOver(channel: string): NodeFailure {
	return new NodeFailure(`Missed messages of channel ${channel} were too many or too old`, {
		description:
			'The newest have started the workflow. To have more, raise Catch Up: Most Messages or Catch Up: Longest Gap under Options',
	});
}

export function overflow(): NodeFailure {
	return new NodeFailure('Events of Fanbook come in faster than the workflow finishes', {
		description:
			'Raise Runs at Once or Waiting Events, or switch off Wait for the Workflow to Finish. Messages of chosen channels are caught up with later, other events are lost',
	});
}

export function slowPattern(reason: unknown): NodeFailure {
	return new NodeFailure('A message was passed over, since its text could not be compared', {
		description: `Simplify Text Matches Pattern under Filters, above all a repetition inside a repetition as in (a+)+. n8n says: ${toNodeFailure(reason).message}`,
	});
}

export function unreadable(): NodeFailure {
	return new NodeFailure('The Fanbook gateway sent something that is not JSON', {
		description:
			'An event may be missing. Messages of chosen channels are read again from the history, if Catch Up Missed Messages is on',
	});
}
