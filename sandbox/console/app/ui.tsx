import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';
import { formatJson } from './json';

export function classes(...names: Array<string | false | undefined>): string {
	return names.filter((name) => name).join(' ');
}

export function formatTime(ms: number): string {
	return new Date(ms).toLocaleTimeString('en-GB');
}

export function formatDate(ms: number): string {
	return new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

/** Returns a number with its noun, such as `1 member` and `2 members`. */
export function countOf(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function formatMoney(cents: number): string {
	return `$${(cents / 100).toFixed(2)}`;
}

/** Shows a time of day for today's events and the date for others. */
export function Time({ ms, now }: { ms: number; now?: number }): JSX.Element {
	const isToday = new Date(ms).toDateString() === new Date(now ?? Date.now()).toDateString();
	return (
		<time class="time" dateTime={new Date(ms).toISOString()} title={formatDate(ms)}>
			{isToday ? formatTime(ms) : formatDate(ms)}
		</time>
	);
}

/** One of eight background colors, always the same for an ID. */
function colorOf(id: string): number {
	let sum = 0;
	for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
	return sum % 8;
}

export function Avatar({
	id,
	name,
	isBot = false,
	pictureUrl,
	size = 'medium',
}: {
	id: string;
	name: string;
	isBot?: boolean;
	pictureUrl?: string | null;
	size?: 'small' | 'medium' | 'large';
}): JSX.Element {
	if (typeof pictureUrl === 'string') {
		return <img class={`avatar avatar-${size}`} src={pictureUrl} alt="" />;
	}
	const [initial = '?'] = name.trim();
	return (
		<span class={`avatar avatar-${size} avatar-color-${colorOf(id)}`} aria-hidden="true">
			{isBot ? <Icon name="bot" /> : initial.toUpperCase()}
		</span>
	);
}

export function Badge({
	kind = 'plain',
	children,
}: {
	kind?: 'plain' | 'good' | 'bad' | 'warning' | 'accent';
	children: ComponentChildren;
}): JSX.Element {
	return <span class={`badge badge-${kind}`}>{children}</span>;
}

/** Shows a status; services can also fail with 200. */
export function StatusBadge({
	status,
	isFailed = status === 0 || status >= 400,
}: {
	status: number;
	isFailed?: boolean;
}): JSX.Element {
	const kind = isFailed ? 'bad' : status < 300 ? 'good' : 'plain';
	return <Badge kind={kind}>{status === 0 ? 'cut' : status}</Badge>;
}

export function Empty({
	title,
	children,
}: {
	title: string;
	children?: ComponentChildren;
}): JSX.Element {
	return (
		<div class="empty">
			<p class="empty-title">{title}</p>
			{children && <div class="empty-text">{children}</div>}
		</div>
	);
}

export function Problem({ text }: { text: string | undefined }): JSX.Element | null {
	if (text === undefined || text === '') return null;
	return (
		<p class="problem" role="alert">
			{text}
		</p>
	);
}

/** A button that runs something; its failure is shown beside it. */
export function ActionButton({
	run,
	children,
	variant = 'plain',
	label,
	disabled = false,
	title,
	pressed,
}: {
	run: () => Promise<unknown>;
	children: ComponentChildren;
	variant?: 'plain' | 'primary' | 'danger' | 'quiet' | 'chip';
	label?: string;
	disabled?: boolean;
	title?: string;
	pressed?: boolean;
}): JSX.Element {
	const [isBusy, setIsBusy] = useState(false);
	const click = (): void => {
		setIsBusy(true);
		run()
			.catch((error: unknown) => {
				notify(error instanceof Error ? error.message : String(error), 'bad');
			})
			.finally(() => {
				setIsBusy(false);
			});
	};
	return (
		<button
			type="button"
			class={`button button-${variant}`}
			disabled={disabled || isBusy}
			aria-label={label}
			aria-pressed={pressed}
			title={title ?? label}
			onClick={click}
		>
			{children}
		</button>
	);
}

export function Json({ text, label }: { text: string; label: string }): JSX.Element {
	return (
		<pre class="code" tabIndex={0} role="region" aria-label={label}>
			{formatJson(text)}
		</pre>
	);
}

export function CopyButton({
	text,
	label = 'Copy',
}: {
	text: string;
	label?: string;
}): JSX.Element {
	const copy = async (): Promise<void> => {
		await navigator.clipboard.writeText(text);
		notify('Copied', 'good');
	};
	return (
		<ActionButton run={copy} variant="quiet">
			{label}
		</ActionButton>
	);
}

interface Notice {
	id: number;
	text: string;
	kind: 'good' | 'bad';
}

const NOTICE_MS = 5000;
let noticeCount = 0;
let showNotice: (notice: Notice) => void = () => undefined;

/** Shows a message in the corner for a few seconds. */
export function notify(text: string, kind: Notice['kind']): void {
	showNotice({ id: ++noticeCount, text, kind });
}

export function Notices(): JSX.Element {
	const [notices, setNotices] = useState<Notice[]>([]);
	useEffect(() => {
		showNotice = (notice) => {
			setNotices((list) => [...list, notice]);
			setTimeout(() => {
				setNotices((list) => list.filter(({ id }) => id !== notice.id));
			}, NOTICE_MS);
		};
	}, []);
	return (
		<div class="notices" role="status">
			{notices.map(({ id, text, kind }) => (
				<p key={id} class={`notice notice-${kind}`}>
					{text}
				</p>
			))}
		</div>
	);
}

/** A dialog that the browser keeps the focus in. */
export function Dialog({
	title,
	onClose,
	children,
}: {
	title: string;
	onClose: () => void;
	children: ComponentChildren;
}): JSX.Element {
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		dialog.current?.showModal();
	}, []);
	return (
		<dialog ref={dialog} class="dialog" aria-label={title} onClose={onClose}>
			<header class="dialog-head">
				<h2>{title}</h2>
				<button
					type="button"
					class="button button-quiet"
					aria-label="Close"
					onClick={() => dialog.current?.close()}
				>
					<Icon name="close" />
				</button>
			</header>
			{children}
		</dialog>
	);
}

