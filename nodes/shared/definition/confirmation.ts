import { booleanField } from './fields';
import type { Field, Operation } from './operation';

const DESCRIPTION =
	'Whether to carry out the action. While off, nothing is changed and a preview is returned.';

/**
 * Confirm: on in a workflow, off where the node is an AI agent's tool, since there only a person may
 * decide. n8n shows the one of the two fields that fits.
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
