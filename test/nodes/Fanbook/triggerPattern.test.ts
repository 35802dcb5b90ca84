import { resetSafeRegexEngine } from 'n8n-workflow';
import { TriggerHarness } from '../../support/fanbookTriggerHarness';
import { until } from '../../support/trigger';

const harness = TriggerHarness.forTests();

// Other tests run without n8n's time limit for patterns; here it is under test.
resetSafeRegexEngine();

test('a pattern that runs too long is stopped and reported once, and the next message is processed', async () => {
	const n8n = harness.n8n({ filters: { pattern: '^(a+)+$' } });
	await harness.connect(n8n);
	harness.say(`${'a'.repeat(60)}!`);
	harness.say(`${'a'.repeat(60)}?`);
	harness.say('aaa');
	await until('the one that fits has started', () => n8n.started.length > 0);
	expect(n8n.texts()).toEqual(['aaa']);
	expect(n8n.saved).toEqual([
		{
			message: 'A message was skipped because the pattern took too long',
			description: expect.stringMatching(
				/^Simplify Text Matches Pattern under Filters, .* Reported by n8n: .*timed out$/,
			),
		},
	]);
	expect(n8n.givenUp).toEqual([]);
});

test('a pattern with flags is used as written', async () => {
	const n8n = harness.n8n({ filters: { pattern: '/^order (\\d+)$/gim' } });
	await harness.connect(n8n);
	harness.say('an Order 7');
	harness.say('please:\nORDER 8');
	harness.say('order 9');
	await until('two have started', () => n8n.started.length > 1);
	expect(n8n.texts()).toEqual(['please:\nORDER 8', 'order 9']);
});
