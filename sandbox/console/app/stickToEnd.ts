import { useLayoutEffect, useRef } from 'preact/hooks';

/** From here to the end in pixels, a reader counts as being at the end. */
const END_DISTANCE = 80;

/** Scrolls to the newest message when one was added, unless the reader has scrolled up. */
export function useStickToEnd(newestId: string | undefined): {
	ref: { current: HTMLDivElement | null };
	onScroll: () => void;
} {
	const ref = useRef<HTMLDivElement>(null);
	const isAtEnd = useRef(true);
	useLayoutEffect(() => {
		const list = ref.current;
		if (list && isAtEnd.current) list.scrollTop = list.scrollHeight;
	}, [newestId]);
	return {
		ref,
		onScroll: () => {
			const list = ref.current;
			if (!list) return;
			isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < END_DISTANCE;
		},
	};
}
