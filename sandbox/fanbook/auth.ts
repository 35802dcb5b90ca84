import type { SandboxRequest } from '../core/request';
import { ApiError } from '../core/service';
import { DEMO } from '../demo';
import { ERROR_CODES } from './errors';
import { errorReply } from './replies';

/** The bot that a request acts for. */
export interface FanbookAccount {
	botId: string;
}

const BOT_PATH = /^\/api\/bot\/([^/]+)(?=\/)/;
const BOT_TOKEN = /\/api\/bot\/([^/]+)\//;

/** Removes the bot token from the path, so that it matches an endpoint of the contract. */
export function removeToken(request: SandboxRequest): SandboxRequest {
	return { ...request, path: request.path.replace(BOT_PATH, '') };
}

/** Authenticates a request by the bot token in its path. */
export function authenticate(request: SandboxRequest, botId: string): FanbookAccount | ApiError {
	const token = BOT_TOKEN.exec(request.rawUrl)?.[1];
	if (token === DEMO.fanbook.botToken) return { botId };
	return new ApiError(signatureError());
}

/** Returns the response to an unknown bot token. */
export function signatureError(): ReturnType<typeof errorReply> {
	return errorReply(undefined, ERROR_CODES.signature, 'signature check failed', 401);
}
