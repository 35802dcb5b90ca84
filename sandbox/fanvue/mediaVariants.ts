import { uuidOf } from './ids';
import type { Media, MediaType } from './model';
import { presign } from './storage/signature';
import type { FanvueState } from './state';

export type VariantType = 'main' | 'thumbnail' | 'thumbnail_gallery' | 'blurred';

interface Shape {
	type: VariantType;
	position: number;
	width: number | null;
	height: number | null;
}

const PICTURES: Shape[] = [
	{ type: 'main', position: 0, width: 640, height: 480 },
	{ type: 'thumbnail', position: 0, width: 160, height: 120 },
	{ type: 'thumbnail_gallery', position: 0, width: 320, height: 240 },
	{ type: 'blurred', position: 0, width: 160, height: 120 },
];
const FILM_STILLS: Shape[] = [1, 2].map((position) => ({
	type: 'thumbnail_gallery',
	position,
	width: 320,
	height: 240,
}));
const WITHOUT_PICTURE: Shape[] = [{ type: 'main', position: 0, width: null, height: null }];

function shapesOf(type: MediaType): Shape[] {
	if (type === 'image') return PICTURES;
	return type === 'video' ? [...PICTURES, ...FILM_STILLS] : WITHOUT_PICTURE;
}

/** Returns the file name of a variant. */
export function variantFile(media: Media, type: VariantType, position: number): string {
	if (type === 'main') return media.filename;
	const stem = media.filename.replace(/\.[^.]*$/, '');
	return `${stem}-${type}${position === 0 ? '' : `-${position}`}.png`;
}

/** Returns the requested variants of a ready item, with signed URLs. */
export function variantsOf(
	state: FanvueState,
	media: Media,
	requested: readonly string[],
	{ withUuid }: { withUuid: boolean },
): Array<Record<string, unknown>> {
	const { downloadSeconds } = state.settings.media;
	const lengthMs = ['video', 'audio'].includes(media.mediaType) ? 12_000 : null;
	return shapesOf(media.mediaType)
		.filter(({ type }) => requested.includes(type))
		.map(({ type, position, width, height }) => {
			const file = encodeURIComponent(variantFile(media, type, position));
			const path = `/fanvue-storage/media/${media.uuid}/${type}/${position}/${file}`;
			const signed = presign({
				method: 'GET',
				path,
				query: {},
				now: state.now(),
				seconds: downloadSeconds,
			});
			const uuid = withUuid ? { uuid: uuidOf(`variant ${media.uuid} ${type} ${position}`) } : {};
			return {
				...uuid,
				variantType: type,
				displayPosition: position,
				url: `${state.context.origin()}${signed}`,
				width,
				height,
				lengthMs: type === 'main' ? lengthMs : null,
			};
		});
}
