// Derived from sandbox/contract/fanvue.openapi.json by `npm run contract`.
export interface components {
	schemas: {
		Account: {
			/** Format: uuid */
			uuid: string;
			/** Format: email */
			email: string;
			handle: string;
			displayName: string;
			bio: string;
			isCreator: boolean;
			/** Format: date-time */
			createdAt: string;
			/** Format: date-time */
			updatedAt: string | null;
			/** Format: uri */
			avatarUrl: string | null;
			/** Format: uri */
			bannerUrl: string | null;
			account: {
				/** @enum {string} */
				status: 'active' | 'suspended';
				earnings: {
					total: number;
					availableBalance: number;
					/** Format: date-time */
					lastPayoutAt: string | null;
				};
				fans: {
					followers: number;
					subscribers: number;
				};
				/** @description Monthly price in cents; only below /v1 */
				subscriptionPrice?: number | null;
			};
		};
		Amount: {
			gross: number;
			net: number;
		};
		Chat: {
			/** Format: date-time */
			createdAt: string | null;
			/** Format: date-time */
			lastMessageAt: string | null;
			isRead: boolean;
			isMuted: boolean;
			unreadMessagesCount: number;
			user: components['schemas']['FanUser'];
			lastMessage: {
				/** Format: uuid */
				uuid: string;
				text: string | null;
				type: components['schemas']['MessageType'];
				/** Format: date-time */
				sentAt: string | null;
				hasMedia: boolean | null;
				mediaType: string | null;
				/** Format: uuid */
				senderUuid: string;
				sentByUserId: string | null;
				/** @description Only below /v1 */
				hasGif?: boolean;
				/**
				 * @description Only below /v1
				 * @enum {string}
				 */
				senderRole?: 'FAN' | 'CREATOR' | 'AGENCY' | 'SYSTEM';
				/**
				 * @description Only below /v1
				 * @enum {string|null}
				 */
				status?: 'Sent' | 'Delivered' | 'Read' | null;
			} | null;
			/** @description Only below /v1 */
			isCreator?: boolean;
			/** @description Only below /v1 */
			online?: boolean;
			/**
			 * Format: date-time
			 * @description Only below /v1
			 */
			lastSeenAt?: string | null;
		};
		/** @enum {string} */
		ChatFilter:
			| 'unread'
			| 'subscribers'
			| 'followers'
			| 'online'
			| 'recent_subscribers'
			| 'not_answered'
			| 'spent_more_than_50'
			| 'on_free_trial'
			| 'has_tipped'
			| 'spenders'
			| 'exclude_creators'
			| 'subscribed_to'
			| 'not_muted'
			| 'archived';
		ChatMedia: {
			/** Format: uuid */
			uuid: string;
			/** Format: uuid */
			messageUuid: string;
			/** @enum {string} */
			mediaType: 'image' | 'video' | 'audio' | 'document' | 'unknown';
			/**
			 * Format: date-time
			 * @description Snake case
			 */
			created_at: string | null;
			/** Format: date-time */
			sentAt: string | null;
			/** Format: uuid */
			ownerUuid: string;
			name: string | null;
			/** @description Price of the message with this item, in cents */
			pricing?: {
				USD: {
					price: number;
				};
			} | null;
			/** Format: date-time */
			purchasedAt?: string | null;
			/** @description What the fan paid, in cents; null if the item was not bought */
			amountPaid?: {
				USD: {
					price: number;
				};
			} | null;
			variants?: components['schemas']['Variant'][];
		};
		Collection: {
			/** Format: uuid */
			uuid: string;
			label: string;
			/** Format: date-time */
			createdAt: string | null;
		};
		Comment: {
			/** Format: uuid */
			uuid: string;
			text: string;
			/** Format: date-time */
			createdAt: string;
			/** Format: date-time */
			updatedAt: string | null;
			user: {
				/** Format: uuid */
				uuid: string;
				handle: string;
				displayName: string;
				nickname: string | null;
				isTopSpender: boolean;
			} | null;
		};
		CurrentUser: {
			/** Format: uuid */
			uuid: string;
			/** Format: email */
			email: string;
			handle: string;
			bio: string;
			displayName: string;
			isCreator: boolean;
			/** Format: date-time */
			createdAt: string;
			/** Format: date-time */
			updatedAt: string | null;
			/** Format: uri */
			avatarUrl: string | null;
			/** Format: uri */
			bannerUrl: string | null;
			likesCount?: number;
			fanCounts?: {
				followersCount: number;
				subscribersCount: number;
			};
			contentCounts?: {
				imageCount: number;
				videoCount: number;
				audioCount: number;
				postCount: number;
				payToViewPostCount: number;
			};
		};
		CustomList: {
			/** Format: uuid */
			uuid: string;
			name: string;
			membersCount: number;
			/** Format: date-time */
			createdAt: string | null;
		};
		Earning: {
			/** Format: date-time */
			date: string;
			gross: number;
			net: number;
			/** @description Currency in which the fan paid. The amounts are US cents in any case */
			currency: string | null;
			source: string;
			transactionOrderId: string;
			/** @description V1: availableForPayout|pendingBalance */
			transactionOrderStatus: string;
			/** Format: uuid */
			messageUuid?: string;
			/** Format: uuid */
			postUuid?: string;
			user: {
				/** Format: uuid */
				uuid: string;
				handle: string;
				displayName: string;
				nickname: string | null;
				isTopSpender: boolean;
			} | null;
			/** @description What the fan paid, with tax and fees */
			total?: number;
			/** @description The transaction that a refund or chargeback reverses */
			reversedTransactionOrderId?: string;
		};
		EarningsSummary: {
			period: {
				/** Format: date-time */
				startDate: string | null;
				/** Format: date-time */
				endDate: string | null;
				granularity: string;
				timezone: string;
			};
			totals: {
				allTime: components['schemas']['Amount'];
				thisMonth: {
					gross: number;
					net: number;
					previousMonthGross: number;
					previousMonthNet: number;
					grossChangePercentage: number | null;
					netChangePercentage: number | null;
				};
			};
			breakdownBySource: {
				subs: components['schemas']['Amount'];
				renewals: components['schemas']['Amount'];
				messages: components['schemas']['Amount'];
				posts: components['schemas']['Amount'];
				tips: components['schemas']['Amount'];
				referrals: components['schemas']['Amount'];
				other: components['schemas']['Amount'];
			};
			earningsByType: {
				subs: components['schemas']['Amount'];
				renewals: components['schemas']['Amount'];
				messages: components['schemas']['Amount'];
				tips: components['schemas']['Amount'];
			};
			overTime: {
				/** Format: date-time */
				periodStart: string;
				gross: number;
				net: number;
			}[];
			averageByDayOfWeek: {
				[key: string]: number;
			};
			averageByHourOfDay: {
				[key: string]: number;
			};
		};
		/** @description One of the shapes that the service uses */
		Error:
			| {
					errors: string[];
			  }
			| {
					message: string;
			  }
			| {
					error: string;
					message?: string;
					nextVersion?: string;
			  };
		FanInsights: {
			/** @enum {string} */
			status: 'subscriber' | 'expired' | 'follower' | 'not_contactable';
			spending: {
				/** Format: date-time */
				lastPurchaseAt: string | null;
				total: {
					gross: number;
					/** @description Below /v1 */
					net?: number;
					/** @description Cents after reversals; can be less than the sum of gross per source. Only below /v1 */
					total?: number;
				};
				maxSinglePayment: {
					gross: number;
					/** @description Below /v1 */
					net?: number;
				};
				sources: {
					[key: string]: {
						gross: number;
						/** @description Below /v1 */
						net?: number;
					};
				};
			};
			subscription: {
				/** Format: date-time */
				createdAt: string | null;
				/** Format: date-time */
				renewsAt: string | null;
				autoRenewalEnabled: boolean;
			};
		};
		FanUser: {
			/** Format: uuid */
			uuid: string;
			handle: string;
			displayName: string;
			nickname: string | null;
			isTopSpender: boolean;
			/** Format: uri */
			avatarUrl: string | null;
			/** Format: date-time */
			registeredAt: string;
		};
		Like: {
			/** Format: date-time */
			createdAt: string;
			user: components['schemas']['FanUser'] | null;
		};
		ListMember: {
			/** Format: uuid */
			uuid: string;
			displayName: string;
			handle: string;
			isCreator: boolean;
		};
		MassMessage: {
			/** Format: uuid */
			uuid: string;
			text: string | null;
			/** @enum {string} */
			status: 'SENT' | 'UNSENT' | 'SENDING' | 'FAILED' | 'MODERATED' | 'SCHEDULED';
			price: number | null;
			/** Format: date-time */
			createdAt: string;
			/** Format: date-time */
			publishedAt: string | null;
			/** Format: date-time */
			scheduledAt: string | null;
			recipientCount: number;
			viewCount: number;
			purchaseCount: number;
			/** @description Cents */
			totalRevenue: number;
			mediaUuids: string[];
		};
		/** @description Only `uuid` and `status` until the file is ready */
		Media: {
			/** Format: uuid */
			uuid: string;
			/** @enum {string} */
			status: 'created' | 'processing' | 'ready' | 'error';
			/** Format: date-time */
			createdAt?: string | null;
			url?: string;
			caption?: string | null;
			description?: string | null;
			name?: string | null;
			mediaType?: string;
			recommendedPrice?: number | null;
			purchasedByFan?: boolean;
			tags?: Record<string, never> | null;
			variants?: components['schemas']['Variant'][];
		};
		Message: {
			/** Format: uuid */
			uuid: string;
			text: string | null;
			/** Format: date-time */
			sentAt: string | null;
			sender: {
				/** Format: uuid */
				uuid: string;
				handle: string;
			};
			recipient: {
				/** Format: uuid */
				uuid?: string;
				handle?: string;
			};
			hasMedia: boolean | null;
			/** @enum {string|null} */
			mediaType: 'image' | 'video' | 'audio' | 'document' | null;
			mediaUuids: string[];
			type: components['schemas']['MessageType'];
			pricing: {
				USD: {
					price: number;
				};
			} | null;
			/** Format: date-time */
			purchasedAt: string | null;
			sentByUserId: string | null;
			isRead: boolean;
		};
		/**
		 * @description Open set: other values may occur
		 * @example AUTOMATED_CANCELED
		 * @example AUTOMATED_NEW_FOLLOWER
		 * @example AUTOMATED_NEW_PURCHASE
		 * @example AUTOMATED_NEW_SUBSCRIBER
		 * @example AUTOMATED_RE_SUBSCRIBED
		 * @example AUTOMATED_RENEWED
		 * @example AUTOMATED_CHAT_MESSAGE_REPLY
		 * @example AUTOMATED_FIRST_MESSAGE_REPLY
		 * @example CHAT_TEXT_GENERATION
		 * @example CHAT_TEXT_REPLY
		 * @example CHAT_TEXT_REWRITE
		 * @example SINGLE_RECIPIENT
		 * @example TIP
		 * @example VOICE_CALL
		 * @example BROADCAST
		 * @example GHOST_PROMOTION
		 */
		MessageType: string;
		Notification: {
			/** Format: uuid */
			uuid: string;
			/** Format: date-time */
			createdAt: string;
			eventType: number;
			isRead: boolean;
			data: Record<string, never>;
			originator: {
				/** Format: uuid */
				uuid: string;
				handle: string;
				displayName: string;
				/** Format: uri */
				avatarUrl: string | null;
				isCreator: boolean;
			} | null;
			/** Format: uuid */
			receiverUuid: string;
		};
		Pagination: {
			page: number;
			/** @description Rows in this answer */
			size: number;
			/** @example false */
			hasMore: boolean;
		};
		Post: {
			/** Format: uuid */
			uuid: string;
			/** Format: date-time */
			createdAt: string;
			text: string | null;
			price: number | null;
			/** Format: uuid */
			mediaPreviewUuid: string | null;
			audience: string;
			/** Format: date-time */
			publishAt: string | null;
			/** Format: date-time */
			publishedAt: string | null;
			/** Format: date-time */
			expiresAt: string | null;
			mediaUuids: string[];
			isPinned: boolean;
			likesCount: number;
			commentsCount: number;
			tips: {
				count: number;
				totalGross: number;
				totalNet: number;
			};
			collections: {
				/** Format: uuid */
				uuid: string;
				label: string;
			}[];
		};
		SmartList: {
			name: string;
			uuid: string;
			count: number;
		};
		/** @enum {string} */
		SmartListId:
			| 'subscribers'
			| 'auto_renewing'
			| 'non_renewing'
			| 'followers'
			| 'free_trial_subscribers'
			| 'expired_subscribers'
			| 'spent_more_than_50'
			| 'muted';
		Spending: {
			/** Format: date-time */
			date: string;
			gross: number;
			net: number;
			currency: string | null;
			/** @enum {string} */
			source: 'refund' | 'chargeback';
			/** Format: uuid */
			messageUuid?: string;
			/** Format: uuid */
			postUuid?: string;
			user: {
				/** Format: uuid */
				uuid: string;
				handle: string;
				displayName: string;
				nickname: string | null;
				isTopSpender: boolean;
			} | null;
		};
		SubscriberDay: {
			/** Format: date-time */
			date: string;
			/** @description Net change since the start of the range, not the number of subscribers */
			total: number;
			/** @description Subscriptions that began, free trials included; one person can count twice */
			newSubscribersCount: number;
			cancelledSubscribersCount: number;
		};
		TeamMember: {
			/** Format: uuid */
			uuid: string;
			isAdmin: boolean;
			nickname: string | null;
			/** Format: email */
			email: string;
			displayName: string;
			creatorAccess: {
				/** Format: uuid */
				uuid: string;
				/** @enum {string} */
				role: 'ADMIN' | 'CHATTER';
			}[];
		};
		Template: {
			/** Format: uuid */
			uuid: string;
			text: string | null;
			price: number | null;
			mediaUuids: string[];
			folderName: string | null;
		};
		Tip: {
			/** Format: date-time */
			createdAt: string | null;
			gross: number;
			net: number;
			user: components['schemas']['FanUser'] | null;
		};
		TopSpender: {
			gross: number;
			net: number;
			messages: number;
			user: components['schemas']['FanUser'];
		};
		TrackingLink: {
			/** Format: uuid */
			uuid: string;
			name: string;
			/** Format: uri */
			linkUrl: string;
			externalSocialPlatform: string;
			/** Format: date-time */
			createdAt: string;
			clicks: number;
			engagement: {
				acquiredFollowers: number;
				acquiredSubscribers: number;
				totalFollowers: number;
				totalSubscribers: number;
			};
			earnings: {
				totalGross: number;
				totalNet: number;
			} | null;
		};
		TrackingLinkUser: components['schemas']['FanUser'] & {
			/** @enum {string|null} */
			status: 'subscriber' | 'follower' | 'expired' | 'deleted' | null;
		};
		UnreadCounts: {
			unreadChatsCount: number;
			unreadMessagesCount: number;
			unreadNotifications: {
				newFollower: number;
				newPostComment: number;
				newPostLike: number;
				newPurchase: number;
				newSubscriber: number;
				newTip: number;
				newPromotion: number;
			};
		};
		Variant: {
			/**
			 * Format: uuid
			 * @description Media endpoints only
			 */
			uuid?: string;
			/** @enum {string} */
			variantType: 'main' | 'thumbnail' | 'thumbnail_gallery' | 'blurred';
			displayPosition: number;
			url?: string;
			width: number | null;
			height: number | null;
			lengthMs: number | null;
		};
		VaultFolder: {
			name: string;
			/** Format: date-time */
			createdAt: string | null;
			mediaCount: number;
		};
		VaultMedia: {
			/** Format: uuid */
			uuid: string;
			name: string | null;
			/** Format: date-time */
			createdAt: string;
			mediaType: string;
		};
		Subscriber: {
			/** Format: uuid */
			uuid: string;
			handle: string;
			displayName: string;
			nickname: string | null;
			isTopSpender: boolean;
			/** Format: uri */
			avatarUrl: string | null;
			/** Format: date-time */
			registeredAt: string;
			/** @description The current or last subscription */
			subscription: {
				/** @enum {string} */
				status: 'active' | 'cancelled' | 'pending_confirmation' | 'paused';
				price: number | null;
				amountPaid: number | null;
				/** Format: date-time */
				currentPeriodStart: string;
				/** Format: date-time */
				currentPeriodEnd: string | null;
				autoRenewalEnabled: boolean;
			} | null;
			/** Format: date-time */
			firstSubscribedAt: string | null;
		};
		UploadPartUrls: {
			partSize: number;
			parts: {
				partNumber: number;
				/** Format: uri */
				url: string;
			}[];
		};
		WebhookSubscription: {
			id: string;
			/** Format: uri */
			url: string;
			events: string[];
			/** Format: date-time */
			createdAt: string;
		};
		/** @description Frame of every event except the flat ones */
		EventEnvelope: {
			/** @description Unique, the same in every retry */
			id: string;
			/** @description The topic */
			type: string;
			/** Format: date-time */
			timestamp: string;
			data: Record<string, never>;
		};
		EventPerson: {
			/** Format: uuid */
			uuid: string;
			handle?: string;
			display_name?: string;
			/** Format: uri */
			avatar_url?: string | null;
		};
		/** @description The tracking link by which a fan arrived */
		EventTracking: {
			/** Format: uri */
			link_url: string;
			metadata: {
				[key: string]: string;
			};
		};
		EventMessage: {
			/** Format: uuid */
			uuid: string;
			/** @enum {string} */
			sender: 'creator' | 'fan';
			/** Format: date-time */
			created_at: string | null;
			/** Format: date-time */
			deleted_at: string | null;
			text?: string;
			unread_messages_count?: number;
			is_muted?: boolean;
			fan: components['schemas']['EventPerson'];
			creator: {
				/** Format: uuid */
				uuid: string;
			};
		};
		EventMessageRead: {
			unread_messages_count: number;
			fan: components['schemas']['EventPerson'];
		};
		EventReaction: {
			emoji: string;
			/** Format: uuid */
			message_uuid: string;
			/** @description The user who reacted */
			actor: {
				/** Format: uuid */
				uuid: string;
			};
			creator: {
				/** Format: uuid */
				uuid: string;
			};
		};
		EventFollow: {
			follower: components['schemas']['EventPerson'];
			/** Format: date-time */
			created_at?: string;
		};
		EventSubscription: {
			id: string | null;
			/** @enum {string} */
			status: 'active' | 'expired';
			cancel_at_period_end: boolean;
			/** Format: date-time */
			current_period_start: string | null;
			/** Format: date-time */
			created_at: string | null;
			/** Format: date-time */
			expires_at: string | null;
			purchaser: components['schemas']['EventPerson'];
			creator: {
				/** Format: uuid */
				uuid: string;
			};
			tracking?: components['schemas']['EventTracking'];
			/**
			 * @description Only if deactivated
			 * @example not_renewed
			 */
			deactivation_reason?: string;
		};
		EventPayment: {
			id: string;
			source: string;
			/** @description Cents */
			gross: number;
			/** @description Cents */
			net?: number;
			status?: string;
			/** @example USD */
			currency: string | null;
			/** Format: date-time */
			paid_at: string | null;
			/** Format: date-time */
			created_at: string | null;
			/** Format: uuid */
			post_uuid: string | null;
			/** Format: uuid */
			message_uuid: string | null;
			purchaser: components['schemas']['EventPerson'];
			creator: {
				/** Format: uuid */
				uuid: string;
			};
			subscription?: {
				id: string;
			};
			tracking?: components['schemas']['EventTracking'];
		};
		/** @description A refund or dispute; the payment is either payment_id or payment */
		EventReversal: {
			id: string;
			payment_id?: string | null;
			payment?: {
				id: string;
				purchaser?: components['schemas']['EventPerson'];
			};
			/** @description Cents */
			amount: number | null;
			/** @example USD */
			currency: string | null;
			/** Format: date-time */
			created_at: string | null;
			purchaser?: components['schemas']['EventPerson'];
		};
		EventFanStatus: {
			/** @constant */
			object: 'fan_status';
			/** @enum {string} */
			change_type: 'presence' | 'mute';
			/** @enum {string} */
			state: 'online' | 'offline' | 'muted' | 'unmuted';
			/** Format: date-time */
			changed_at: string;
			fan: components['schemas']['EventPerson'];
		};
		CheckoutLink: {
			/** Format: uuid */
			uuid: string;
			name: string;
			/** Format: uuid */
			product_uuid: string;
			/** Format: uuid */
			product_price_uuid: string;
		};
		CheckoutPurchaser: {
			/** Format: uuid */
			uuid: string;
			/** Format: email */
			email: string | null;
		};
		CheckoutPayment: {
			/** @constant */
			object: 'payment';
			/** @example FV-100001 */
			id: string;
			/** @enum {string} */
			status: 'pending' | 'succeeded' | 'failed';
			/** @enum {string} */
			billing_reason: 'one_time' | 'subscription_initial' | 'subscription_renewal';
			/** @description Cents */
			gross: number;
			/** @description Cents */
			net: number | null;
			fees: {
				fanvue_fee: number | null;
				transaction_fee: number | null;
			};
			/** @example USD */
			currency: string | null;
			paid_in_full: boolean;
			installment: {
				number: number;
				of: number;
			} | null;
			subscription: {
				/** Format: uuid */
				uuid: string;
			} | null;
			client_reference_id: string | null;
			transaction_id: string | null;
			/** Format: date-time */
			created_at: string | null;
			/** Format: date-time */
			paid_at: string | null;
			checkout_link: components['schemas']['CheckoutLink'];
			purchaser: components['schemas']['CheckoutPurchaser'];
			creator: {
				/** Format: uuid */
				uuid: string;
			};
			metadata: {
				[key: string]: string;
			};
		};
		CheckoutSubscription: {
			/** @constant */
			object: 'subscription';
			id: string;
			/** @enum {string} */
			status: 'active' | 'cancelled' | 'expired';
			cancel_at_period_end: boolean;
			/** Format: date-time */
			expires_at: string | null;
			/** Format: date-time */
			created_at: string | null;
			client_reference_id: string | null;
			/** @example NON_RENEWING */
			deactivation_reason: string | null;
			checkout_link: components['schemas']['CheckoutLink'];
			purchaser: components['schemas']['CheckoutPurchaser'];
			creator: {
				/** Format: uuid */
				uuid: string;
			};
			metadata: {
				[key: string]: string;
			};
		};
		CheckoutRefund: {
			/** @constant */
			object: 'refund';
			/** @example FVC-100001 */
			id: string;
			payment_id: string;
			/** @description Cents */
			amount: number;
			/** @example USD */
			currency: string | null;
			reason: string | null;
			/** Format: date-time */
			created_at: string | null;
			client_reference_id: string | null;
			checkout_link: components['schemas']['CheckoutLink'];
			purchaser: components['schemas']['CheckoutPurchaser'];
			creator: {
				/** Format: uuid */
				uuid: string;
			};
			metadata: {
				[key: string]: string;
			};
			/** @constant */
			full_amount: true;
		};
		/** @description The members are assumed to be those of a refund */
		CheckoutDispute: {
			/** @constant */
			object: 'dispute';
			/** @example FVC-100001 */
			id?: string;
			payment_id?: string;
			/** @description Cents */
			amount?: number;
			/** @example USD */
			currency?: string | null;
			reason?: string | null;
			/** Format: date-time */
			created_at?: string | null;
			client_reference_id?: string | null;
			checkout_link?: components['schemas']['CheckoutLink'];
			purchaser?: components['schemas']['CheckoutPurchaser'];
			creator?: {
				/** Format: uuid */
				uuid: string;
			};
			metadata?: {
				[key: string]: string;
			};
		};
		EventPayout: {
			/** @constant */
			object: 'payout';
			/** @example FVW-100001 */
			id: string;
			/** @constant */
			status: 'paid';
			/** @description Cents */
			amount: number;
			/** @example USD */
			currency: string | null;
			fees: {
				transaction_fee: number | null;
			};
			fx_rate: number | null;
			external_reference_id: string | null;
			/** Format: date-time */
			paid_at: string | null;
			creator: {
				/** Format: uuid */
				uuid: string;
			};
		};
		/** @description A one-time purchase in an app; other members were not seen */
		AppPayment: {
			/** @enum {string} */
			object: 'payment' | 'refund';
			/** @example appotp_100001 */
			purchase_reference: string;
		};
		FlatSender: {
			/** Format: uuid */
			uuid: string;
			handle: string;
			displayName: string;
			/** Format: uri */
			avatarUrl?: string | null;
		};
		FlatMessageReceived: {
			/** Format: uuid */
			messageUuid: string;
			message: {
				/** Format: uuid */
				uuid: string;
				text: string | null;
				hasMedia: boolean;
				mediaUuids: string[];
				/** @description Cents */
				price: number | null;
				/** Format: date-time */
				createdAt: string;
			};
			isMuted: boolean;
			/** Format: uuid */
			recipientUuid: string;
			sender: components['schemas']['FlatSender'];
			/** Format: date-time */
			timestamp: string;
		};
		FlatMessageRead: {
			/** Format: uuid */
			counterpartUuid: string;
			readMessagesCount: number;
			/** Format: uuid */
			recipientUuid: string;
			/** Format: date-time */
			timestamp: string;
		};
		FlatFollow: {
			/** Format: uuid */
			recipientUuid: string;
			sender: components['schemas']['FlatSender'];
			/** Format: date-time */
			timestamp: string;
		};
		FlatSubscription: {
			/** @description Cents */
			price: number;
			/** Format: uuid */
			recipientUuid: string;
			sender: components['schemas']['FlatSender'];
			/** Format: date-time */
			timestamp: string;
		};
		FlatPurchase: {
			/** Format: uuid */
			postUuid?: string;
			/**
			 * Format: uuid
			 * @description The message
			 */
			routeUuid?: string;
			/** @description Cents */
			price: number;
			purchaseType?: string;
			transactionOrderId?: string;
			transactionOrderStatus?: string;
			eventId?: string;
			/** Format: uuid */
			recipientUuid: string;
			sender: components['schemas']['FlatSender'];
			/** Format: date-time */
			timestamp: string;
		};
		FlatTip: {
			/** @enum {string} */
			context: 'message' | 'post';
			/** Format: uuid */
			messageUuid?: string;
			/** Format: uuid */
			postUuid?: string;
			/** @description Cents */
			price: number;
			/** Format: uuid */
			senderUuid: string;
			/** Format: uuid */
			recipientUuid: string;
			sender: components['schemas']['FlatSender'];
			/** Format: date-time */
			timestamp: string;
		};
	};
	responses: never;
	parameters: never;
	requestBodies: never;
	headers: never;
	pathItems: never;
}
