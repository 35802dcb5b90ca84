import { setTimeout as pause } from 'node:timers/promises';
import { DEMO } from '../../sandbox/demo';
import { startSandbox } from '../../sandbox';

/**
 * The sandbox in a process of its own, which sends messages of a Fanbook channel over the gateway: all at
 * once, or so many per second. Each text has the time at which it was sent.
 */

interface Burst {
	name: string;
	count: number;
	/** All at once if it is left out. */
	perSecond?: number;
}

function isBurst(message: unknown): message is Burst {
	return typeof message === 'object' && message !== null && 'count' in message;
}

async function main(): Promise<void> {
	const sandbox = await startSandbox({ port: 0 });
	const { lobbyChannelId, userId } = DEMO.fanbook;
	const send = async ({ name, count, perSecond }: Burst) => {
		const start = performance.now();
		for (let number = 0; number < count; number += 1) {
			const due = perSecond === undefined ? 0 : start + (number * 1000) / perSecond;
			const left = due - performance.now();
			if (left > 0) await pause(left);
			sandbox.fanbook.say(lobbyChannelId, userId, `${name} ${number} sent ${Date.now()}`);
		}
	};
	process.on('message', (message) => {
		if (isBurst(message)) void send(message).then(() => process.send?.({ sent: message.name }));
		else process.send?.({ open: sandbox.fanbook.gateway.open });
	});
	process.on('disconnect', () => void sandbox.close().then(() => process.exit(0)));
	process.send?.({ urls: sandbox.urls });
}

void main();
