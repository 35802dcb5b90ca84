import { useEffect, useState } from 'preact/hooks';

/** The parts of the address after `#/`, decoded. */
export type Route = string[];

function readRoute(): Route {
	return location.hash
		.replace(/^#\/?/, '')
		.split('/')
		.filter((part) => part !== '')
		.map((part) => decodeURIComponent(part));
}

/** Returns the address of a page, such as `#/fanbook/601/115`. */
export function hrefOf(...parts: string[]): string {
	return `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}

export function navigate(...parts: string[]): void {
	location.hash = hrefOf(...parts);
}

export function useRoute(): Route {
	const [route, setRoute] = useState(readRoute);
	useEffect(() => {
		const update = (): void => {
			setRoute(readRoute());
		};
		addEventListener('hashchange', update);
		return () => {
			removeEventListener('hashchange', update);
		};
	}, []);
	return route;
}

/** Remembers a choice in this browser. */
export function useStored(name: string, initial: string): [string, (value: string) => void] {
	const key = `sandbox.${name}`;
	const [value, setValue] = useState(() => localStorage.getItem(key) ?? initial);
	return [
		value,
		(next) => {
			localStorage.setItem(key, next);
			setValue(next);
		},
	];
}
