// Derived from sandbox/contract/fanfou.openapi.json by `npm run contract`.
export interface components {
	schemas: {
		/** @description A message (饭) with its author */
		Status: {
			/**
			 * @description Opaque; usually 11 characters, may start with - or _
			 * @example AbC-_123xyZ
			 */
			id: string;
			/**
			 * Format: int64
			 * @description Increases with time; missing in the documentation of 2011
			 * @example 300000003
			 */
			rawid?: string;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
			/**
			 * @description At most 140 characters, with HTML entities. Search results contain <b>; with format=html there are anchors. A status in review ends with 【审核中】
			 * @example 早上好，饭否！
			 */
			text: string;
			/**
			 * @description Name of the app, as plain text or an HTML anchor
			 * @example 网页
			 */
			source: string;
			/** @description Always false in known responses */
			truncated: boolean;
			/** @description Whether the signed-in user has added the status to the favorites */
			favorited: boolean;
			/** @description Whether the signed-in user is the author */
			is_self?: boolean;
			/**
			 * @description Place name, or latitude and longitude separated by a comma
			 * @example 北京 海淀
			 */
			location?: string;
			/** @description Empty if this is not a reply */
			in_reply_to_status_id: string;
			/** @description Empty if this is not a reply */
			in_reply_to_user_id: string;
			/** @description Empty if this is not a reply */
			in_reply_to_screen_name: string;
			/** @description ID of the reposted status; missing if this is not a repost */
			repost_status_id?: string;
			/** @description Author of the reposted status */
			repost_user_id?: string;
			/** @description Name of that author */
			repost_screen_name?: string;
			/** @description The reposted status, if it still exists and is readable */
			repost_status?: components['schemas']['Status'];
			/** @description The author */
			user?: components['schemas']['User'];
			/** @description Missing if the status has no photo */
			photo?: components['schemas']['Photo'];
		};
		/** @description The last status inside of a user. The link of a reply has a different name here */
		LastStatus: {
			/**
			 * @description Opaque; usually 11 characters, may start with - or _
			 * @example AbC-_123xyZ
			 */
			id: string;
			/**
			 * Format: int64
			 * @description Increases with time; missing in the documentation of 2011
			 * @example 300000003
			 */
			rawid?: string;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
			/**
			 * @description At most 140 characters, with HTML entities. Search results contain <b>; with format=html there are anchors. A status in review ends with 【审核中】
			 * @example 早上好，饭否！
			 */
			text: string;
			/**
			 * @description Name of the app, as plain text or an HTML anchor
			 * @example 网页
			 */
			source: string;
			/** @description Always false in known responses */
			truncated: boolean;
			/** @description Whether the signed-in user has added the status to the favorites */
			favorited: boolean;
			/** @description Whether the signed-in user is the author */
			is_self?: boolean;
			/**
			 * @description Place name, or latitude and longitude separated by a comma
			 * @example 北京 海淀
			 */
			location?: string;
			/** @description ID of the status that this one replies to; empty if it is not a reply */
			in_reply_to_lastmsg_id: string;
			/** @description Empty if this is not a reply */
			in_reply_to_user_id: string;
			/** @description Empty if this is not a reply */
			in_reply_to_screen_name: string;
			/** @description ID of the reposted status; missing if this is not a repost */
			repost_status_id?: string;
			/** @description Author of the reposted status */
			repost_user_id?: string;
			/** @description Name of that author */
			repost_screen_name?: string;
			/** @description The reposted status, if it still exists and is readable */
			repost_status?: components['schemas']['Status'];
			/** @description Missing if the status has no photo */
			photo?: components['schemas']['Photo'];
		};
		/** @description The photo of a status */
		Photo: {
			/**
			 * Format: uri
			 * @description Page of the photo
			 * @example http://fanfou.com/photo/AbC-_123xyZ
			 */
			url?: string;
			/**
			 * Format: uri
			 * @description Medium size
			 */
			imageurl: string;
			/**
			 * Format: uri
			 * @description Thumbnail
			 */
			thumburl: string;
			/**
			 * Format: uri
			 * @description Large size. Without the style suffix that starts with @, the original
			 */
			largeurl: string;
		};
		/** @description An account */
		User: {
			/**
			 * @description Login name (may contain Chinese characters), or the unique ID if there is none
			 * @example moyu
			 */
			id: string;
			/**
			 * @description Display name
			 * @example 摸鱼达人
			 */
			name: string;
			/**
			 * @description Same as name
			 * @example 摸鱼达人
			 */
			screen_name: string;
			/**
			 * @description Starts with ~; missing before about 2016
			 * @example ~Kx3-bQ9_zR2
			 */
			unique_id?: string;
			/** @description As entered by the user; may be empty */
			location: string;
			/**
			 * @description May be empty
			 * @enum {string}
			 */
			gender: '男' | '女' | '';
			/**
			 * @description YYYY-MM-DD; year, month and day may be zero
			 * @example 1990-05-12
			 */
			birthday?: string;
			/** @description With HTML entities; may be empty */
			description: string;
			/**
			 * Format: uri
			 * @description Avatar in small size
			 */
			profile_image_url: string;
			/**
			 * Format: uri
			 * @description Avatar in large size
			 */
			profile_image_url_large: string;
			/** @description Home page; may be empty */
			url: string;
			/** @description Whether only accepted followers can read the statuses */
			protected: boolean;
			/** @description Users who follow this one */
			followers_count: number;
			/** @description Users whom this one follows */
			friends_count: number;
			/** @description Favorites */
			favourites_count: number;
			/** @description Statuses */
			statuses_count: number;
			/** @description Photos; missing before about 2016 */
			photo_count?: number;
			/** @description Whether the signed-in user follows this one */
			following: boolean;
			/** @description Whether a follow request of the signed-in user is pending */
			notifications: boolean;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
			/**
			 * @description Seconds
			 * @example 28800
			 */
			utc_offset: number;
			/**
			 * @description Color as #RRGGBB; missing with mode=lite
			 * @example #ACDAE5
			 */
			profile_background_color?: string;
			/**
			 * @description Color as #RRGGBB; missing with mode=lite
			 * @example #ACDAE5
			 */
			profile_text_color?: string;
			/**
			 * @description Color as #RRGGBB; missing with mode=lite
			 * @example #ACDAE5
			 */
			profile_link_color?: string;
			/**
			 * @description Color as #RRGGBB; missing with mode=lite
			 * @example #ACDAE5
			 */
			profile_sidebar_fill_color?: string;
			/**
			 * @description Color as #RRGGBB; missing with mode=lite
			 * @example #ACDAE5
			 */
			profile_sidebar_border_color?: string;
			/** @description Missing with mode=lite */
			profile_background_image_url?: string;
			/** @description Missing with mode=lite */
			profile_background_tile?: boolean;
			/** @description Only in account.verify_credentials and users.show, if there is a readable status */
			status?: components['schemas']['LastStatus'];
		};
		/** @description A private message */
		DirectMessage: {
			/** @description Opaque */
			id: string;
			/** @description At most 140 characters, with HTML entities */
			text: string;
			/** @description User ID of the sender */
			sender_id: string;
			/** @description User ID of the recipient */
			recipient_id: string;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
			/** @description Name of the sender */
			sender_screen_name: string;
			/** @description Name of the recipient */
			recipient_screen_name: string;
			sender?: components['schemas']['User'];
			recipient?: components['schemas']['User'];
			/** @description The message that this one replies to */
			in_reply_to?: components['schemas']['DirectMessage'];
		};
		/** @description A conversation with its newest message */
		ConversationEntry: {
			dm: components['schemas']['DirectMessage'];
			/** @description User ID of the other person */
			otherid: string;
			/** @description Messages in the conversation */
			msg_num: number;
			/** @description Whether there are unread messages */
			new_conv: boolean;
		};
		/** @description A saved search */
		SavedSearch: {
			id: string;
			/** @description Search words, with HTML entities */
			query: string;
			/** @description Same as query */
			name: string;
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			created_at: string;
		};
		/** @description Popular topics */
		Trends: {
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			as_of: string;
			/** @description May be empty */
			trends: {
				/**
				 * @description Topic
				 * @example 摸鱼
				 */
				name: string;
				/**
				 * @description Words to search for
				 * @example #摸鱼#
				 */
				query: string;
				/**
				 * Format: uri
				 * @description Page of the topic
				 */
				url: string;
			}[];
		};
		/** @description Requests that remain in this hour */
		RateLimit: {
			/**
			 * @description EEE MMM dd HH:mm:ss +0000 yyyy, always UTC
			 * @example Mon Jun 15 08:30:00 +0000 2026
			 */
			reset_time: string;
			/** @description Remaining requests */
			remaining_hits: number;
			/**
			 * @description Requests per hour
			 * @example 1500
			 */
			hourly_limit: number;
			/** @description Seconds since 1970 */
			reset_time_in_seconds: number;
		};
		/** @description Unread mentions and messages, and pending follow requests */
		NotificationCounts: {
			/** @description Unread mentions */
			mentions: number;
			/** @description Unread direct messages */
			direct_messages: number;
			/** @description Pending follow requests */
			friend_requests: number;
		};
		/** @description The number on the badge of an app */
		BadgeCount: {
			/**
			 * @description ok
			 * @enum {string}
			 */
			result: 'ok';
			/** @description The number */
			notify_num: number;
		};
		/** @description The relationship of two users */
		Relationship: {
			/** @description Both users */
			relationship: {
				/** @description The relationship as the first user sees it */
				source: {
					/** @description User ID */
					id: string;
					/** @description Name of the user */
					screen_name: string;
					following: components['schemas']['Flag'];
					followed_by: components['schemas']['Flag'];
					notifications_enabled: components['schemas']['Flag'];
					blocking: components['schemas']['Flag'];
				};
				/** @description The relationship as the second user sees it */
				target: {
					/** @description User ID */
					id: string;
					/** @description Name of the user */
					screen_name: string;
					following: components['schemas']['Flag'];
					followed_by: components['schemas']['Flag'];
				};
			};
		};
		/**
		 * @description A boolean as text
		 * @enum {string}
		 */
		Flag: 'true' | 'false';
		/** @description An event of the user stream */
		StreamEvent: {
			/**
			 * @description Kind of the event
			 * @enum {string}
			 */
			event:
				| 'message.create'
				| 'message.delete'
				| 'fav.create'
				| 'fav.delete'
				| 'friends.create'
				| 'friends.delete'
				| 'friends.request'
				| 'dm.create'
				| 'user.updateprofile';
			/** @description User who caused the event */
			source?: components['schemas']['User'] | null;
			/** @description User affected by the event */
			target?: components['schemas']['User'] | null;
			/** @description The status or message */
			object?: components['schemas']['Status'] | components['schemas']['DirectMessage'] | null;
			/** @description In a format other than that of the API, which is not documented */
			created_at: string;
		};
		/** @description An error of the API */
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
