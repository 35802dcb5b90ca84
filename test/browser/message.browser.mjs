/** A Fanbook message, from an empty node to its output. */
import assert from 'node:assert/strict';
import { test } from './support/test.mjs';

/** @typedef {import('./support/test.mjs').BrowserHost} Host */

const SERVERS = ['Lantern Town 灯笼镇', 'Board Game Night'];

/**
 * Creates a workflow with a node that sends a message, and leaves its panel open.
 *
 * @param {Host} host
 */
async function addSendNode({ editor, demo }) {
	await editor.openManualWorkflow();
	await editor.add('Fanbook', 'Fanbook', 'Send a message');
	await editor.chooseCredential(demo.credential('fanbookBotApi'));
}

/**
 * @param {Host} host
 * @param {string} channelId
 * @returns {Promise<import('../../host/lib/types.ts').Json>} the latest message of a channel, as the
 *   service stores it
 */
async function latestMessage({ sandbox }, channelId) {
	const [message] = await sandbox.act('fanbook', 'messages', { channelId, last: 1 });
	return message;
}

test('A message can be sent to a server and channel chosen from lists', async (host) => {
	const { editor, sandbox } = host;
	await addSendNode(host);
	const servers = await editor.openList('server');
	assert.deepEqual(await servers.allInnerTexts(), SERVERS);
	await editor.picture('the list of servers');
	await servers.getByText('Lantern Town').click();
	const channels = await editor.openList('chatId');
	await channels.getByText('lobby').waitFor();
	await editor.picture('the list of channels');
	await channels.getByText('help').click();
	await editor.fill('text', 'Who keeps the lanterns?');
	await editor.picture('a message, filled in');
	await editor.execute();
	await editor.showOutput();
	const { helpChannelId } = sandbox.demo.fanbook;
	const { message_id: id, channel_id: channelId } = await latestMessage(host, helpChannelId);
	assert.equal(await editor.outputValue('[0].message_id'), `"${id}"`);
	assert.equal(await editor.outputValue('[0].chat.id'), `"${channelId}"`);
	assert.equal(await editor.outputValue('[0].content.text'), '"Who keeps the lanterns?"');
	await editor.picture('a message, sent');
});

test('A message can be sent to a channel given by an ID of nineteen digits', async (host) => {
	const { editor, sandbox } = host;
	const { lobbyChannelId } = sandbox.demo.fanbook;
	await addSendNode(host);
	await editor.locate('chatId', 'id', lobbyChannelId);
	await editor.fill('text', 'By its ID');
	await editor.execute();
	await editor.showOutput();
	const { message_id: id } = await latestMessage(host, lobbyChannelId);
	assert.equal(await editor.outputValue('[0].message_id'), `"${id}"`);
	assert.equal(await editor.outputValue('[0].chat.id'), `"${lobbyChannelId}"`);
	await editor.picture('a message, sent by ID');
});

test('The panel shows an error of the service and how to solve it', async (host) => {
	const { editor, sandbox } = host;
	await addSendNode(host);
	await editor.locate('chatId', 'id', sandbox.demo.fanbook.announcementsChannelId);
	await editor.fill('text', 'Not allowed here');
	await editor.execute();
	const panel = editor.part('output-panel');
	const message = panel.getByTestId('node-error-message');
	await message.getByText('The bot has no permission for this').waitFor();
	await panel.getByText("Give the bot's role the permission SEND_MESSAGES").first().waitFor();
	await editor.picture('a message, rejected');
});

test('Lists that depend on a server say so until one is chosen', async (host) => {
	const { editor, demo } = host;
	await editor.openManualWorkflow();
	await editor.add('Fanbook', 'Fanbook', 'Set the roles of a member');
	await editor.chooseCredential(demo.credential('fanbookBotApi'));
	const roles = await editor.openOptions('roles', 'Choose the server first');
	assert.equal(await roles.getByText('Level 1', { exact: true }).count(), 0);
	await editor.picture('the list of roles without a server');
	// A click elsewhere closes the list that is open.
	await editor.part('resource-locator-userId').getByTestId('rlc-input').click();
	await editor.part('rlc-error-container').getByText('Choose the server first').waitFor();
	await editor.picture('the list of members without a server');
});
