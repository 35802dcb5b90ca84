import { randomUUID } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UploadedPart } from '../model';

/** Stores uploaded parts in files, so that large uploads do not need much memory. */
export class PartFiles {
	private folder: string | undefined;
	/** Deletes the files of a process that exits without closing the sandbox. */
	private readonly onExit = (): void => {
		this.remove();
	};

	/** Stores bytes and returns the path of their file. */
	async write(bytes: Buffer): Promise<string> {
		if (this.folder === undefined) {
			this.folder = mkdtempSync(join(tmpdir(), 'fanvue-sandbox-'));
			process.once('exit', this.onExit);
		}
		const file = join(this.folder, randomUUID());
		await writeFile(file, bytes);
		return file;
	}

	/** Returns the bytes of the parts in order. */
	async *read(parts: readonly UploadedPart[]): AsyncGenerator<Buffer> {
		for (const part of parts) {
			for await (const chunk of createReadStream(part.file)) {
				if (Buffer.isBuffer(chunk)) yield chunk;
			}
		}
	}

	/** Deletes all files. */
	remove(): void {
		if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
		this.folder = undefined;
		process.off('exit', this.onExit);
	}
}
