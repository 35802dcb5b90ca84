/** A chat model on this machine that speaks OpenAI's chat completions and does as it is told. */
import { createServer } from 'node:http';

/**
 * @param {(request: { messages: object[], tools: string[] }) => string | { tool: string, input?: object }} reply
 *   what the model says, or the tool that it calls
 * @returns {Promise<{ url: string, requests: object[], close: () => Promise<void> }>} `url` is a Base URL
 */
export async function startModel(reply) {
	const requests = [];
	const server = createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const { messages, tools = [], stream } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
		const asked = { messages, tools: tools.map((tool) => tool.function.name) };
		requests.push(asked);
		const said = reply(asked);
		const message =
			typeof said === 'string'
				? { role: 'assistant', content: said }
				: { role: 'assistant', content: null, tool_calls: [callOf(said, requests.length)] };
		const finish = typeof said === 'string' ? 'stop' : 'tool_calls';
		if (stream) streamed(response, message, finish);
		else answer(response, message, finish);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${server.address().port}/v1`,
		requests,
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

function callOf({ tool, input = {} }, number) {
	const call = { name: tool, arguments: JSON.stringify(input) };
	return { id: `call_${number}`, type: 'function', function: call };
}

const head = { id: 'chat', created: 0, model: 'a model' };

function answer(response, message, finish_reason) {
	response.setHeader('content-type', 'application/json');
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	const choices = [{ index: 0, message, finish_reason }];
	response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
}

function streamed(response, message, finish_reason) {
	response.setHeader('content-type', 'text/event-stream');
	const tool_calls = message.tool_calls?.map((call, index) => ({ index, ...call }));
	for (const choice of [{ delta: { ...message, tool_calls } }, { delta: {}, finish_reason }]) {
		const chunk = { ...head, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] };
		response.write(`data: ${JSON.stringify(chunk)}\n\n`);
	}
	response.end('data: [DONE]\n\n');
}
