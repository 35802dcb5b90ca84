/** The Fanbook Trigger's panel while it listens. */
import assert from 'node:assert/strict';
import { until } from '../../host/lib/processes.mjs';

export const checks = {
	async 'The panel listens until a message arrives, and shows it'({ editor, sandbox, demo }) {
		const { lobbyChannelId, userId } = sandbox.demo.fanbook;
		const open = async () => (await sandbox.act('fanbook', 'gateway')).open;
		const before = await open();
		await editor.openNewWorkflow();
		await editor.add('Fanbook', 'Fanbook', 'On message');
		await editor.chooseCredential(demo.credentials.fanbookBotApi);
		await editor.execute();
		await until(async () => (await open()) > before, { what: 'the panel to listen' });
		await editor.picture('the trigger listens');
		const { message_id: id } = await sandbox.act('fanbook', 'say', {
			channelId: lobbyChannelId,
			userId,
			text: 'Is anyone listening?',
		});
		await editor.showOutput();
		assert.equal(await editor.outputValue('[0].message_id'), `"${id}"`);
		assert.equal(await editor.outputValue('[0].channel_id'), `"${lobbyChannelId}"`);
		await editor.picture('the trigger has received a message');
		await until(async () => (await open()) === before, { what: 'the panel to hang up' });
	},
};
