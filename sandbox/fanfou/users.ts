import { uniqueId } from './ids';

export interface Colors {
	profile_background_color: string;
	profile_text_color: string;
	profile_link_color: string;
	profile_sidebar_fill_color: string;
	profile_sidebar_border_color: string;
}

/** An account. `id` is the login name, or the unique id if the user has not chosen one. */
export interface User {
	id: string;
	uniqueId: string;
	name: string;
	password: string;
	email: string;
	phone: string;
	location: string;
	/** 男, 女 or ''. */
	gender: string;
	/** `YYYY-MM-DD`; parts may be zero. */
	birthday: string;
	description: string;
	url: string;
	isProtected: boolean;
	tags: string[];
	/** Milliseconds since 1970. */
	createdAt: number;
	colors: Colors;
	/** Names of stored pictures; undefined for the default pictures. */
	avatar?: string;
	background?: string;
	tilesBackground: boolean;
}

export type NewUser = Pick<User, 'id' | 'name'> & Partial<User>;

const DEFAULT_USER: Omit<User, 'id' | 'name' | 'uniqueId' | 'email'> = {
	password: 'Sandbox1',
	phone: '',
	location: '',
	gender: '',
	birthday: '0000-00-00',
	description: '',
	url: '',
	isProtected: false,
	tags: [],
	createdAt: Date.UTC(2012, 4, 12, 8, 0, 0),
	colors: {
		profile_background_color: '#ACDAE5',
		profile_text_color: '#222222',
		profile_link_color: '#0066CC',
		profile_sidebar_fill_color: '#E2F2DA',
		profile_sidebar_border_color: '#B2D1A3',
	},
	tilesBackground: false,
};

/** All accounts, in the order in which they were created. */
export class Users {
	private readonly byId = new Map<string, User>();
	private readonly names = new Map<string, User>();

	add(user: NewUser): User {
		const added: User = {
			...DEFAULT_USER,
			email: `${encodeURIComponent(user.id)}@example.com`,
			uniqueId: user.id.startsWith('~') ? user.id : uniqueId(user.id),
			...user,
			colors: { ...DEFAULT_USER.colors, ...user.colors },
		};
		this.byId.set(added.id, added);
		this.names.set(added.name, added);
		return added;
	}

	/** Finds a user by id, unique id or login name. */
	find(id: string): User | undefined {
		return this.byId.get(id) ?? this.all().find((user) => user.uniqueId === id);
	}

	/** Like `find`, but throws a TypeError if there is no such user. */
	get(id: string): User {
		const user = this.find(id);
		if (!user) throw new TypeError(`no user ${id}`);
		return user;
	}

	/** Finds a user by login name, email address or phone number. */
	findByLogin(login: string): User | undefined {
		return (
			this.byId.get(login) ??
			this.all().find(({ email, phone }) => email === login || (phone !== '' && phone === login))
		);
	}

	/** Finds a user by display name, as in `@name`. */
	findByName(name: string): User | undefined {
		return this.names.get(name);
	}

	rename(user: User, name: string): void {
		this.names.delete(user.name);
		user.name = name;
		this.names.set(name, user);
	}

	all(): User[] {
		return [...this.byId.values()];
	}
}
