import type { JSX } from 'preact';

/** Outlines on a grid of 24, drawn with strokes. Text symbols would depend on the installed fonts. */
const PATHS = {
	chat: 'M4 5h16v11H9l-5 4z',
	star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1.1 5.9L12 16.8l-5.3 2.9 1.1-5.9L3.5 9.7l5.9-.8z',
	feed: 'M4 6h16M4 12h16M4 18h10',
	requests: 'M7 4v14m0 0l-3-3m3 3l3-3M17 20V6m0 0l-3 3m3-3l3 3',
	webhook: 'M12 8a3 3 0 10-2.6-1.5M10.5 8.5L7 15m0 0a3 3 0 102.8 4H17m0 0a3 3 0 10-2-4.7L12 8',
	plug: 'M9 3v5m6-5v5M6 8h12v3a6 6 0 01-12 0zm6 9v4',
	sliders: 'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5M9 14.5v5',
	book: 'M5 4h6a2 2 0 012 2v14a2 2 0 00-2-2H5zm14 0h-4a2 2 0 00-2 2v14a2 2 0 012-2h4z',
	hash: 'M9 4L7 20M17 4l-2 16M4 9h16M4 15h16',
	circle: 'M12 4a8 8 0 100 16 8 8 0 000-16zm0 5a3 3 0 100 6 3 3 0 000-6z',
	voice: 'M4 10v4h4l5 4V6L8 10zm13-1a4 4 0 010 6',
	link: 'M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1 1m2 4a4 4 0 00-6 0l-3 3a4 4 0 006 6l1-1',
	mail: 'M4 6h16v12H4zm0 1l8 6 8-6',
	people:
		'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zm-6 9a6 6 0 0112 0m1-9a3 3 0 10-1-5.8M17 14a6 6 0 014 6',
	lock: 'M6 11h12v9H6zm2 0V8a4 4 0 018 0v3',
	image: 'M4 5h16v14H4zm0 11l5-5 4 4 3-3 4 4M15.5 9.5h.01',
	video: 'M4 6h11v12H4zm11 4l5-3v10l-5-3z',
	bot: 'M6 9h12v9H6zm6-4v4M12 4.5h.01M9.5 13h.01M14.5 13h.01M3 12v3m18-3v3',
	heart: 'M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0112 7.3 4.2 4.2 0 0119.5 10c0 5.4-7.5 10-7.5 10z',
	open: 'M14 4h6v6m0-6l-9 9M18 14v6H4V6h6',
	close: 'M6 6l12 12M18 6L6 18',
	down: 'M6 9l6 6 6-6',
	share: 'M4 12v7h16v-7M12 15V4m0 0L8 8m4-4l4 4',
	coin: 'M12 4a8 8 0 100 16 8 8 0 000-16zm2.5 5.5c-.5-1-1.4-1.5-2.5-1.5-1.4 0-2.5.8-2.5 2s1 1.6 2.5 2 2.5.9 2.5 2-1.1 2-2.5 2c-1.2 0-2.1-.5-2.6-1.5M12 6.5V8m0 8v1.5',
	dot: 'M12 10a2 2 0 100 4 2 2 0 000-4z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): JSX.Element {
	return (
		<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
			<path d={PATHS[name]} />
		</svg>
	);
}
