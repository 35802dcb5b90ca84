import { normalizeEvent } from '../../../nodes/Fanvue/trigger/events/normalizeEvent';
import { ALL_TOPICS } from '../../../nodes/Fanvue/webhookTopics';
import { isJsonObject, parseJson, type JsonObject } from '../../../nodes/shared/json';
import { DELIVERIES, RESPONSES } from '../../fixtures/fanvue/payloads';
import { FanvueHarness } from '../../support/fanvueHarness';
import { TestServer } from '../../support/server';

/** Returns a payload as it is received: parsed from its JSON text. */
function receive(payload: object): JsonObject {
	const received = parseJson(JSON.stringify(payload));
	if (!isJsonObject(received)) throw new TypeError('the payload is not an object');
	return received;
}

describe('Public deliveries of Fanvue', () => {
	test.each(DELIVERIES.map((delivery) => [delivery.name, delivery] as const))(
		'the event of the delivery "%s" is the one in the reference',
		(_name, { payload, headers, expected }) => {
			const received = receive(payload);
			const event = normalizeEvent(received, 'fingerprint', headers);
			const present = Object.entries(expected).filter(([, value]) => value !== null);
			const absent = Object.keys(expected).filter((key) => expected[key] === null);
			expect(event).toMatchObject({ id: 'fingerprint', ...Object.fromEntries(present) });
			expect(absent.filter((key) => key in event)).toEqual([]);
			expect(event.raw).toEqual(received);
		},
	);

	test('every topic that the trigger offers has a sample', () => {
		const sampled = new Set(DELIVERIES.map(({ expected }) => expected['event']));
		const missing = ALL_TOPICS.filter(({ flat, value }) => flat !== true && !sampled.has(value));
		expect(missing).toEqual([]);
	});
});

describe('Public responses of Fanvue', () => {
	const server = new TestServer();
	const harness = FanvueHarness.forTests(server);

	test.each(RESPONSES.map((response) => [response.name, response] as const))(
		'the output for the response "%s" is the one in the reference',
		async (_name, { operation: [resource, operation], parameters, response, expected }) => {
			server.reply = () => ({ body: JSON.stringify(response) });
			const { items, error } = await harness.run(resource, operation, parameters, {
				credentials: harness.credential('mira', { baseUrl: server.url }),
			});
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json)).toEqual(expected);
		},
	);
});
