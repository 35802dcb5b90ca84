/**
 * Loaded first into every Node process the host starts (`node --import leash.mjs …`). The parent holds
 * the other end of an IPC channel; when that end is gone, whether let go or killed, the child ends too:
 * first as on Ctrl-C, and for certain after a while. So nothing is left running after a crash.
 */
const GRACE_MS = 8_000;

if (process.channel) {
	process.channel.unref();
	process.once('disconnect', () => {
		setTimeout(() => process.exit(1), GRACE_MS).unref();
		if (process.platform === 'win32') {
			// Windows has no SIGTERM to send: the handlers are called directly.
			if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0);
		} else process.kill(process.pid, 'SIGTERM');
	});
}
