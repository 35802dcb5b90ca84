import { NodeFailure } from '../../../shared/errors';
import type { TopicSelection } from './topicSelection';

const ALTERNATIVES =
	'If Fanvue does not allow this for your app, set Registration to Manual, enter the URL of this node in the Events tab of the app and paste its signing secret into the credential, or use Fanvue Polling Trigger';

/** Returns the failure of a refused registration, with its probable causes. */
export function registrationFailure(
	failure: NodeFailure,
	{ url, selection }: { url: string; selection: TopicSelection },
): NodeFailure {
	const sentences = [failure.description, ...causesOf(failure, url, selection), ALTERNATIVES];
	return new NodeFailure(`Fanvue did not create the webhook: ${failure.message}`, {
		description: sentences.filter((sentence) => sentence !== undefined).join('. '),
		httpCode: failure.httpCode,
	});
}

function causesOf(failure: NodeFailure, url: string, { topics }: TopicSelection): string[] {
	const causes: string[] = [];
	if (!url.startsWith('https://')) {
		causes.push(`Fanvue requires a public https:// URL and this is ${url}: set WEBHOOK_URL of n8n`);
	}
	if (failure.httpCode === '400') {
		causes.push(
			'Fanvue sends a request to the URL before it creates the webhook: check that the URL is reachable from the internet, does not redirect, and that no proxy or sign-in page responds in place of n8n',
			`A missing scope for one of the events is refused as well: ${topics.join(', ')}`,
		);
	}
	return causes;
}