export function Tabs<Name extends string>({
	label,
	tabs,
	selected,
	onSelect,
}: {
	label: string;
	tabs: ReadonlyArray<{ name: Name; title: string }>;
	selected: Name;
	onSelect: (name: Name) => void;
}): JSX.Element {
	return (
		<div class="tabs" role="group" aria-label={label}>
			{tabs.map(({ name, title }) => (
				<button
					key={name}
					type="button"
					class={classes('tab', name === selected && 'tab-selected')}
					aria-pressed={name === selected}
					onClick={() => {
						onSelect(name);
					}}
				>
					{title}
				</button>
			))}
		</div>
	);
}

/** A text field with a send button. Enter sends, Shift+Enter starts a new line. */
export function Composer({
	label,
	placeholder,
	send,
	disabled = false,
	buttonText = 'Send',
	tools,
	insertion,
}: {
	label: string;
	placeholder: string;
	send: (text: string) => Promise<unknown>;
	disabled?: boolean;
	buttonText?: string;
	tools?: ComponentChildren;
	/** Text to add, e.g. a mention; a new object adds it again. */
	insertion?: { text: string } | undefined;
}): JSX.Element {
	const [text, setText] = useState('');
	const [isBusy, setIsBusy] = useState(false);
	const field = useRef<HTMLTextAreaElement>(null);
	useEffect(() => {
		if (!insertion) return;
		setText((value) => insertion.text + value);
		field.current?.focus();
	}, [insertion]);
	const submit = (): void => {
		if (text.trim() === '' || isBusy || disabled) return;
		setIsBusy(true);
		send(text.trim())
			.then(() => {
				setText('');
			})
			.catch((error: unknown) => {
				notify(error instanceof Error ? error.message : String(error), 'bad');
			})
			.finally(() => {
				setIsBusy(false);
				field.current?.focus();
			});
	};
	return (
		<form
			class="composer"
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			{tools && <div class="composer-tools">{tools}</div>}
			<div class="composer-row">
				<textarea
					ref={field}
					class="input composer-input"
					rows={1}
					aria-label={label}
					placeholder={placeholder}
					disabled={disabled}
					value={text}
					onInput={(event) => {
						setText(event.currentTarget.value);
					}}
					onKeyDown={(event) => {
						if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
						event.preventDefault();
						submit();
					}}
				/>
				<button
					type="submit"
					class="button button-primary"
					disabled={disabled || text.trim() === ''}
				>
					{buttonText}
				</button>
			</div>
		</form>
	);
}
