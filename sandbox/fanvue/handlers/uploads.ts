import type { FanvueContext, FanvueHandlers } from '../context';
import { createHash } from 'node:crypto';
import { mediaStatus } from '../mediaStatus';
import type { Media, MediaType, UploadedPart, Upload } from '../model';
import { notFound, ok, badRequest } from '../replies';
import { presign } from '../storage/signature';
import { isLosslessNumber, type JsonObject } from '../../core/json';

const MOST_PARTS = 10_000;
const LARGEST_FILE = 1_610_612_736;
const MEDIA_TYPES: readonly MediaType[] = ['image', 'video', 'audio', 'document'];

function requireUpload({ state, owner, parameters }: FanvueContext): Upload {
	const upload = state.uploads.get(parameters.text('uploadId'));
	if (upload?.ownerUuid !== owner.uuid) throw notFound('Upload');
	return upload;
}

function tag(value: unknown): string {
	return typeof value === 'string' ? value.replaceAll('"', '') : '';
}

/** The stored part that one entry of `parts` names; refuses with 400 like the storage would. */
function requirePart(upload: Upload, entry: JsonObject): UploadedPart {
	const written = entry['PartNumber'];
	const number = isLosslessNumber(written) ? Number(written.value) : 0;
	const part = upload.parts.get(number);
	if (!part) throw badRequest(`Part ${number} was not uploaded`);
	// The contract lets ETag be left out; then the part that is there counts.
	const etag = entry['ETag'];
	if (etag !== undefined && tag(etag) !== tag(part.etag)) {
		throw badRequest(`Part ${number}: the ETag does not match`);
	}
	return part;
}

function assemble(call: FanvueContext, upload: Upload): UploadedPart[] {
	const parts = call.parameters.objects('parts').map((entry) => requirePart(upload, entry));
	parts.forEach((part, index) => {
		const before = parts[index - 1];
		if (before && before.number >= part.number) {
			throw badRequest('The parts must be in ascending order');
		}
		const isLast = index === parts.length - 1;
		const { smallestPart } = call.state.settings.media;
		if (!isLast && part.size < smallestPart) {
			throw badRequest(`Part ${part.number} is smaller than ${smallestPart} bytes`);
		}
	});
	const size = parts.reduce((sum, part) => sum + part.size, 0);
	if (size > LARGEST_FILE) throw badRequest(`The file is larger than ${LARGEST_FILE} bytes`);
	return parts;
}

export const uploadHandlers: FanvueHandlers = {
	createUploadSession(call) {
		const { state, owner, parameters } = call;
		const mediaUuid = state.ids.next('media');
		const now = state.nextTimestamp();
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
		state.media.set(mediaUuid, media);
		state.uploads.set(uploadId, {
			uploadId,
			mediaUuid,
			ownerUuid: owner.uuid,
			createdAt: now,
			parts: new Map(),
			isComplete: false,
		});
		if (!call.isV1) return ok({ mediaUuid, uploadId });
		const { partSize } = state.settings.media;
		const size = parameters.has('sizeBytes') ? parameters.integer('sizeBytes', 0) : null;
		const totalParts = size === null ? null : Math.ceil(size / partSize);
		return ok({ mediaUuid, uploadId, partSize, maxParts: MOST_PARTS, totalParts });
	},

	getUploadPartUrl(call) {
		const { state, parameters } = call;
		const upload = requireUpload(call);
		const number = parameters.integer('partNumber', 0);
		if (number < 1 || number > MOST_PARTS) {
			throw badRequest(`partNumber must be from 1 to ${MOST_PARTS}`);
		}
		if (upload.isComplete) throw badRequest('The upload is already complete');
		const path = `/fanvue-storage/uploads/${upload.mediaUuid}`;
		const query = { partNumber: String(number), uploadId: upload.uploadId };
		const { uploadSeconds } = state.settings.media;
		const signed = presign('PUT', path, query, state.now(), uploadSeconds);
		return {
			text: `${state.context.origin()}${signed}`,
			contentType: 'text/plain; charset=utf-8',
		};
	},

	completeUploadSession(call) {
		const { state } = call;
		const upload = requireUpload(call);
		const media = state.media.get(upload.mediaUuid);
		if (!media) throw notFound('Media');
		// Completing twice changes nothing.
		if (!upload.isComplete) {
			const parts = assemble(call, upload);
			upload.isComplete = true;
			media.content = { kind: 'upload', uploadId: upload.uploadId, parts };
			media.completedAt = state.now();
		}
		return ok({ status: mediaStatus(state, media) });
	},
};
