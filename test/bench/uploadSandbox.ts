import { startSandbox } from '../../sandbox';

/**
 * The sandbox of the upload measurement, in a separate process. Communicates over its IPC channel.
 */
async function main(): Promise<void> {
	const sandbox = await startSandbox({ port: 0 });
	sandbox.fanvue.baseline.media.processingMs = 0;
	sandbox.reset();
	process.on('message', (mediaUuid) => {
		void sandbox.fanvue.sha256(String(mediaUuid)).then((sha256) => process.send?.({ sha256 }));
	});
	process.on('disconnect', () => void sandbox.close().then(() => process.exit(0)));
	process.send?.({ urls: sandbox.urls, token: sandbox.fanvue.issueToken({ account: 'mira' }) });
}

void main();
