import type { Delivery } from './model';
import type { JsonObject, JsonValue } from '../core/json';
import { Parameters } from '../core/parameters';
import type { Action } from '../core/service';
import type { TokenCounts, TokenResponse } from './login';
import type { NewWebhookSubscription } from './mutations';
import type { FanvueSettings } from './settings';
import type { FanvueSimulation } from './simulation';
import type { Participants, SimulatedEvent } from './simulation/emit';
import type { RedeliverOptions } from './webhooks/deliver';
import type { DeliverOptions } from './webhooks/sampleEvent';

function readParameters(input: JsonObject): Parameters {
	return new Parameters(new Map<string, JsonValue>(Object.entries(input)));
}

function readParticipants(values: Parameters): Participants {
	const people: Participants = {};
	for (const role of ['creator', 'fan'] as const) {
		const handle = values.optionalText(role);
		if (handle !== undefined) people[role] = handle;
	}
	return people;
}

/** Returns immediately. The admin state shows the deliveries. */
function idOf({ uuid }: SimulatedEvent): { uuid: string } {
	return { uuid };
}

const REDELIVER_MODES = ['resend', 'corrupt', 'replay'] as const;
const CHECKOUT_STATUSES = ['pending', 'succeeded', 'failed'] as const;

/** The members of the service that the actions use. */
interface ActionTarget {
	readonly settings: FanvueSettings;
	readonly simulation: FanvueSimulation;
	readonly tokenCounts: TokenCounts;
	issueToken(options: { account: string; scopes?: readonly string[] }): TokenResponse;
	expireTokens(): void;
	revoke(account: string): void;
	secrets(): string[];
	sha256(mediaUuid: string): Promise<string>;
	addEndpoint(options: Omit<NewWebhookSubscription, 'clientId'>): {
		id: string;
		signingSecret: string;
	};
	removeEndpoint(id: string): void;
	rotateSecret(id: string): string;
	deliver(options: DeliverOptions): Promise<Delivery[]>;
	redeliver(options: RedeliverOptions): Promise<Delivery[]>;
}

/**
 * Creates the actions of `POST /_admin/fanvue/<action>`. Accounts are identified by their
 * handle, amounts are in cents. `creator` and `fan` default to `mira` and `felix`.
 */
