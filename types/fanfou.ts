// Derived from sandbox/contract/fanfou.openapi.json by `npm run contract`.
export interface components {
	schemas: {
		Status: {
			id: string;
			/**
			 * Format: int64
			 * @description Grows with time
			 */
			rawid: number;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
			/** @description Contains HTML entities */
			text: string;
			/** @description Plain text or an HTML anchor */
			source: string;
			truncated: boolean;
			favorited: boolean;
			is_self?: boolean;
			location?: string;
			/** @description Empty if this is not a reply */
			in_reply_to_status_id?: string;
			in_reply_to_user_id: string;
			in_reply_to_screen_name: string;
			/** @description Takes the place of in_reply_to_status_id in the status of a user */
			in_reply_to_lastmsg_id?: string;
			repost_status_id?: string;
			repost_user_id?: string;
			repost_screen_name?: string;
			repost_status?: components['schemas']['Status'];
			user?: components['schemas']['User'];
			photo?: components['schemas']['Photo'];
		};
		Photo: {
			url?: string;
			imageurl: string;
			thumburl: string;
			largeurl: string;
		};
		User: {
			/** @description May contain Chinese characters */
			id: string;
			name: string;
			screen_name: string;
			/** @description Starts with ~ */
			unique_id: string;
			location: string;
			gender: string;
			/** @description YYYY-MM-DD, parts may be zero */
			birthday?: string;
			description: string;
			profile_image_url: string;
			profile_image_url_large: string;
			url: string;
			protected: boolean;
			followers_count: number;
			friends_count: number;
			favourites_count: number;
			statuses_count: number;
			photo_count?: number;
			following: boolean;
			/** @description Whether a follow request to this user is pending */
			notifications: boolean;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
			utc_offset: number;
			profile_background_color?: string;
			profile_text_color?: string;
			profile_link_color?: string;
			profile_sidebar_fill_color?: string;
			profile_sidebar_border_color?: string;
			profile_background_image_url?: string;
			profile_background_tile?: boolean;
			status?: components['schemas']['Status'];
		};
		DirectMessage: {
			id: string;
			text: string;
			sender_id: string;
			recipient_id: string;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
			sender_screen_name: string;
			recipient_screen_name: string;
			sender?: components['schemas']['User'];
			recipient?: components['schemas']['User'];
			in_reply_to?: components['schemas']['DirectMessage'];
		};
		ConversationEntry: {
			dm: components['schemas']['DirectMessage'];
			otherid: string;
			msg_num: number;
			new_conv: boolean;
		};
		SavedSearch: {
			id: number;
			query: string;
			name: string;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
		};
		Trends: {
			as_of: string;
			trends: {
				name: string;
				query: string;
				url: string;
			}[];
		};
		RateLimit: {
			reset_time: string;
			remaining_hits: number;
			hourly_limit: number;
			reset_time_in_seconds: number;
		};
		NotificationCounts: {
			mentions: number;
			direct_messages: number;
			friend_requests: number;
		};
		BadgeCount: {
			result: string;
			notify_num: number;
		};
		Relationship: {
			relationship: {
				source: {
					id: string;
					screen_name: string;
					following: components['schemas']['Flag'];
					followed_by: components['schemas']['Flag'];
					notifications_enabled: components['schemas']['Flag'];
					blocking: components['schemas']['Flag'];
				};
				target: {
					id: string;
					screen_name: string;
					following: components['schemas']['Flag'];
					followed_by: components['schemas']['Flag'];
				};
			};
		};
		/** @enum {string} */
		Flag: 'true' | 'false';
		StreamEvent: {
			event: string;
			source?: components['schemas']['User'];
			target?: components['schemas']['User'];
			object?: Record<string, never>;
			created_at: string;
		};
		Error: {
			/** @description Path and query of the request */
			request: string;
			/** @description Message in Chinese or English */
			error: string;
		};
	};
	responses: never;
	parameters: never;
	requestBodies: never;
	headers: never;
	pathItems: never;
}
