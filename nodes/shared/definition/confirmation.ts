import { booleanField } from './fields';
import type { Field, Operation } from './operation';

const DESCRIPTION =
	'Whether to carry out the action. While off, nothing is changed and a preview is returned.';

/**
 * Confirm: on in a workflow, off as a tool of an AI agent, because only a person may confirm there.
 * n8n shows the one of the two fields that applies.
 */
const CONFIRM_FIELDS: Field[] = [
	booleanField('confirm', 'Confirm', DESCRIPTION, {
		notSent: true,
		default: true,
		hide: { '@tool': [true] },
	}),
	booleanField(
		'confirm',
		'Confirm',
		`${DESCRIPTION} Only a person may confirm: show the preview and wait for a clear yes. Never switch this on yourself.`,
		{ notSent: true, default: false, show: { '@tool': [true] } },
	),
];

/** Returns the fields that an operation has because it is marked with `confirmation`. */
export function confirmFields(operation: Operation): Field[] {
	return operation.confirmation === undefined ? [] : CONFIRM_FIELDS;
}
