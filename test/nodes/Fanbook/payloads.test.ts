import { mapFrame, mapHistoryMessage } from '../../../nodes/Fanbook/trigger/events/frameMapper';
import { mapUpdate } from '../../../nodes/Fanbook/trigger/events/updateMapper';
import { isJsonObject, parseJson, type JsonObject } from '../../../nodes/shared/json';
import { ALL_PAYLOADS, BOT_ID, type Payload } from '../../fixtures/fanbook/payloads';

const MAPPERS = { frame: mapFrame, update: mapUpdate, history: mapHistoryMessage };

/** Returns a payload as it is received: parsed from its JSON text, so that numbers are exact. */
function receive(payload: Payload['payload']): JsonObject {
	// A fixture cannot hold a number with so many digits, so it is marked in a text.
	const received = parseJson(JSON.stringify(payload).replace(/"int64:(\d+)"/g, '$1'));
	if (!isJsonObject(received)) throw new TypeError('the payload is not an object');
	return received;
}

describe('Public payloads of Fanbook', () => {
	it.each(ALL_PAYLOADS.map((payload) => [payload.name, payload] as const))(
		'the event of the payload "%s" is the one in the reference',
		(_name, { kind, payload, expected }) => {
			const events = MAPPERS[kind](receive(payload), BOT_ID);
			expect(events).toHaveLength(1);
			expect([...(events[0]?.names ?? [])].sort()).toEqual([...expected.names].sort());
			expect(events[0]?.data).toMatchObject(expected.data);
			expect(events[0]?.data.raw).toEqual(
				kind === 'frame' && payload.action !== undefined ? receive(payload).data : receive(payload),
			);
		},
	);
});
