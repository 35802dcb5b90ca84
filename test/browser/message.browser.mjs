/** A Fanbook message, from an empty node to what came out of it. */
import assert from 'node:assert/strict';

const SERVERS = ['Lantern Town 灯笼镇', 'Board Game Night'];

/** A workflow with a node that sends a message; its panel is open. */
async function addSend({ editor, demo }) {
	await editor.openManualWorkflow();
	await editor.add('Fanbook', 'Fanbook', 'Send a message');
	await editor.chooseCredential(demo.credentials.fanbookBotApi);
}

/** The latest message of a channel, as the service keeps it. */
async function latest(sandbox, channelId) {
	const [message] = await sandbox.act('fanbook', 'messages', { channelId, last: 1 });
	return message;
}

export const checks = {
	async 'Servers and channels are offered as lists, and the message arrives'(context) {
		const { editor, sandbox } = context;
		await addSend(context);
		const servers = await editor.openList('server');
		assert.deepEqual(await servers.allInnerTexts(), SERVERS);
		await editor.picture('the servers to choose from');
		await servers.getByText(SERVERS[0]).click();
		const channels = await editor.openList('chatId');
		await channels.getByText('lobby').waitFor();
		await editor.picture('the channels to choose from');
		await channels.getByText('help').click();
		await editor.fill('text', 'Who keeps the lanterns?');
		await editor.picture('a message, filled in');
		await editor.execute();
		await editor.showOutput();
		const { message_id: id, channel_id: channelId } = await latest(
			sandbox,
			sandbox.demo.fanbook.helpChannelId,
		);
		assert.equal(await editor.outputValue('[0].message_id'), `"${id}"`);
		assert.equal(await editor.outputValue('[0].chat.id'), `"${channelId}"`);
		assert.equal(await editor.outputValue('[0].content.text'), '"Who keeps the lanterns?"');
		await editor.picture('a message, sent');
	},

	async 'A channel is taken by its ID, with all nineteen digits'(context) {
		const { editor, sandbox } = context;
		const { lobbyChannelId } = sandbox.demo.fanbook;
		await addSend(context);
		await editor.locate('chatId', 'id', lobbyChannelId);
		await editor.fill('text', 'By its ID');
		await editor.execute();
		await editor.showOutput();
		const { message_id: id } = await latest(sandbox, lobbyChannelId);
		assert.equal(await editor.outputValue('[0].message_id'), `"${id}"`);
		assert.equal(await editor.outputValue('[0].chat.id'), `"${lobbyChannelId}"`);
		await editor.picture('a message, sent by ID');
	},

	async 'What the service refuses is said with the way out'(context) {
		const { editor, sandbox } = context;
		await addSend(context);
		await editor.locate('chatId', 'id', sandbox.demo.fanbook.announcementsChannelId);
		await editor.fill('text', 'Not allowed here');
		await editor.execute();
		const panel = editor.part('output-panel');
		const message = panel.getByTestId('node-error-message');
		await message.getByText('The bot has no permission for this').waitFor();
		await panel.getByText("Give the bot's role the permission SEND_MESSAGES").first().waitFor();
		await editor.picture('a message, refused');
	},
};
