import type { JSX } from 'preact';
import type { MessageView } from '../../fanbook/views';
import { act } from './api';
import { isRecord, listOf, textOf } from './json';
import { Icon, type IconName } from './icon';
import { ActionButton, classes } from './ui';

const MARKUP = /(\$\{[@#][!&]?\d+\}|https?:\/\/[^\s<>"]+|\*\*[^*]+\*\*)/;

function Attachment({ icon, text }: { icon: IconName; text: string }): JSX.Element {
	return (
		<span class="attachment">
			<Icon name={icon} /> {text}
		</span>
	);
}

function Link({ href, children }: { href: string; children: string }): JSX.Element {
	const isWeb = /^https?:\/\//i.test(href);
	if (!isWeb) return <span title={href}>{children}</span>;
	return (
		<a href={href} target="_blank" rel="noopener noreferrer">
			{children}
		</a>
	);
}

/** Shows a text with its mentions, links and bold parts. */
function Markup({ text, names }: { text: string; names: Record<string, string> }): JSX.Element {
	return (
		<>
			{text.split(MARKUP).map((piece, index) => {
				if (index % 2 === 0) return piece;
				const id = /\d+/.exec(piece)?.[0] ?? '';
				if (piece.startsWith('${')) {
					return (
						<span key={index} class="mention">
							{piece.startsWith('${#') ? '#' : '@'}
							{names[id] ?? id}
						</span>
					);
				}
				if (piece.startsWith('**')) return <strong key={index}>{piece.slice(2, -2)}</strong>;
				return (
					<Link key={index} href={piece}>
						{piece}
					</Link>
				);
			})}
		</>
	);
}

function RichPiece({
	piece,
	names,
}: {
	piece: unknown;
	names: Record<string, string>;
}): JSX.Element | null {
	if (!isRecord(piece)) return null;
	const { insert } = piece;
	const attributes = isRecord(piece.attributes) ? piece.attributes : {};
	if (isRecord(insert)) {
		return <Attachment icon="image" text={textOf(insert.source) || 'embedded object'} />;
	}
	const text = textOf(insert);
	const style = classes(
		attributes.bold === true && 'rich-bold',
		attributes.italic === true && 'rich-italic',
		attributes.underline === true && 'rich-underline',
		attributes.strike === true && 'rich-strike',
		(attributes.code === true || attributes['code-block'] === true) && 'rich-code',
	);
	const link = textOf(attributes.link);
	if (link !== '') return <Link href={link}>{text}</Link>;
	return (
		<span class={style}>
			<Markup text={text} names={names} />
		</span>
	);
}

function decodeImage(source: string): string {
	const encoded = source.split('::').at(-1) ?? '';
	try {
		return new TextDecoder().decode(Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0)));
	} catch {
		return source;
	}
}

/** Shows a widget of a message card and everything inside it. */
function Widget({
	widget,
	message,
	userId,
}: {
	widget: unknown;
	message: MessageView;
	userId: string;
}): JSX.Element | null {
	if (!isRecord(widget)) return null;
	const tag = textOf(widget.tag);
	const children = [...listOf(widget.children), ...(widget.child ? [widget.child] : [])];
	const inner = children.map((child, index) => (
		<Widget key={index} widget={child} message={message} userId={userId} />
	));
	switch (tag) {
		case 'divider':
			return <hr class="card-divider" />;
		case 'text':
		case 'markdown': {
			const style = isRecord(widget.style) ? widget.style : {};
			return (
				<p class={classes('card-text', style.fontWeight === 'medium' && 'card-title')}>
					<Markup text={textOf(widget.data)} names={message.names} />
				</p>
			);
		}
		case 'image':
			return <Attachment icon="image" text={decodeImage(textOf(widget.src))} />;
		case 'userAvatar':
			return <Icon name="people" />;
		case 'userName':
			return <span class="mention">@{message.names[textOf(widget.id)] ?? textOf(widget.id)}</span>;
		case 'button': {
			const label = textOf(widget.label);
			const href = textOf(widget.href);
			const look = classes(
				'button',
				widget.category === 'outlined' ? 'button-plain' : 'button-primary',
			);
			if (/^https?:\/\//i.test(href)) {
				return (
					<a class={look} href={href} target="_blank" rel="noopener noreferrer">
						{label}
					</a>
				);
			}
			const key = textOf(widget.key) || textOf(widget.id) || label;
			const slot = message.slots.find((item) => item.key === key);
			return (
				<ActionButton
					variant={widget.category === 'outlined' ? 'plain' : 'primary'}
					pressed={slot?.isMine ?? false}
					run={() => act('fanbook', 'clickCard', { messageId: message.id, userId, key })}
				>
					{label}
					{slot ? ` · ${slot.count}` : ''}
				</ActionButton>
			);
		}
		case 'row':
			return <div class="card-row">{inner}</div>;
		default:
			return <div class="card-column">{inner}</div>;
	}
}

function describeContent({ content, type, author }: MessageView): [IconName, string] {
	switch (type) {
		case 'image':
			return ['image', `Image ${textOf(content.url)}`];
		case 'video':
			return ['video', `Video ${textOf(content.videoName) || textOf(content.url)}`];
		case 'voice':
			return ['voice', `Voice message ${textOf(content.url)}`];
		case 'newJoin':
			return ['people', `${author.name} joined the server`];
		case 'circleShareEntity':
			return ['share', 'Shared a post of the circle'];
		case 'topicShare':
			return ['share', 'Shared a topic'];
		default:
			return ['dot', `A message of the type "${type || 'unknown'}"`];
	}
}

/** Shows the content of a message in its kind. */
export function Content({
	message,
	userId,
}: {
	message: MessageView;
	userId: string;
}): JSX.Element {
	const { content, type, names } = message;
	if (message.isRecalled) return <p class="hint">This message was recalled.</p>;
	if (type === 'text') {
		return (
			<p class="message-text">
				<Markup text={textOf(content.text)} names={names} />
			</p>
		);
	}
	if (type === 'richText') {
		const pieces = listOf(content.v2).length > 0 ? content.v2 : content.document;
		return (
			<div class="rich">
				{textOf(content.title) !== '' && <p class="rich-title">{textOf(content.title)}</p>}
				<div class="message-text">
					{listOf(pieces).map((piece, index) => (
						<RichPiece key={index} piece={piece} names={names} />
					))}
				</div>
			</div>
		);
	}
	if (type === 'messageCard') {
		return (
			<div class="card">
				{textOf(content.come_from_name) !== '' && (
					<p class="hint">{textOf(content.come_from_name)}</p>
				)}
				<Widget widget={content.data} message={message} userId={userId} />
			</div>
		);
	}
	const [icon, text] = describeContent(message);
	return <Attachment icon={icon} text={text} />;
}
