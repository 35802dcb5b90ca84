/** The panel of the Fanbook Trigger while it waits for an event. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';
import { test } from './support/test.mjs';

test('The panel waits for a message and shows it', async ({ editor, sandbox, demo }) => {
	const { lobbyChannelId, userId } = sandbox.demo.fanbook;
	const openConnections = async () => (await sandbox.act('fanbook', 'gateway')).open;
	const before = await openConnections();
	await editor.openNewWorkflow();
	await editor.add('Fanbook', 'Fanbook', 'On message');
	await editor.chooseCredential(demo.credential('fanbookBotApi'));
	await editor.execute();
	await until(async () => (await openConnections()) > before, { what: 'the panel to connect' });
	await editor.picture('the trigger waits');
	const { message_id: id } = await sandbox.act('fanbook', 'say', {
		channelId: lobbyChannelId,
		userId,
		text: 'Is anyone listening?',
	});
	await editor.showOutput();
	assert.equal(await editor.outputValue('[0].message_id'), `"${id}"`);
	assert.equal(await editor.outputValue('[0].channel_id'), `"${lobbyChannelId}"`);
	await editor.picture('the trigger has received a message');
	await until(async () => (await openConnections()) === before, {
		what: 'the panel to disconnect',
	});
});
