import { TriggerHarness } from '../../support/fanbookTriggerHarness';

// n8n reads these settings at its first request. The sandbox is at 127.0.0.1.
process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';
process.env.N8N_SSRF_ALLOWED_IP_RANGES = '127.0.0.1/32';

const harness = TriggerHarness.forTests();

test('a gateway that n8n does not allow ends a test run with a message that names the setting', async () => {
	const n8n = harness.n8n({}, { credential: { gatewayUrl: 'ws://127.0.0.3:5780/websocket' } });
	await expect(n8n.test()).rejects.toMatchObject({
		message: 'This n8n does not allow connections to the Fanbook gateway',
		description:
			'The request was blocked because it resolves to a restricted IP address. Have the administrator of n8n allow the host of Gateway URL (N8N_SSRF_ALLOWED_HOSTNAMES)',
	});
});
