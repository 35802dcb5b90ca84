import type { JsonObject, JsonValue } from '../core/json';
import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import type { Fanvue } from './index';
import type { Between, Happened } from './happenings';

function read(input: JsonObject): Parameters {
	return new Parameters(new Map<string, JsonValue>(Object.entries(input)));
}

function between(values: Parameters): Between {
	const people: Between = {};
	for (const role of ['creator', 'fan'] as const) {
		const handle = values.optionalText(role);
		if (handle !== undefined) people[role] = handle;
	}
	return people;
}

/** Answers at once; what webhooks get shows in the state. */
function told({ uuid }: Happened): { uuid: string } {
	return { uuid };
}

/**
 * What `POST /_admin/fanvue/<action>` can do. Accounts are named by their handle, money is in
 * cents; `creator` and `fan` are `mira` and `felix` unless told.
 */
export function actionsOf(fanvue: Fanvue): Readonly<Record<string, Action>> {
	const { happenings } = fanvue;
	return {
		/** Every code, token and signing secret given out. */
		secrets: () => fanvue.secrets(),
		/** `{account, scopes?}` → tokens */
		issueToken(input) {
			const values = read(input);
			const account = values.text('account');
			if (!values.has('scopes')) return fanvue.issueToken({ account });
			return fanvue.issueToken({ account, scopes: values.texts('scopes') });
		},
		expireTokens() {
			fanvue.expireTokens();
		},
		/** `{account}` */
		revoke(input) {
			fanvue.revoke(read(input).text('account'));
		},
		tokenCounts: () => fanvue.tokenCounts,
		/** `{size, refillMs}` */
		rateLimit(input) {
			const values = read(input);
			const { rateLimit } = fanvue.settings;
			rateLimit.size = values.integer('size', rateLimit.size);
			rateLimit.refillMs = values.integer('refillMs', rateLimit.refillMs);
			return rateLimit;
		},
		/** `{processingMs?, smallestPart?}` */
		media(input) {
			const values = read(input);
			const { media } = fanvue.settings;
			media.processingMs = values.integer('processingMs', media.processingMs);
			media.smallestPart = values.integer('smallestPart', media.smallestPart);
			return media;
		},
		/** `{mediaUuid}` → the SHA-256 of the uploaded bytes */
		sha256: async (input) => ({ sha256: await fanvue.sha256(read(input).text('mediaUuid')) }),
		/** `{url, events, secret?}` → an endpoint as entered in the developer area */
		addEndpoint(input) {
			const values = read(input);
			const secret = values.optionalText('secret');
			return fanvue.addEndpoint({
				url: values.text('url'),
				events: values.texts('events'),
				...(secret === undefined ? {} : { secret }),
			});
		},
		/** `{registration?: allowed|refused, tries?, retryMs?}`: how often each delivery is tried */
		webhooks(input) {
			const values = read(input);
			const { webhooks } = fanvue.settings;
			const registration = values.optionalText('registration');
			if (registration !== undefined) {
				webhooks.registration = registration === 'refused' ? 'refused' : 'allowed';
			}
			if (values.has('tries')) {
				const retries = Math.max(values.integer('tries', 1) - 1, 0);
				webhooks.retryDelaysMs = Array(retries).fill(values.integer('retryMs', 1000));
			}
		},
		/** `{type, creator?, fan?, id?, ageSeconds?, tampered?, copies?, once?}` → deliveries */
		deliver(input) {
			const values = read(input);
			const id = values.optionalText('id');
			return fanvue.deliver({
				...between(values),
				type: values.text('type'),
				...(id === undefined ? {} : { id }),
				ageSeconds: values.integer('ageSeconds', 0),
				tampered: values.boolean('tampered') ?? false,
				copies: values.integer('copies', 1),
				once: values.boolean('once') ?? false,
			});
		},
		/** `{text?, creator?, fan?}`: a fan writes */
		message(input) {
			const values = read(input);
			const text = values.optionalText('text');
			return told(
				happenings.message({ ...between(values), ...(text === undefined ? {} : { text }) }),
			);
		},
		follow: (input) => told(happenings.follow(between(read(input)))),
		subscribe: (input) => told(happenings.subscribe(between(read(input)))),
		unsubscribe: (input) => told(happenings.unsubscribe(between(read(input)))),
		/** `{amount, postUuid?, creator?, fan?}` */
		tip(input) {
			const values = read(input);
			const postUuid = values.optionalText('postUuid');
			const amount = values.integer('amount', 500);
			const subject = postUuid === undefined ? {} : { postUuid };
			return told(happenings.tip({ ...between(values), amount, ...subject }));
		},
		/** `{messageUuid, creator?, fan?}` */
		unlock(input) {
			const values = read(input);
			const messageUuid = values.text('messageUuid');
			return told(happenings.unlock({ ...between(values), messageUuid }));
		},
	};
}
