import { mapFrame, mapHistoryMessage } from '../../../nodes/Fanbook/trigger/events/frameMapper';
import { isJsonObject, parseJson, type JsonObject } from '../../../nodes/shared/json';
import { ALL_PAYLOADS, BOT_ID, type Payload } from '../../fixtures/fanbook/payloads';

/** Returns a payload as it is received: parsed from its JSON text, so that numbers are exact. */
function receive(payload: Payload['payload']): JsonObject {
	const received = parseJson(JSON.stringify(payload));
	if (!isJsonObject(received)) throw new TypeError('the payload is not an object');
	return received;
}

describe('Public payloads of Fanbook', () => {
	it.each(ALL_PAYLOADS.map((payload) => [payload.name, payload] as const))(
		'the event of the payload "%s" is the one in the reference',
		(_name, { kind, payload, expected }) => {
			const map = kind === 'frame' ? mapFrame : mapHistoryMessage;
			const events = map(receive(payload), BOT_ID);
			expect(events).toHaveLength(1);
			expect([...(events[0]?.names ?? [])].sort()).toEqual([...expected.names].sort());
			expect(events[0]?.data).toMatchObject(expected.data);
			expect(events[0]?.data.raw).toEqual(
				kind === 'frame' && payload.action !== undefined ? receive(payload).data : receive(payload),
			);
		},
	);
});