export function createActions(fanvue: ActionTarget): Readonly<Record<string, Action>> {
	const { simulation } = fanvue;
	return {
		/** Returns every code, token and signing secret that was issued. */
		secrets: () => fanvue.secrets(),
		/** `{account, scopes?}`: returns tokens */
		issueToken(input) {
			const values = readParameters(input);
			const account = values.text('account');
			if (!values.has('scopes')) return fanvue.issueToken({ account });
			return fanvue.issueToken({ account, scopes: values.texts('scopes') });
		},
		expireTokens() {
			fanvue.expireTokens();
		},
		/** `{account}` */
		revoke(input) {
			fanvue.revoke(readParameters(input).text('account'));
		},
		tokenCounts: () => fanvue.tokenCounts,
		/** `{size, refillMs}` */
		rateLimit(input) {
			const values = readParameters(input);
			const { rateLimit } = fanvue.settings;
			rateLimit.size = values.integer('size', rateLimit.size);
			rateLimit.refillMs = values.integer('refillMs', rateLimit.refillMs);
			return rateLimit;
		},
		/** `{scopes}`: selects the scopes of the app, as in the developer area; returns the former */
		appScopes(input) {
			const { login } = fanvue.settings;
			const former = login.appScopes;
			login.appScopes = readParameters(input).texts('scopes');
			return former;
		},
		/** `{processingMs?, minimumPartSize?}` */
		media(input) {
			const values = readParameters(input);
			const { media } = fanvue.settings;
			media.processingMs = values.integer('processingMs', media.processingMs);
			media.minimumPartSize = values.integer('minimumPartSize', media.minimumPartSize);
			return media;
		},
		/** `{mediaUuid}`: returns the SHA-256 of the uploaded bytes */
		sha256: async (input) => ({
			sha256: await fanvue.sha256(readParameters(input).text('mediaUuid')),
		}),
		/** `{url, events, secret?}`: adds an endpoint as in the developer area */
		addEndpoint(input) {
			const values = readParameters(input);
			const secret = values.optionalText('secret');
			return fanvue.addEndpoint({
				url: values.text('url'),
				events: values.texts('events'),
				...(secret === undefined ? {} : { secret }),
			});
		},
		/** `{id}` of an endpoint: deletes it as in the developer area */
		removeEndpoint(input) {
			fanvue.removeEndpoint(readParameters(input).text('id'));
		},
		/** `{id}` of a webhook subscription: returns the new signing secret */
		rotateSecret: (input) => ({
			signingSecret: fanvue.rotateSecret(readParameters(input).text('id')),
		}),
		/**
		 * `{registration?: allowed|refused, tries?, retryMs?, probe?, requireHttps?, topicHeaders?,
		 * rotatedSignatures?: joined|repeated}`: changes the settings of webhooks. `tries` is the
		 * number of attempts per delivery.
		 */
		webhooks(input) {
			const values = readParameters(input);
			const { webhooks } = fanvue.settings;
			const registration = values.optionalText('registration');
			if (registration !== undefined) {
				webhooks.registration = registration === 'refused' ? 'refused' : 'allowed';
			}
			for (const name of ['probe', 'requireHttps', 'topicHeaders'] as const) {
				webhooks[name] = values.boolean(name) ?? webhooks[name];
			}
			if (values.has('rotatedSignatures')) {
				const isRepeated = values.text('rotatedSignatures') === 'repeated';
				webhooks.rotatedSignatures = isRepeated ? 'repeated' : 'joined';
			}
			if (values.has('tries')) {
				const retries = Math.max(values.integer('tries', 1) - 1, 0);
				webhooks.retryDelaysMs = Array(retries).fill(values.integer('retryMs', 1000));
			}
		},
		/** `{type, creator?, fan?, id?, ageSeconds?, tampered?, copies?, once?}`: returns the deliveries */
		deliver(input) {
			const values = readParameters(input);
			const id = values.optionalText('id');
			return fanvue.deliver({
				...readParticipants(values),
				type: values.text('type'),
				...(id === undefined ? {} : { id }),
				ageSeconds: values.integer('ageSeconds', 0),
				tampered: values.boolean('tampered') ?? false,
				copies: values.integer('copies', 1),
				once: values.boolean('once') ?? false,
			});
		},
		/** `{number, mode?: resend|corrupt|replay}`: sends a delivery again; returns the new one */
		redeliver(input) {
			const values = readParameters(input);
			const mode = REDELIVER_MODES.find((name) => name === values.optionalText('mode'));
			return fanvue.redeliver({ number: values.integer('number', 0), mode: mode ?? 'resend' });
		},
		/** `{text?, creator?, fan?}`: sends a message from the fan */
		message(input) {
			const values = readParameters(input);
			const text = values.optionalText('text');
			return idOf(
				simulation.sendMessage({
					...readParticipants(values),
					...(text === undefined ? {} : { text }),
				}),
			);
		},
		/** `{text?, creator?, fan?}`: sends a message from the creator */
		reply(input) {
			const values = readParameters(input);
			const text = values.optionalText('text');
			return idOf(
				simulation.reply({ ...readParticipants(values), ...(text === undefined ? {} : { text }) }),
			);
		},
		/** `{messageUuid, creator?, fan?}` */
		deleteMessage(input) {
			const values = readParameters(input);
			const messageUuid = values.text('messageUuid');
			return idOf(simulation.deleteMessage({ ...readParticipants(values), messageUuid }));
		},
		readMessages: (input) => idOf(simulation.readMessages(readParticipants(readParameters(input)))),
		/** `{messageUuid, emoji?, creator?, fan?}` */
		react(input) {
			const values = readParameters(input);
			const emoji = values.optionalText('emoji');
			return idOf(
				simulation.react({
					...readParticipants(values),
					messageUuid: values.text('messageUuid'),
					...(emoji === undefined ? {} : { emoji }),
				}),
			);
		},
		/** `{isOnline, creator?, fan?}` */
		presence(input) {
			const values = readParameters(input);
			const isOnline = values.boolean('isOnline') ?? true;
			return idOf(simulation.setPresence({ ...readParticipants(values), isOnline }));
		},
		/** `{isMuted, creator?, fan?}` */
		mute(input) {
			const values = readParameters(input);
			const isMuted = values.boolean('isMuted') ?? true;
			return idOf(simulation.setMuted({ ...readParticipants(values), isMuted }));
		},
		renew: (input) => idOf(simulation.renew(readParticipants(readParameters(input)))),
		/** `{autoRenewal, creator?, fan?}` */
		autoRenewal(input) {
			const values = readParameters(input);
			const autoRenewal = values.boolean('autoRenewal') ?? false;
			return idOf(simulation.setAutoRenewal({ ...readParticipants(values), autoRenewal }));
		},
		/** `{orderId, kind?: refund|chargeback}` */
		refund(input) {
			const values = readParameters(input);
			const kind = values.optionalText('kind') === 'chargeback' ? 'chargeback' : 'refund';
			return idOf(simulation.refund({ orderId: values.text('orderId'), kind }));
		},
		/** `{status?: pending|succeeded|failed, creator?, fan?}`: returns the invoice number */
		checkoutPay(input) {
			const values = readParameters(input);
			const status = CHECKOUT_STATUSES.find((name) => name === values.optionalText('status'));
			return idOf(
				simulation.checkout.pay({
					...readParticipants(values),
					...(status === undefined ? {} : { status }),
				}),
			);
		},
		checkoutSubscribe: (input) =>
			idOf(simulation.checkout.subscribe(readParticipants(readParameters(input)))),
		/** `{subscriptionUuid}` */
		checkoutRenew: (input) =>
			idOf(
				simulation.checkout.renew({
					subscriptionUuid: readParameters(input).text('subscriptionUuid'),
				}),
			),
		/** `{subscriptionUuid, autoRenewal}` */
		checkoutAutoRenewal(input) {
			const values = readParameters(input);
			return idOf(
				simulation.checkout.setAutoRenewal({
					subscriptionUuid: values.text('subscriptionUuid'),
					autoRenewal: values.boolean('autoRenewal') ?? false,
				}),
			);
		},
		/** `{subscriptionUuid}` */
		checkoutUnsubscribe: (input) =>
			idOf(
				simulation.checkout.unsubscribe({
					subscriptionUuid: readParameters(input).text('subscriptionUuid'),
				}),
			),
		/** `{paymentId}` */
		checkoutRefund: (input) =>
			idOf(simulation.checkout.refund({ paymentId: readParameters(input).text('paymentId') })),
		/** `{paymentId, stage?: flagged|created}` */
		checkoutDispute(input) {
			const values = readParameters(input);
			const stage = values.optionalText('stage') === 'flagged' ? 'flagged' : 'created';
			return idOf(simulation.checkout.dispute({ paymentId: values.text('paymentId'), stage }));
		},
		/** `{amount, creator?}` */
		payOut(input) {
			const values = readParameters(input);
			const amount = values.integer('amount', 5000);
			return idOf(simulation.checkout.payOut({ ...readParticipants(values), amount }));
		},
		/** `{amount, fan?}`: returns the purchase reference */
		appPurchase(input) {
			const values = readParameters(input);
			const amount = values.integer('amount', 1900);
			return idOf(simulation.checkout.buyInApp({ ...readParticipants(values), amount }));
		},
		/** `{reference}` */
		appRefund: (input) =>
			idOf(simulation.checkout.refundInApp({ reference: readParameters(input).text('reference') })),
		/** `{postUuid, creator?, fan?}` */
		likePost(input) {
			const values = readParameters(input);
			const postUuid = values.text('postUuid');
			return idOf(simulation.likePost({ ...readParticipants(values), postUuid }));
		},
		/** `{postUuid, text, creator?, fan?}` */
		commentPost(input) {
			const values = readParameters(input);
			const [postUuid, text] = [values.text('postUuid'), values.text('text')];
			return idOf(simulation.commentPost({ ...readParticipants(values), postUuid, text }));
		},
		/** `{postUuid, creator?, fan?}` */
		buyPost(input) {
			const values = readParameters(input);
			const postUuid = values.text('postUuid');
			return idOf(simulation.buyPost({ ...readParticipants(values), postUuid }));
		},
		unfollow: (input) => idOf(simulation.unfollow(readParticipants(readParameters(input)))),
		follow: (input) => idOf(simulation.follow(readParticipants(readParameters(input)))),
		subscribe: (input) => idOf(simulation.subscribe(readParticipants(readParameters(input)))),
		unsubscribe: (input) => idOf(simulation.unsubscribe(readParticipants(readParameters(input)))),
		/** `{amount, postUuid?, creator?, fan?}` */
		tip(input) {
			const values = readParameters(input);
			const postUuid = values.optionalText('postUuid');
			const amount = values.integer('amount', 500);
			const subject = postUuid === undefined ? {} : { postUuid };
			return idOf(simulation.tip({ ...readParticipants(values), amount, ...subject }));
		},
		/** `{messageUuid, creator?, fan?}` */
		unlock(input) {
			const values = readParameters(input);
			const messageUuid = values.text('messageUuid');
			return idOf(simulation.unlockMessage({ ...readParticipants(values), messageUuid }));
		},
	};
}
