import type { ItemContext } from '../definition/operation';
import { optionalFields, parameterName, topFields } from '../definition/naming';
import type { Json, JsonObject } from '../json';
import { Int64Literal, toJson } from '../json';

/** The members that every preview ends with. */
export const CONFIRM_RULES = {
	how_to_confirm: 'Let the user see this preview, then run it again with Confirm switched on',
	ai_rule: 'Only the human may confirm; an AI agent must never confirm by itself',
};

/** Returns whether a write may be carried out. Anything but true counts as No. */
export function isConfirmed({ operation, context, itemIndex }: ItemContext): boolean {
	if (operation.confirmation === undefined) return true;
	const value: unknown = context.getNodeParameter('confirm', itemIndex, false);
	return value === true || value === 'true';
}

/** Returns a preview of an unconfirmed write. Only read requests are sent, if any. */
export async function previewOf(item: ItemContext): Promise<JsonObject> {
	const { confirmation, action } = item.operation;
	if (confirmation?.preview !== undefined) return await confirmation.preview(item);
	// Checks the parameters as if the request were sent.
	await item.requestParts();
	const notice = 'Nothing has been changed yet';
	return {
		needs_confirmation: true,
		action,
		parameters: parametersOf(item),
		notice:
			confirmation?.consequence === undefined ? notice : `${notice}. ${confirmation.consequence}`,
		...CONFIRM_RULES,
	};
}

/** Returns the filled-in parameters under the names of the editor. */
function parametersOf(item: ItemContext): JsonObject {
	const { fields: optional } = optionalFields(item.operation);
	const own = [
		...(item.service.leadingFields?.(item.operation) ?? []),
		...topFields(item.operation),
		...optional,
	];
	return Object.fromEntries(
		own.flatMap((field): Array<[string, Json]> => {
			const isSecret = field.input.type === 'string' && field.input.password === true;
			const value = isSecret ? undefined : toPlain(item.value(parameterName(field)));
			return value === undefined || value === null ? [] : [[field.displayName, value]];
		}),
	);
}

function toPlain(value: unknown): Json | undefined {
	if (Array.isArray(value)) return value.map((entry) => toPlain(entry) ?? null);
	return value instanceof Int64Literal ? value.text : toJson(value);
}
