/** A type of picture, recognized by its first bytes. */
export interface ImageType {
	mimeType: string;
	extension: string;
	/** Not every Fanfou client could post this type, so Fanfou may reject it. */
	mayBeRejected?: boolean;
}

const TYPES: Array<ImageType & { matches: (data: Buffer) => boolean }> = [
	{
		mimeType: 'image/jpeg',
		extension: 'jpg',
		matches: (data) => data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff,
	},
	{ mimeType: 'image/png', extension: 'png', matches: startsWith('\x89PNG\r\n\x1a\n') },
	{ mimeType: 'image/gif', extension: 'gif', matches: startsWith('GIF8') },
	{ mimeType: 'image/bmp', extension: 'bmp', mayBeRejected: true, matches: startsWith('BM') },
	{
		mimeType: 'image/webp',
		extension: 'webp',
		mayBeRejected: true,
		matches: (data) => startsWith('RIFF')(data) && data.toString('latin1', 8, 12) === 'WEBP',
	},
];

function startsWith(text: string) {
	return (data: Buffer) => data.toString('latin1', 0, text.length) === text;
}

/** Returns the type of a picture by its bytes; `undefined` if Fanfou does not know it. */
export function imageType(data: Buffer): ImageType | undefined {
	return TYPES.find(({ matches }) => matches(data));
}
