import { buttonWidget, card } from '../compose/card';
import { elementOf } from '../compose/compose';
import { oneLine } from '../compose/richText';

/** A button that opens an address; a quiet one is not the usual choice. */
export interface Button {
	label: string;
	link: string;
	quiet?: boolean;
}

/** The question as a card, with the buttons in a row below it. */
export function asCard(message: string, buttons: Button[]): Record<string, unknown> {
	const preview = oneLine(message);
	const frame = { notification: preview, comeFromName: '', comeFromIcon: '' };
	const row = {
		tag: 'row',
		padding: '12,8,12,12',
		children: buttons.map(({ label, link, quiet }) => ({
			...buttonWidget({ label, link, style: quiet === true ? 'outlined' : 'filled' }),
			flex: 'tight',
		})),
	};
	return {
		text: card([elementOf({ type: 'markdown', text: message })], frame, [row]),
		desc: preview,
		parse_mode: 'Fanbook',
	};
}

/** The question as plain text, with the buttons as inline keyboard. */
export function asKeyboard(message: string, buttons: Button[]): Record<string, unknown> {
	return {
		text: message,
		desc: oneLine(message),
		reply_markup: {
			inline_keyboard: [buttons.map(({ label, link }) => ({ text: label, url: link }))],
		},
	};
}
