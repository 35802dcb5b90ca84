/** A kind of picture, told by its first bytes. */
export interface ImageType {
	mimeType: string;
	extension: string;
	/** Not every client of Fanfou could post this kind, so the server may refuse it. */
	doubtful?: boolean;
}

const TYPES: Array<ImageType & { begins: (data: Buffer) => boolean }> = [
	{
		mimeType: 'image/jpeg',
		extension: 'jpg',
		begins: (data) => data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff,
	},
	{ mimeType: 'image/png', extension: 'png', begins: starts('\x89PNG\r\n\x1a\n') },
	{ mimeType: 'image/gif', extension: 'gif', begins: starts('GIF8') },
	{ mimeType: 'image/bmp', extension: 'bmp', doubtful: true, begins: starts('BM') },
	{
		mimeType: 'image/webp',
		extension: 'webp',
		doubtful: true,
		begins: (data) => starts('RIFF')(data) && data.toString('latin1', 8, 12) === 'WEBP',
	},
];

function starts(text: string) {
	return (data: Buffer) => data.toString('latin1', 0, text.length) === text;
}

/** What the bytes are, whatever a name or a server says; `undefined` for no picture Fanfou knows. */
export function imageType(data: Buffer): ImageType | undefined {
	return TYPES.find(({ begins }) => begins(data));
}
