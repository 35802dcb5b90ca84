import { rmSync } from 'node:fs';

export default function removeJestFolder(): void {
	const { JEST_FOLDER } = process.env;
	if (JEST_FOLDER !== undefined) rmSync(JEST_FOLDER, { recursive: true, force: true });
}
