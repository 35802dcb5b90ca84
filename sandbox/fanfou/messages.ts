import { opaqueId } from './ids';

export interface Message {
	id: string;
	/** Increases with time. */
	order: number;
	senderId: string;
	recipientId: string;
	text: string;
	/** Milliseconds since 1970. */
	createdAt: number;
	inReplyToId?: string;
	/** Users who deleted the message; the other user keeps it. */
	hiddenFor: Set<string>;
}

export type NewMessage = Omit<Message, 'id' | 'order' | 'hiddenFor'>;

/** All direct messages. */
export class Messages {
	private readonly list: Message[] = [];
	private readonly orderById = new Map<string, number>();
	private count = 0;

	add(message: NewMessage): Message {
		const order = ++this.count;
		const id = opaqueId('message', order);
		const added: Message = { ...message, id, order, hiddenFor: new Set() };
		this.list.push(added);
		this.orderById.set(id, order);
		return added;
	}

	/** Finds a message, even if a user has deleted it. */
	find(id: string): Message | undefined {
		return this.list.find((message) => message.id === id);
	}

	orderOf(id: string): number | undefined {
		return this.orderById.get(id);
	}

	/** Returns the messages a user can read, newest first. */
	forUser(userId: string, keep: (message: Message) => boolean): Message[] {
		const isMine = ({ senderId, recipientId, hiddenFor }: Message): boolean =>
			(senderId === userId || recipientId === userId) && !hiddenFor.has(userId);
		return this.list.filter((message) => isMine(message) && keep(message)).reverse();
	}

	get size(): number {
		return this.list.length;
	}
}
