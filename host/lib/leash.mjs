/**
 * Loaded first into every Node process the host starts (`node --import leash.mjs …`). The parent holds
 * the other end of an IPC channel; when that end is gone, whether let go or killed, the child ends too:
 * first as on Ctrl-C, and for certain after a while. So nothing is left running after a crash.
 */
const GRACE_MS = 8_000;

function end() {
	setTimeout(() => process.exit(1), GRACE_MS).unref();
	if (process.platform !== 'win32') process.kill(process.pid, 'SIGTERM');
	// Windows has no SIGTERM to send: the handlers are called directly.
	else if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0);
}

// Only a process that was given a channel has `send`, and it keeps it when the channel is gone: the
// parent may have ended before this line was reached.
if (process.send) {
	if (process.connected) {
		process.channel.unref();
		process.once('disconnect', end);
	} else end();
}
