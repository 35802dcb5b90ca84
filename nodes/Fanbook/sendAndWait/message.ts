import { buttonWidget, composeCard } from '../compose/card';
import { toElement } from '../compose/compose';
import { toPreview } from '../compose/richText';

/** Button that opens an address. */
export interface Button {
	label: string;
	link: string;
	/** Shown as an outline, for the secondary choice. */
	secondary?: boolean;
}

/** Composes the question as a message card with a row of buttons. */
export function composeCardQuestion(message: string, buttons: Button[]): Record<string, unknown> {
	const preview = toPreview(message);
	const frame = { notification: preview, comeFromName: '', comeFromIcon: '' };
	const row = {
		tag: 'row',
		padding: '12,8,12,12',
		children: buttons.map(({ label, link, secondary }) => ({
			...buttonWidget({ label, link, style: secondary === true ? 'outlined' : 'filled' }),
			flex: 'tight',
		})),
	};
	return {
		text: composeCard([toElement({ type: 'markdown', text: message })], frame, [row]),
		desc: preview,
		parse_mode: 'Fanbook',
	};
}

/** Composes the question as plain text with an inline keyboard. */
export function composeKeyboardQuestion(
	message: string,
	buttons: Button[],
): Record<string, unknown> {
	return {
		text: message,
		desc: toPreview(message),
		reply_markup: {
			inline_keyboard: [buttons.map(({ label, link }) => ({ text: label, url: link }))],
		},
	};
}
