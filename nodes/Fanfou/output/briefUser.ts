import type { JsonObject } from '../../shared/json';
import { decodeEntities } from '../text';
import { pick, textAt } from './members';

/** Returns the members that identify a user within another object. */
export function briefUser(raw: JsonObject): JsonObject {
	return {
		...pick<'User'>(raw, ['id', 'unique_id']),
		name: decodeEntities(textAt(raw, 'name')),
		...pick<'User'>(raw, ['profile_image_url_large', 'protected', 'following']),
	};
}
