// Derived from sandbox/contract/fanbook.openapi.json by `npm run contract`.
export interface components {
	schemas: {
		User: {
			/**
			 * Format: int64
			 * @description Unique id of the user or bot
			 */
			id: string;
			/** @description True for a bot */
			is_bot: boolean;
			/** @description Display name (nickname in practice) */
			first_name: string;
			/** @description For a bot, the owner's id as a string */
			last_name?: string;
			/** @description Short Fanbook id (digits) for people; a name for some bots */
			username?: string;
			/** @description IETF tag */
			language_code?: string;
			/** @description Avatar URL */
			avatar?: string;
			/** @description Gateway token; getMe only */
			user_token?: string;
			/**
			 * Format: int64
			 * @description Owner; getMe only
			 */
			owner_id?: string;
			/** @description Can be invited to servers; getMe only */
			can_join_groups?: boolean;
			/** @description Receives every message (privacy mode on); getMe only */
			can_read_all_group_messages?: boolean;
			/** @description getMe only */
			supports_inline_queries?: boolean;
			/** @description User has not finished the server's entry ritual (visitor) */
			pending?: boolean;
			/** @description Roles; official SDK field */
			role_ids?: string[];
			/** @description Invite code used when joining; official SDK field */
			invite_code?: string;
			/**
			 * Format: int32
			 * @description 1 male, 2 female, 3 undisclosed (enum from the OAuth user type)
			 */
			gender?: number;
		};
		Chat: {
			/**
			 * Format: int64
			 * @description Chat id
			 */
			id: string;
			/** @description private, channel, group or supergroup */
			type: string;
			/**
			 * Format: int32
			 * @description ChannelType value
			 */
			channel_type?: number;
			/**
			 * Format: int64
			 * @description Server id; 0 in private chats and in some send responses
			 */
			guild_id?: string;
			title?: string;
			/** @description Peer's Fanbook id */
			username?: string;
			/** @description Peer's nickname */
			first_name?: string;
			/** @description Unused */
			last_name?: string;
			/** @description Reserved */
			photo?: Record<string, never>;
			/** @description Reserved */
			description?: string;
			/** @description Not implemented */
			invite_link?: string;
			/** @description Pinned message(s) */
			pinned_message?: components['schemas']['Message'] | components['schemas']['Message'][];
		};
		Message: {
			/** Format: int64 */
			message_id: string;
			/** @description Sender */
			from?: components['schemas']['User'];
			/**
			 * Format: int64
			 * @description Milliseconds since 1970 in every sample
			 * @example 1768478400000
			 */
			date: number | string;
			chat: components['schemas']['Chat'];
			/**
			 * @description JSON string for anything but bare text, e.g. {"type":"text",...}
			 * @example {"type":"text","text":"Hello","contentType":0}
			 */
			text?: string;
			entities?: components['schemas']['MessageEntity'][];
			/** @description Null when not a reply */
			reply_to_message?: components['schemas']['Message'] | null;
			/**
			 * Format: int64
			 * @example 1768478400000
			 */
			edit_date?: number | string;
			via_bot?: components['schemas']['User'];
			photo?: Record<string, never>[];
			/** @description Content of the message; the members are not documented */
			audio?: Record<string, never>;
			/** @description Content of the message; the members are not documented */
			voice?: Record<string, never>;
			/** @description Content of the message; the members are not documented */
			video?: Record<string, never>;
			/** @description Content of the message; the members are not documented */
			video_note?: Record<string, never>;
			/** @description Content of the message; the members are not documented */
			document?: Record<string, never>;
			/** @description Rich text content (getUpdates) */
			rich_text?: Record<string, never>;
			/** @description Reaction event (getUpdates) */
			reaction?: components['schemas']['Reaction'];
			/** @description Pin or unpin event */
			pinned_message?: components['schemas']['Message'];
			/** @description Join event; replaces new_chat_members since SDK 0.2.6 (2023-06) */
			new_join_members?: components['schemas']['User'][];
			/** @description Older join event */
			new_chat_members?: components['schemas']['User'][];
			left_chat_member?: components['schemas']['User'];
			chat_members_online?: components['schemas']['User'][];
			chat_members_offline?: components['schemas']['User'][];
			/** @description New circle post */
			circle_post?: components['schemas']['CirclePostContent'];
			/** @description New circle comment */
			circle_comment?: components['schemas']['CircleCommentEvent'];
			/** @description Circle like */
			circle_like?: components['schemas']['CircleLikeEvent'];
			/** @description Shared circle post */
			circle_share_entity?: components['schemas']['SharedCirclePost'];
			/** @description Shared thread */
			topic_share?: components['schemas']['TopicShareContent'];
			/** @description Card click; shape not documented */
			interaction_message_card_operation?: Record<string, never>;
			/** @description Keyboard below the message */
			reply_markup?:
				| components['schemas']['InlineKeyboardMarkup']
				| components['schemas']['ReplyKeyboardMarkup']
				| components['schemas']['ReplyKeyboardRemove'];
		};
		MessageEntity: {
			type: string;
			/**
			 * Format: int32
			 * @description UTF-16 units
			 */
			offset: number;
			/**
			 * Format: int32
			 * @description UTF-16 units
			 */
			length: number;
			url?: string;
			user?: components['schemas']['User'];
			language?: string;
		};
		Reaction: {
			/** @description Holds at least the id of the message */
			reaction_to_message: {
				/** Format: int64 */
				message_id: string;
			};
			/** @description add or a removal verb (del presumed) */
			action: string;
			emoji: string;
		};
		CircleCommentEvent: {
			/** Format: int64 */
			post_id: string;
			/** Format: int64 */
			comment_id: string;
			content: string;
		};
		CircleLikeEvent: {
			/**
			 * Format: int64
			 * @description Spelling as in the API
			 */
			releated_id: string;
			reaction_type: string;
		};
		Update: {
			/** Format: int64 */
			update_id: string;
			message?: components['schemas']['Message'];
			edited_message?: components['schemas']['Message'];
			/** @description Where channel messages and events actually arrive (official SDK helper and official sample read only this) */
			channel_post?: components['schemas']['Message'];
			edited_channel_post?: components['schemas']['Message'];
			callback_query?: components['schemas']['CallbackQuery'];
			inline_query?: Record<string, never>;
			chosen_inline_result?: Record<string, never>;
			shipping_query?: Record<string, never>;
			pre_checkout_query?: Record<string, never>;
			poll?: Record<string, never>;
			poll_answer?: Record<string, never>;
		};
		CallbackQuery: {
			/** @description Pass to v2/answerCallback */
			id: string;
			from: components['schemas']['User'];
			message?: components['schemas']['Message'];
			/** @description Id of the clicked message as seen by a community bot (used for editMessageText) */
			inline_message_id?: string;
			/** @description callback_data of the button */
			data?: string;
			game_short_name?: string;
			chat_instance?: string;
		};
		InlineKeyboardMarkup: {
			/** @description Rows of buttons */
			inline_keyboard: components['schemas']['InlineKeyboardButton'][][];
		};
		InlineKeyboardButton: {
			/** @description Label */
			text: string;
			/** @description Sent back in the callback event */
			callback_data?: string;
			/** @description Link to open */
			url?: string;
			/** @description Mini-program id or URL to open */
			app_id?: string;
			/** @description true sends the label as a message */
			is_command?: boolean;
			switch_inline_query?: string;
			switch_inline_query_current_chat?: string;
			/** @description Unused */
			login_url?: Record<string, never>;
			/** @description Known from the SDK only */
			web_app?: {
				url: string;
			};
			callback_game?: Record<string, never>;
			pay?: boolean;
		};
		ReplyKeyboardMarkup: {
			/** @description api-node-sdk types a flat array; Telegram uses rows */
			keyboard: components['schemas']['KeyboardButton'][];
			resize_keyboard?: boolean;
			one_time_keyboard?: boolean;
			selective?: boolean;
		};
		KeyboardButton: {
			text: string;
			request_contact?: boolean;
			request_location?: boolean;
			request_poll?: {
				/** @enum {string} */
				type?: 'regular' | 'quiz';
			};
		};
		ReplyKeyboardRemove: {
			/** @description true */
			remove_keyboard: boolean;
			selective?: boolean;
		};
		ChatMember: {
			user: components['schemas']['User'];
			/** @description creator, administrator, member, restricted, left or kicked; searches return member */
			status: string;
			roles?: components['schemas']['GuildRole'][];
			/** @description Seen in search results */
			oversea?: boolean;
			/** @description Unused */
			custom_title?: string;
			/**
			 * Format: int64
			 * @description Unused
			 * @example 1
			 */
			until_date?: number | string;
			can_manage_guild?: boolean;
			can_manage_channels?: boolean;
			can_manage_roles?: boolean;
			can_manage_emojis?: boolean;
			can_be_edited?: boolean;
			can_post_messages?: boolean;
			can_edit_messages?: boolean;
		};
		Guild: {
			guild_id: string;
			name: string;
			icon: string;
			banner: string;
			description: string;
			owner_id: string;
			system_channel_id?: string;
			notification_channel_id?: string;
			userRoles?: string[];
			channels?: components['schemas']['Channel'][];
			roles?: components['schemas']['RoleInfo'][];
			emojis?: components['schemas']['GuildEmoji'][];
			/**
			 * Format: int64
			 * @description Base permission bits
			 * @example 1
			 */
			permissions?: number | string;
			user_pending?: boolean;
			authenticate?: string;
			invite_banner?: boolean;
			/**
			 * Format: int64
			 * @example 1
			 */
			memberNum?: number | string;
		};
		RoleInfo: {
			id: string;
			name: string;
			/**
			 * Format: int64
			 * @example 1
			 */
			permissions: number | string;
			hoist: boolean;
			/**
			 * Format: int64
			 * @example 1
			 */
			color: number | string;
			/**
			 * Format: int64
			 * @example 1
			 */
			position: number | string;
		};
		GuildEmoji: {
			name: string;
			/** @description Image URL */
			avatar: string;
			/** Format: int32 */
			w: number;
			/** Format: int32 */
			h: number;
			/** Format: int32 */
			position?: number;
			/** @description Uploader */
			user?: string;
		};
		Channel: {
			channel_id: string;
			guild_id?: string;
			name: string;
			/**
			 * Format: int32
			 * @description ChannelType
			 */
			type: number;
			/** Format: int32 */
			user_limit?: number;
			permission_overwrites?: components['schemas']['PermissionOverwrite'][];
			icon?: string;
			owner_id?: string;
			topic?: string;
			/** @description Category of the channel; empty without one */
			parent_id?: string;
			/** @description Address of a link channel */
			link?: string;
		};
		PermissionOverwrite: {
			/** @description Role or user id */
			id: string;
			/** @description role or user */
			action_type: string;
			/**
			 * Format: int64
			 * @example 1
			 */
			allows: number | string;
			/**
			 * Format: int64
			 * @example 1
			 */
			deny: number | string;
		};
		GuildRole: {
			/** Format: int64 */
			id: string;
			name: string;
			/**
			 * Format: int64
			 * @description Priority
			 * @example 1
			 */
			position: number | string;
			/**
			 * Format: int64
			 * @example 1
			 */
			permissions: number | string;
			/** Format: int32 */
			color: number;
			mentionable?: boolean;
			/**
			 * Format: int64
			 * @example 1
			 */
			member_count?: number | string;
			/** @description Managed roles cannot be deleted or given by hand */
			managed?: boolean;
			/** @description Bot of a managed role */
			tag?: {
				bot_id: string;
			};
			/** @description Whether members are listed under the role */
			hoist?: boolean;
		};
		CirclePost: {
			user: components['schemas']['CircleUser'];
			post: components['schemas']['CirclePostContent'];
			sub_info: components['schemas']['CirclePostSubInfo'];
			doc_info?: {
				type?: string;
				title?: string;
				user_id?: string;
				guild_id?: string;
				created_at?: unknown;
				/**
				 * Format: int32
				 * @description 1 read, 2 edit
				 */
				role?: number;
			};
			coffee_info?: {
				give_coffee_total?: unknown;
				give_coffee_real_number?: unknown;
				/**
				 * Format: int32
				 * @description 0 or 1
				 */
				is_give_coffee?: number;
				give_coffee_detail?: {
					id?: unknown;
					user_id?: unknown;
					cnt?: unknown;
					created_at?: unknown;
				};
			};
		};
		CircleUser: {
			user_id: string;
			is_bot?: boolean;
			nickname: string;
			username: string;
			avatar: string;
		};
		CirclePostContent: {
			post_id: string;
			guild_id: string;
			channel_id: string;
			topic_id: string;
			topic_name?: string;
			title: string;
			/** @description Rich-text JSON string (may be a placeholder) */
			content: string;
			/** @description Rich-text JSON string, the real body */
			content_v2?: string;
			/** @description for example image */
			post_type?: string;
			/** Format: int32 */
			has_video?: number;
			cover?: {
				source?: string;
				width?: number;
				height?: number;
			};
			/** @description Milliseconds; number in gateway events */
			created_at: string;
			updated_at?: string;
			/** @description JSON string */
			mentions?: string;
		};
		CirclePostSubInfo: {
			/**
			 * Format: int64
			 * @example 1
			 */
			comment_total: number | string;
			/**
			 * Format: int64
			 * @example 1
			 */
			like_total: number | string;
			/** Format: int32 */
			can_del: number;
			/** Format: int32 */
			liked: number;
			like_id: string;
			is_top: boolean;
			is_follow: boolean;
		};
		CirclePostReaction: {
			records: {
				user_id: string;
				avatar: string;
				nickname: string;
				username: string;
				reaction_id: string;
			}[];
			/** Format: int32 */
			size: number;
			/** @description Cursor */
			list_id: string;
			/**
			 * @description More pages
			 * @example false
			 */
			next: boolean;
		};
		CirclePostComment: {
			records: components['schemas']['CirclePostCommentRecord'][];
			/** @description The post */
			post: components['schemas']['CirclePostContent'];
			/** @description The comment replied to */
			item?: components['schemas']['CirclePostCommentRecord'];
			/** Format: int32 */
			size: number;
			/** @description Cursor */
			list_id: string;
			/**
			 * @description More pages
			 * @example false
			 */
			next: boolean;
		};
		CirclePostCommentRecord: {
			user: components['schemas']['CircleUser'] | components['schemas']['User'];
			/** @description replay_list spelling as in the API */
			comment: {
				comment_id: string;
				quote_l1: string;
				content: string;
				created_at: number;
				like_total: number;
				comment_total: number;
				replay_list: components['schemas']['CirclePostCommentRecord'][];
			};
		};
		CircleInfo: {
			channel_id: string;
			guild_id: string;
			name: string;
			topic_id: string;
			/** Format: int32 */
			type: number;
			/**
			 * Format: int64
			 * @example 1
			 */
			list_display: number | string;
			/** Format: int32 */
			show_type: number;
			/** Format: int32 */
			sort: number;
			overwrite: Record<string, never>[];
			top_define?: Record<string, never>;
		};
		GuildCredit: {
			/** @description Issuer logo URL and name */
			authority: {
				icon: string;
				name: string;
			};
			/** @description Small image beside the nickname */
			title?: {
				img: string;
			};
			/** @description Rows shown on the profile */
			slots: components['schemas']['CreditSlot'][][];
			/**
			 * Format: int32
			 * @description Meaning not documented; the SDK test uses 2
			 */
			type?: number;
		};
		CreditSlot: {
			/** @description Text; the one mandatory field */
			value: string;
			/** @description Grey prefix; excludes img and badge */
			label?: string;
			/** @description Image URL above the value */
			img?: string;
			/** @description Inline image URL */
			badge?: string;
		};
		GuildCreditRecord: {
			user_id: string;
			/** @description content is a GuildCredit serialised to a string */
			credits: {
				[key: string]: {
					/** Format: int64 */
					bot_id: string;
					card_id: string;
					content: string;
					title: {
						img: string;
					} | null;
					/** Format: int32 */
					v: number;
					visible: boolean;
					/** Format: int32 */
					index: number;
				};
			};
		};
		GameCredit: Record<string, never>;
		BotCommand: {
			/** @description 1 to 32 characters */
			command: string;
			/** @description 3 to 256 characters */
			description: string;
			/**
			 * Format: int32
			 * @description 0 everyone, 1 private chat, 2 server admins
			 */
			visible_level: number;
			select_parameters?: components['schemas']['BotCommandParameter'][][];
			form_parameters?: components['schemas']['BotCommandParameter'][][];
			/** @description Reply visible only to the caller and the bot */
			hide?: boolean;
			clickable?: boolean;
			app_id?: string;
			url?: string;
		};
		BotCommandParameter: {
			key?: string;
			icon?: string;
			k: string;
			v: string;
		};
		GuildInviteCodeRecord: {
			code?: string;
			url?: string;
			inviter_id: string;
			inviter_name?: string;
			avatar?: string;
			channel_id: string;
			channel_name?: string;
			/**
			 * Format: int32
			 * @description null for a server invite
			 */
			channel_type?: number;
			/**
			 * Format: int32
			 * @description 1 when the channel is gone
			 */
			channel_on_del?: number;
			/** @description Seconds; -1 never */
			expire_time: string;
			/** @description Set validity; -1 for ever */
			time?: string;
			/** @description Set uses; -1 unlimited */
			number: string;
			/** @description Uses left */
			number_less?: string;
			/** @description Uses so far */
			has_invited?: string;
			list_id?: string;
			remark?: string;
			post_id?: string;
		};
		HistoryMessage: {
			message_id: string;
			channel_id: string;
			guild_id: string;
			user_id: string;
			/**
			 * @description JSON string, see message content
			 * @example {"type":"text","text":"Hello","contentType":0}
			 */
			content: string;
			/**
			 * Format: int64
			 * @description Milliseconds
			 * @example 1768478400000
			 */
			time: number | string;
			/** @description Thread root */
			quote_l1: string | null;
			/** @description Message replied to */
			quote_l2: string | null;
			reactions: unknown[];
			/** @description Not documented */
			recall: unknown;
			/** Format: int32 */
			recalled: number;
			/** @description "0" or "1" */
			pin: string;
			nonce: string;
			mentions: unknown[] | null;
			mention_roles: unknown[] | null;
			/** @description Not documented */
			mention_everyone: unknown;
			/** @description Not documented */
			reply_markup: unknown;
			/** @description Not documented */
			message_card: unknown;
			/** @description Not documented */
			deleted: unknown;
			/** @description Not documented */
			deleted_user: unknown;
			/** @description Not documented */
			extra_data: unknown;
			author: {
				nickname: string;
				username: string;
				avatar: string;
				avatar_nft: string | null;
				bot: boolean;
			};
			member: {
				nick: string | null;
				roles: string[];
				guild_card: string[] | null;
			};
		};
		Error: {
			/** @constant */
			ok: false;
			/** @description 901 signature check failed; 902 IP not allow-listed; 903 account banned; 1000 success; 1001 missing or wrong parameter (also bad types or special content); 1002 channel creation failed; 1003 user creation failed; 1004 account does not exist; 1005 wrong password; 1006 channel deletion failed; 1007 user not in the server; 1008 bot has not joined the server; 1011 server does not exist; 1012 no permission; 1021 channel does not exist; 1037 user closed private messages; 1038 user blocked the bot; 2010 user's badge slots are full; 5103 message content is not valid JSON; 5104 message too long; 5105 message type not supported; 10002 limit for bot sending per second; also what a bot outside the send allow-list gets */
			error_code: number;
			description: string;
		};
		StatusError: {
			/** @constant */
			status: false;
			code: number;
			message: string;
			desc: string;
		};
		GatewayAuthor: {
			nickname: string;
			username: string;
			avatar: string;
			avatar_nft: string | null;
			bot: boolean;
		};
		GatewayMember: {
			nick: string | null;
			roles: string[];
			guild_card: string[] | null;
		};
		GatewayMessage: {
			/** @description JSON text of a content, see the schemas whose names end with Content */
			content: string;
			/**
			 * Format: int64
			 * @description Milliseconds since 1970
			 */
			time: number | string;
			user_id: string;
			channel_id: string;
			message_id: string;
			/** @description Root of the thread */
			quote_l1?: string | null;
			/** @description Message in the thread that is replied to */
			quote_l2?: string | null;
			/** @description Null in private chats */
			guild_id: string | null;
			/**
			 * Format: int32
			 * @description ChannelType; 3 in private chats
			 */
			channel_type: number;
			/** Format: int32 */
			status?: number;
			nonce?: string;
			/**
			 * Format: int32
			 * @description Repeats contentType of a text
			 */
			ctype?: number | null;
			/** @description Absent or null without mentions */
			mentions?:
				| {
						user_id: string;
						nickname: string;
				  }[]
				| null;
			/** @description Absent or null in private chats, reactions and joins */
			member?: components['schemas']['GatewayMember'] | null;
			/** @description Absent in reactions */
			author?: components['schemas']['GatewayAuthor'];
			desc?: string;
			/**
			 * Format: int32
			 * @description 6 for a join
			 */
			msg_type?: number;
		};
		GatewayPush: {
			/** @constant */
			action: 'push';
			data: components['schemas']['GatewayMessage'];
			/**
			 * Format: int32
			 * @description -1 in every sample; absent in some
			 */
			ack?: number;
			/**
			 * Format: int32
			 * @description Null in every sample
			 */
			seq?: number | null;
		};
		GatewayClick: {
			/** @constant */
			action: 'miniPush';
			data: {
				channel_id: string;
				user_id: string;
				/** @description Id of the event, not of the clicked message */
				message_id: string;
				/** @description JSON text of a ClickContent */
				content: string;
			};
			/**
			 * Format: int32
			 * @description -1 in every sample; absent in some
			 */
			ack?: number;
			/**
			 * Format: int32
			 * @description Null in every sample
			 */
			seq?: number | null;
		};
		GatewayCircleLike: {
			/** @constant */
			action: 'circle';
			data: {
				/** @constant */
				method: 'reaction';
				/** @constant */
				circle_type: 'post_like';
				channel_id: string;
				post_id: string;
				/** @description Empty for a post */
				comment_id: string;
				guild_id: string;
				user_id: string;
				topic_id: string;
				/** @description Author of the post */
				receive_id: string;
				/** @description User who likes it */
				send_id: string;
				is_push: boolean;
			};
			/**
			 * Format: int32
			 * @description -1 in every sample; absent in some
			 */
			ack?: number;
			/**
			 * Format: int32
			 * @description Null in every sample
			 */
			seq?: number | null;
		};
		GatewayCirclePost: {
			/** @constant */
			action: 'circleEnter';
			data: {
				/** @constant */
				method: 'post_add';
				action?: string;
				guild_id: string;
				/** Format: int32 */
				new_post_total?: number;
				records: {
					post_id: string;
					guild_id: string;
					channel_id: string;
					topic_id: string;
					topic_name?: string;
					user_id: string;
					title: string;
					/** @description JSON text of rich text, possibly a placeholder */
					content: string;
					/** @description JSON text of rich text */
					content_v2?: string;
					post_type?: string;
					/** Format: int32 */
					has_video?: number;
					comment?: boolean;
					reaction?: boolean;
					/**
					 * Format: int64
					 * @description Milliseconds since 1970
					 */
					created_at: number | string;
					/** Format: int64 */
					updated_at?: number | string;
					/** Format: int64 */
					comment_at?: number | string;
					file_id?: string;
					geo_region?: string;
					geo_ip?: string;
					/** @description JSON text of a list; its items are not documented */
					mentions?: string;
				};
			};
			/**
			 * Format: int32
			 * @description -1 in every sample; absent in some
			 */
			ack?: number;
			/**
			 * Format: int32
			 * @description Null in every sample
			 */
			seq?: number | null;
		};
		GatewayNotice: {
			/** @constant */
			action: 'guildNotice';
			data: {
				/**
				 * @description userJoin is secondary
				 * @enum {string}
				 */
				method: 'userJoin' | 'userQuit';
				guild_id: string;
				user_id: string;
			};
			/**
			 * Format: int32
			 * @description -1 in every sample; absent in some
			 */
			ack?: number;
			/**
			 * Format: int32
			 * @description Null in every sample
			 */
			seq?: number | null;
		};
		GatewayPong: {
			/** @constant */
			action: 'pong';
			data: {
				/**
				 * Format: int64
				 * @description Seconds since 1970
				 */
				time: number | string;
			};
		};
		/** @description First frame of the client */
		GatewayConnect: {
			/** @constant */
			action: 'connect';
			data: {
				client_id: string;
			};
		};
		/** @description Sent by the client every 25 s; the gateway closes after 70 s without a frame */
		GatewayPing: {
			/** @constant */
			type: 'ping';
		};
		TextContent: {
			/** @constant */
			type: 'text';
			text: string;
			/**
			 * Format: int32
			 * @description Bit mask: 1 user mention, 2 and 64 command, 16 link
			 */
			contentType?: number;
		};
		RichTextContent: {
			/** @constant */
			type: 'richText';
			title?: string;
			/** @description JSON text of a list of nodes */
			document?: string;
			/** @description The same list */
			v2?: string;
			/** Format: int32 */
			v?: number;
		};
		ImageContent: {
			/** @constant */
			type: 'image';
			url: string;
			width?: number;
			height?: number;
			fileType?: string;
			thumb?: boolean;
			localFilePath?: string;
			localIdentify?: string;
		};
		VideoContent: {
			/** @constant */
			type: 'video';
			url: string;
			videoName?: string;
			width?: number;
			height?: number;
			localPath?: string;
			thumbUrl?: string;
			thumbWidth?: number;
			thumbHeight?: number;
			thumbName?: string;
			localThumbPath?: string;
			localIdentify?: string;
			/** @description Seconds */
			duration?: number;
			fileType?: string;
		};
		VoiceContent: {
			/** @constant */
			type: 'voice';
			url: string;
			/** @description Seconds */
			second?: number;
			isRead?: boolean;
			path?: string;
		};
		MessageCardContent: {
			/** @constant */
			type: 'messageCard';
			/** @description JSON text of a widget tree */
			data: string;
			notification?: string | null;
			come_from_name?: string | null;
			come_from_icon?: string | null;
			width?: number | null;
			height?: number | null;
			template?: unknown;
			no_seat_toast?: string | null;
		};
		ReactionContent: {
			/** @constant */
			type: 'reaction';
			/** @description add; the verb of a removal is not documented */
			action: string;
			/** @description Message that is reacted to */
			id: string;
			emoji: {
				/** @description Percent-encoded; empty for a picture */
				name: string;
				avatar: string | null;
				/** Format: int32 */
				count: number;
			};
			text?: string;
		};
		JoinContent: {
			/** @constant */
			type: 'newJoin';
			user_id: string;
			message_id?: string;
			/** @description Invite code */
			code?: string;
			/**
			 * Format: int32
			 * @description In the gateway: number of the join
			 */
			index?: number;
			/**
			 * Format: int32
			 * @description In the history: number of the join
			 */
			order?: number;
		};
		TopicShareContent: {
			/** @constant */
			type: 'topicShare';
			messageId: string;
			channelId: string;
			userId: string;
		};
		SharedCirclePost: {
			user: {
				user_id: string;
				is_bot?: boolean;
				nickname: string;
				username: string;
				avatar: string;
				gnick?: string;
			};
			post: {
				post_id: string;
				guild_id: string;
				channel_id: string;
				topic_id: string;
				topic_name?: string;
				title: string;
				/** @description Rich-text JSON string (may be a placeholder) */
				content: string;
				/** @description Rich-text JSON string, the real body */
				content_v2?: string;
				/** @description for example image */
				post_type?: string;
				/** Format: int32 */
				has_video?: number;
				cover?: {
					source?: string;
					width?: number;
					height?: number;
				};
				/** @description Milliseconds; number in gateway events */
				created_at: string;
				updated_at?: string;
				/** @description JSON string */
				mentions?: string;
				tc_doc_content?: string;
			};
			/** @description Counters are strings here */
			sub_info?: {
				comment_total: string;
				comment_detail?: unknown[];
				like_total: string;
				liked: string;
				like_id: string;
				can_del?: string;
				is_top?: boolean;
				is_follow?: boolean;
			};
		};
		CircleShareContent: {
			/** @constant */
			type: 'circleShareEntity';
			data: components['schemas']['SharedCirclePost'];
		};
		ClickContent: {
			/** @constant */
			type: 'update';
			/** Format: int64 */
			update_id: string;
			callback_query: components['schemas']['CallbackQuery'];
		};
		/** @description The body of requests that name a message */
		MessageInChat: {
			/**
			 * Format: int64
			 * @description Channel id, or the private-chat id returned by getPrivateChat for a direct message
			 */
			chat_id: string;
			/**
			 * Format: int64
			 * @description Message id
			 */
			message_id: string;
		};
	};
	responses: never;
	parameters: never;
	requestBodies: never;
	headers: never;
	pathItems: never;
}
