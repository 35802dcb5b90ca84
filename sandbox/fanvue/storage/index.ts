import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { SandboxRequest } from '../../core/request';
import type { Reply } from '../../core/service';
import { mediaStatus } from '../mediaStatus';
import type { Media, UploadedPart } from '../model';
import type { FanvueState } from '../state';
import { contentTypeOf, picture, sampleBytes } from './samples';
import { verify } from './signature';

const UPLOAD = /^\/uploads\/([0-9a-f-]{36})$/;
const VARIANT = /^\/media\/([0-9a-f-]{36})\/([a-z_]+)\/(\d)\/[^/]+$/;
const AVATAR = /^\/avatars\/([a-z0-9_]+)\.png$/;

/** Returns an S3 error. */
function s3Error(status: number, code: string, message: string): Reply {
	return {
		status,
		contentType: 'application/xml',
		text: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
	};
}

/** Returns the error of a request to a signed URL, or undefined if it is valid. */
function checkSignature(request: SandboxRequest, now: number): Reply | undefined {
	if (request.headers['authorization'] !== undefined) {
		const message = 'Only one auth mechanism allowed';
		return s3Error(400, 'InvalidArgument', message);
	}
	const unknown = Object.keys(request.headers).find((name) => name.startsWith('x-fanvue'));
	// S3 ignores these headers, but the API reference forbids them.
	if (unknown !== undefined) return s3Error(400, 'InvalidRequest', `${unknown} is not for here`);
	const verdict = verify(request.method, request.rawUrl, now);
	if (verdict === 'expired') return s3Error(403, 'AccessDenied', 'Request has expired');
	if (verdict === 'invalid') {
		return s3Error(403, 'SignatureDoesNotMatch', 'The request signature does not match');
	}
	return undefined;
}

async function storePart(
	state: FanvueState,
	mediaUuid: string,
	request: SandboxRequest,
): Promise<Reply> {
	const values = new Map(request.query);
	const upload = state.uploads.get(values.get('uploadId') ?? '');
	if (upload?.mediaUuid !== mediaUuid || upload.isComplete) {
		return s3Error(404, 'NoSuchUpload', 'The specified upload does not exist');
	}
	if (request.headers['content-length'] === undefined) {
		return s3Error(411, 'MissingContentLength', 'You must provide the Content-Length header');
	}
	const etag = `"${createHash('md5').update(request.body).digest('hex')}"`;
	const number = Number(values.get('partNumber'));
	const file = await state.partFiles.write(request.body);
	const part: UploadedPart = { number, size: request.body.length, etag, file };
	upload.parts.set(number, part);
	return { headers: { etag, 'content-length': '0' } };
}

function mainBytes(state: FanvueState, media: Media): Reply {
	const contentType = contentTypeOf(media.filename);
	if (media.content?.kind !== 'upload') {
		const seed = media.content?.seed ?? media.uuid;
		return { bytes: sampleBytes(media.mediaType, seed), contentType };
	}
	const { parts } = media.content;
	const size = parts.reduce((sum, part) => sum + part.size, 0);
	return {
		stream: Readable.from(state.partFiles.read(parts)),
		contentType,
		headers: { 'content-length': String(size) },
	};
}

function sendVariant(
	state: FanvueState,
	{ uuid, type, position }: { uuid: string; type: string; position: string },
): Reply {
	const media = state.media.get(uuid);
	if (!media || mediaStatus(state, media) !== 'ready') {
		return s3Error(404, 'NoSuchKey', 'The specified key does not exist');
	}
	if (type === 'main') return mainBytes(state, media);
	const seed = `${uuid} ${type} ${position}`;
	const [width, height] = type === 'thumbnail_gallery' ? [320, 240] : [160, 120];
	return { bytes: picture(seed, width, height), contentType: 'image/png' };
}

/** Handles `/fanvue-storage`: signed uploads and downloads, and avatars. */
export async function handleStorage(state: FanvueState, request: SandboxRequest): Promise<Reply> {
	const { method, path } = request;
	const avatar = AVATAR.exec(path)?.[1];
	if (method === 'GET' && avatar !== undefined) {
		return { bytes: picture(avatar, 64, 64), contentType: 'image/png' };
	}
	const error = checkSignature(request, state.now());
	if (error) return error;
	const upload = UPLOAD.exec(path)?.[1];
	if (method === 'PUT' && upload !== undefined) return await storePart(state, upload, request);
	const [, uuid, type, position] = VARIANT.exec(path) ?? [];
	if (method === 'GET' && uuid !== undefined && type !== undefined) {
		return sendVariant(state, { uuid, type, position: position ?? '0' });
	}
	return s3Error(404, 'NoSuchKey', 'The specified key does not exist');
}
