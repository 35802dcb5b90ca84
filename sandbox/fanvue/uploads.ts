import type { FanvueCall, FanvueHandlers } from './call';
import { createHash } from 'node:crypto';
import { statusOf } from './media-state';
import type { Media, MediaType, StoredPart, Upload } from './model';
import { notFound, ok, rejected } from './replies';
import { presign } from './storage/sign';
import { isLosslessNumber, type JsonObject } from '../core/json';

const MOST_PARTS = 10_000;
const LARGEST_FILE = 1_610_612_736;
const MEDIA_TYPES: readonly MediaType[] = ['image', 'video', 'audio', 'document'];

function uploadOf({ world, owner, parameters }: FanvueCall): Upload {
	const upload = world.uploads.get(parameters.text('uploadId'));
	if (upload?.ownerUuid !== owner.uuid) throw notFound('Upload');
	return upload;
}

function tag(value: unknown): string {
	return typeof value === 'string' ? value.replaceAll('"', '') : '';
}

/** The stored part that one entry of `parts` names; refuses with 400 like the storage would. */
function partOf(upload: Upload, entry: JsonObject): StoredPart {
	const written = entry['PartNumber'];
	const number = isLosslessNumber(written) ? Number(written.value) : 0;
	const part = upload.parts.get(number);
	if (!part) throw rejected(`Part ${number} was not uploaded`);
	// The contract lets ETag be left out; then the part that is there counts.
	const etag = entry['ETag'];
	if (etag !== undefined && tag(etag) !== tag(part.etag)) {
		throw rejected(`Part ${number}: the ETag does not match`);
	}
	return part;
}

function assemble(call: FanvueCall, upload: Upload): StoredPart[] {
	const parts = call.parameters.objects('parts').map((entry) => partOf(upload, entry));
	parts.forEach((part, index) => {
		const before = parts[index - 1];
		if (before && before.number >= part.number) {
			throw rejected('The parts must be in ascending order');
		}
		const isLast = index === parts.length - 1;
		const { smallestPart } = call.world.settings.media;
		if (!isLast && part.size < smallestPart) {
			throw rejected(`Part ${part.number} is smaller than ${smallestPart} bytes`);
		}
	});
	const size = parts.reduce((sum, part) => sum + part.size, 0);
	if (size > LARGEST_FILE) throw rejected(`The file is larger than ${LARGEST_FILE} bytes`);
	return parts;
}

export const uploadHandlers: FanvueHandlers = {
	createUploadSession(call) {
		const { world, owner, parameters } = call;
		const mediaUuid = world.ids.next('media');
		const now = world.stamp();
		const media: Media = {
			uuid: mediaUuid,
			ownerUuid: owner.uuid,
			name: parameters.text('name'),
			filename: parameters.text('filename'),
			mediaType: MEDIA_TYPES.find((type) => type === parameters.text('mediaType')) ?? 'document',
			createdAt: now,
			completedAt: null,
			caption: null,
			description: null,
			recommendedPrice: null,
			tags: null,
			folderNames: new Set(),
			content: null,
		};
		const uploadId = createHash('sha256').update(`upload ${mediaUuid}`).digest('base64url');
		world.media.set(mediaUuid, media);
		world.uploads.set(uploadId, {
			uploadId,
			mediaUuid,
			ownerUuid: owner.uuid,
			createdAt: now,
			parts: new Map(),
			isComplete: false,
		});
		if (!call.isV1) return ok({ mediaUuid, uploadId });
		const { partSize } = world.settings.media;
		const size = parameters.has('sizeBytes') ? parameters.integer('sizeBytes', 0) : null;
		const totalParts = size === null ? null : Math.ceil(size / partSize);
		return ok({ mediaUuid, uploadId, partSize, maxParts: MOST_PARTS, totalParts });
	},

	getUploadPartUrl(call) {
		const { world, parameters } = call;
		const upload = uploadOf(call);
		const number = parameters.integer('partNumber', 0);
		if (number < 1 || number > MOST_PARTS) {
			throw rejected(`partNumber must be from 1 to ${MOST_PARTS}`);
		}
		if (upload.isComplete) throw rejected('The upload is already complete');
		const path = `/fanvue-storage/uploads/${upload.mediaUuid}`;
		const query = { partNumber: String(number), uploadId: upload.uploadId };
		const { uploadSeconds } = world.settings.media;
		const signed = presign('PUT', path, query, world.now(), uploadSeconds);
		return {
			text: `${world.context.origin()}${signed}`,
			contentType: 'text/plain; charset=utf-8',
		};
	},

	completeUploadSession(call) {
		const { world } = call;
		const upload = uploadOf(call);
		const media = world.media.get(upload.mediaUuid);
		if (!media) throw notFound('Media');
		// Completing twice changes nothing.
		if (!upload.isComplete) {
			const parts = assemble(call, upload);
			upload.isComplete = true;
			media.content = { kind: 'upload', uploadId: upload.uploadId, parts };
			media.completedAt = world.now();
		}
		return ok({ status: statusOf(world, media) });
	},
};
