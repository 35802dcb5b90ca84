/** A chat model on this machine that implements OpenAI's chat completions with prepared replies. */
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @typedef {object} ModelRequest
 * @property {Array<{ role: string, content: string }>} messages
 * @property {string[]} tools names of the tools that the model may call
 * @property {Tool[]} definitions of these tools
 */

/** @typedef {{ name: string, description?: string, parameters?: { properties?: object } }} Tool */

/** @typedef {{ tool: string, input?: object }} ToolCall */
/** @typedef {{ role: 'assistant', content: string | null, tool_calls?: object[] }} Message */

/**
 * @param {(request: ModelRequest) => string | ToolCall | Promise<string | ToolCall>} reply returns the text of the model, or the tool
 *   that it calls
 * @returns {Promise<{ url: string, requests: ModelRequest[], close: () => Promise<void> }>} `url` is a
 *   base URL
 */
export async function startModel(reply) {
	/** @type {ModelRequest[]} */
	const requests = [];
	/**
	 * @param {import('node:http').IncomingMessage} request
	 * @param {import('node:http').ServerResponse} response
	 */
	async function respond(request, response) {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		/** @type {Pick<ModelRequest, 'messages'> & { tools?: Array<{ function: Tool }>, stream?: boolean }} */
		const { messages, tools = [], stream } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
		const definitions = tools.map((tool) => tool.function);
		const received = { messages, tools: definitions.map(({ name }) => name), definitions };
		requests.push(received);
		const result = await reply(received);
		/** @type {Message} */
		const message =
			typeof result === 'string'
				? { role: 'assistant', content: result }
				: { role: 'assistant', content: null, tool_calls: [toolCall(result, requests.length)] };
		const finishReason = typeof result === 'string' ? 'stop' : 'tool_calls';
		if (stream) sendStream(response, message, finishReason);
		else sendJson(response, message, finishReason);
	}
	const server = createServer((request, response) => {
		void respond(request, response);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : undefined;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		async close() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

/**
 * @param {ToolCall} call
 * @param {number} number
 */
function toolCall({ tool, input = {} }, number) {
	const call = { name: tool, arguments: JSON.stringify(input) };
	return { id: `call_${number}`, type: 'function', function: call };
}

const HEAD = { id: 'chat', created: 0, model: 'a model' };

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Message} message
 * @param {string} finishReason
 */
function sendJson(response, message, finishReason) {
	response.setHeader('content-type', 'application/json');
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	const choices = [{ index: 0, message, finish_reason: finishReason }];
	response.end(JSON.stringify({ ...HEAD, object: 'chat.completion', choices, usage }));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Message} message
 * @param {string} finishReason
 */
function sendStream(response, message, finishReason) {
	response.setHeader('content-type', 'text/event-stream');
	const toolCalls = message.tool_calls?.map((call, index) => ({ index, ...call }));
	const choices = [
		{ delta: { ...message, tool_calls: toolCalls } },
		{ delta: {}, finish_reason: finishReason },
	];
	for (const choice of choices) {
		const chunk = { ...HEAD, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] };
		response.write(`data: ${JSON.stringify(chunk)}\n\n`);
	}
	response.end('data: [DONE]\n\n');
}
