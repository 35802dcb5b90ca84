/**
 * Loaded into n8n before its own code. The signal SIGUSR2 starts a CPU profile, the next one stops it and
 * writes it to the file that `BENCH_PROFILE` names.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

const file = process.env.BENCH_PROFILE;
// The processes that n8n starts inherit its environment, and would write to the same file.
delete process.env.BENCH_PROFILE;

/** @type {Session | undefined} */
let session;

async function toggle() {
	if (session === undefined) {
		session = new Session();
		session.connect();
		await session.post('Profiler.enable');
		await session.post('Profiler.start');
		return;
	}
	const { profile } = await session.post('Profiler.stop');
	session.disconnect();
	session = undefined;
	// Renamed, so that whoever waits for the file finds all of it.
	writeFileSync(`${file}.part`, JSON.stringify(profile));
	renameSync(`${file}.part`, String(file));
}

if (file !== undefined) {
	process.on('SIGUSR2', () => {
		void toggle();
	});
}
