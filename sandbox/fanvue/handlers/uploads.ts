import type { FanvueContext, FanvueHandlers } from '../context';
import { createHash } from 'node:crypto';
import { mediaStatus } from '../mediaStatus';
import type { Media, MediaType, UploadedPart, Upload } from '../model';
import { notFound, ok, badRequest, validationError } from '../replies';
import { presign } from '../storage/signature';
import { isLosslessNumber, type JsonObject } from '../../core/json';

const MAX_PARTS = 10_000;
const MAX_FILE_SIZE = 1_610_612_736;
const MEDIA_TYPES: readonly MediaType[] = ['image', 'video', 'audio', 'document'];

function requireUpload({ state, owner, parameters }: FanvueContext): Upload {
	const upload = state.uploads.get(parameters.text('uploadId'));
	if (upload?.ownerUuid !== owner.uuid) throw notFound('Upload');
	return upload;
}

function tag(value: unknown): string {
	return typeof value === 'string' ? value.replaceAll('"', '') : '';
}

/** Returns the uploaded part of an entry in `parts`. Throws 400 if it does not match. */
function requirePart(upload: Upload, entry: JsonObject): UploadedPart {
	const written = entry['PartNumber'];
	const number = isLosslessNumber(written) ? Number(written.value) : 0;
	const part = upload.parts.get(number);
	if (!part) throw badRequest(`Part ${number} was not uploaded`);
	// ETag is optional in the contract. Without it any uploaded part matches.
	const etag = entry['ETag'];
	if (etag !== undefined && tag(etag) !== tag(part.etag)) {
		throw badRequest(`Part ${number}: the ETag does not match`);
	}
	return part;
}

function assemble(context: FanvueContext, upload: Upload): UploadedPart[] {
	const parts = context.parameters.objects('parts').map((entry) => requirePart(upload, entry));
	parts.forEach((part, index) => {
		const before = parts[index - 1];
		if (before && before.number >= part.number) {
			throw badRequest('The parts must be in ascending order');
		}
		const isLast = index === parts.length - 1;
		const { minimumPartSize } = context.state.settings.media;
		if (!isLast && part.size < minimumPartSize) {
			throw badRequest(`Part ${part.number} is smaller than ${minimumPartSize} bytes`);
		}
	});
	const size = parts.reduce((sum, part) => sum + part.size, 0);
	if (size > MAX_FILE_SIZE) throw badRequest(`The file is larger than ${MAX_FILE_SIZE} bytes`);
	return parts;
}

/** Returns the presigned URL of a part. */
function signPartUrl({ state }: FanvueContext, upload: Upload, partNumber: number): string {
	if (upload.isComplete) throw badRequest('The upload is already complete');
	const path = `/fanvue-storage/uploads/${upload.mediaUuid}`;
	const query = { partNumber: String(partNumber), uploadId: upload.uploadId };
	const { uploadSeconds } = state.settings.media;
	const signed = presign({ method: 'PUT', path, query, now: state.now(), seconds: uploadSeconds });
	return `${state.context.origin()}${signed}`;
}

export const uploadHandlers: FanvueHandlers = {
	createUploadSession(context) {
		const { state, owner, parameters } = context;
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
		if (!context.isV1 && !parameters.has('sizeBytes')) return ok({ mediaUuid, uploadId });
		const { partSize } = state.settings.media;
		const size = parameters.has('sizeBytes') ? parameters.integer('sizeBytes', 0) : null;
		const totalParts = size === null ? null : Math.ceil(size / partSize);
		return ok({ mediaUuid, uploadId, partSize, maxParts: MAX_PARTS, totalParts });
	},

	getUploadPartUrl(context) {
		const upload = requireUpload(context);
		const number = context.parameters.integer('partNumber', 0);
		if (number < 1 || number > MAX_PARTS) {
			throw badRequest(`partNumber must be from 1 to ${MAX_PARTS}`);
		}
		return {
			text: signPartUrl(context, upload, number),
			contentType: 'text/plain; charset=utf-8',
		};
	},

	getUploadPartUrls(context) {
		const { state, parameters } = context;
		const upload = requireUpload(context);
		const from = parameters.integer('from', 1);
		const to = parameters.integer('to', from);
		if (to < from) throw validationError('to must not be less than from');
		const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
		return ok({
			partSize: state.settings.media.partSize,
			parts: numbers.map((partNumber) => ({
				partNumber,
				url: signPartUrl(context, upload, partNumber),
			})),
		});
	},

	completeUploadSession(context) {
		const { state } = context;
		const upload = requireUpload(context);
		const media = state.media.get(upload.mediaUuid);
		if (!media) throw notFound('Media');
		// A second call changes nothing.
		if (!upload.isComplete) {
			const parts = assemble(context, upload);
			upload.isComplete = true;
			media.content = { kind: 'upload', uploadId: upload.uploadId, parts };
			media.completedAt = state.now();
		}
		return ok({ status: mediaStatus(state, media) });
	},
};
