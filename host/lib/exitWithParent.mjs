/**
 * Preloaded into every Node.js process that the host starts (`node --import exitWithParent.mjs …`). The
 * parent holds the other end of an IPC channel. When that end closes, because the parent ended or was
 * killed, this process ends as if by SIGTERM, and after a grace period unconditionally. So nothing keeps
 * running after a crash.
 */
const GRACE_PERIOD_MS = 8_000;

function exit() {
	setTimeout(() => process.exit(1), GRACE_PERIOD_MS).unref();
	if (process.platform !== 'win32') process.kill(process.pid, 'SIGTERM');
	// Windows has no SIGTERM to send, so the handlers are called directly.
	else if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0);
}

// Only a process that was started with a channel has `send`. It is still there when the channel is
// already closed, as after a parent that ended before this line ran.
if (process.send !== undefined) {
	if (process.connected) {
		process.channel?.unref();
		process.once('disconnect', exit);
	} else exit();
}
