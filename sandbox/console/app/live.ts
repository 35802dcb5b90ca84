import { useEffect, useRef, useState } from 'preact/hooks';
import type { Activity } from '../../core/activityLog';
import type { LoggedRequest } from '../../core/requestLog';
import { getJson, RefusedError } from './api';

const MAX_ENTRIES = 500;
/** Events in quick succession cause one update. */
const DELAY_MS = 80;

/** What the page received over server-sent events. */
interface LiveState {
	/** Newest first. */
	requests: LoggedRequest[];
	/** Newest first. */
	activities: Activity[];
	isConnected: boolean;
	/** Changes whenever something happened in the sandbox. */
	version: number;
}

class LiveStore {
	state: LiveState = { requests: [], activities: [], isConnected: false, version: 0 };
	private readonly listeners = new Set<() => void>();
	private timer: number | undefined;

	start(): void {
		const source = new EventSource('/_admin/console/events');
		source.addEventListener('open', () => {
			void this.loadAll();
		});
		source.addEventListener('error', () => {
			this.update({ isConnected: false });
		});
		source.addEventListener('reset', () => {
			void this.loadAll();
		});
		source.addEventListener('changed', () => {
			this.touch();
		});
		source.addEventListener('request', ({ data }: MessageEvent<string>) => {
			const entry: LoggedRequest = JSON.parse(data);
			this.state.requests = [entry, ...this.state.requests].slice(0, MAX_ENTRIES);
			this.touch();
		});
		source.addEventListener('activity', ({ data }: MessageEvent<string>) => {
			const entry: Activity = JSON.parse(data);
			this.state.activities = [entry, ...this.state.activities].slice(0, MAX_ENTRIES);
			this.touch();
		});
	}

	subscribe(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => {
			this.listeners.delete(listener);
		};
	}

	/** Loads both logs, at the start, after the connection was lost, and after a reset. */
	async loadAll(): Promise<void> {
		try {
			const [requests, activities] = await Promise.all([
				getJson<LoggedRequest[]>('console/requests'),
				getJson<Activity[]>('console/activity'),
			]);
			this.update({
				requests: requests.reverse(),
				activities: activities.reverse(),
				isConnected: true,
				version: this.state.version + 1,
			});
		} catch {
			this.update({ isConnected: false });
		}
	}

	private touch(): void {
		if (this.timer !== undefined) return;
		this.timer = window.setTimeout(() => {
			this.timer = undefined;
			this.update({ version: this.state.version + 1 });
		}, DELAY_MS);
	}

	private update(change: Partial<LiveState>): void {
		this.state = { ...this.state, ...change };
		for (const listener of this.listeners) listener();
	}
}

export const live = new LiveStore();

export function useLive(): LiveState {
	const [state, setState] = useState(live.state);
	useEffect(() => {
		setState(live.state);
		return live.subscribe(() => {
			setState(live.state);
		});
	}, []);
	return state;
}

export interface Loaded<View> {
	view: View | undefined;
	error: string | undefined;
	/** Whether the view is that of a previous path. */
	isStale: boolean;
	/** Whether the sandbox refused the request, e.g. because a person no longer exists. */
	isRefused: boolean;
}

interface ViewOptions {
	/** Whether to load it again whenever something happened. Defaults to true. */
	isLive?: boolean;
	/** Whether to show the view of the previous path until the new one is there. */
	keepsPrevious?: boolean;
}

/** Loads a view of the sandbox. */
export function useView<View>(
	path: string,
	{ isLive = true, keepsPrevious = false }: ViewOptions = {},
): Loaded<View> {
	const { version } = useLive();
	const [loaded, setLoaded] = useState<{ path: string; view?: View; error?: Error }>({ path });
	const latest = useRef(0);
	useEffect(() => {
		const number = ++latest.current;
		getJson<View>(path)
			.then((view) => {
				if (number === latest.current) setLoaded({ path, view });
			})
			.catch((error: unknown) => {
				const problem = error instanceof Error ? error : new Error(String(error));
				if (number === latest.current) setLoaded({ path, error: problem });
			});
	}, [path, isLive ? version : 0]);
	const isCurrent = loaded.path === path;
	return {
		view: isCurrent || keepsPrevious ? loaded.view : undefined,
		error: isCurrent ? loaded.error?.message : undefined,
		isStale: !isCurrent,
		isRefused: isCurrent && loaded.error instanceof RefusedError,
	};
}
