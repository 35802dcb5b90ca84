// n8n reads this setting when it is loaded, so this file is to be imported first.
process.env.N8N_LOG_LEVEL = 'info';

/** Collects what n8n logs, in place of showing it. */
export class LogCapture {
	texts: string[] = [];
	private spies: jest.SpyInstance[] = [];

	start(): void {
		const keep = (text: unknown) => {
			this.texts.push(String(text));
			return true;
		};
		this.spies = [jest.spyOn(console, 'log').mockImplementation(keep)];
		// The console of a single test file gives its stream to the library that n8n logs with.
		const stream: unknown = Reflect.get(console, '_stdout');
		if (isStream(stream)) this.spies.push(jest.spyOn(stream, 'write').mockImplementation(keep));
	}

	clear(): void {
		this.texts = [];
	}

	stop(): void {
		for (const spy of this.spies) spy.mockRestore();
		this.clear();
	}
}

function isStream(value: unknown): value is { write: (text: string) => boolean } {
	return typeof value === 'object' && value !== null && 'write' in value;
}
