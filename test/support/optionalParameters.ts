import { optionalFields, parameterName, topFields } from '../../nodes/shared/definition/naming';
import type { Operation } from '../../nodes/shared/definition/operation';

/** Puts optional values where an operation has them: on top, or in its collection. */
export function optionalParameters(
	operation: Operation,
	values: Record<string, unknown>,
): Record<string, unknown> {
	const onTop = new Set(topFields(operation).map(parameterName));
	const isOnTop = ([name]: [string, unknown]) => onTop.has(name);
	const entries = Object.entries(values);
	const collected = Object.fromEntries(entries.filter((entry) => !isOnTop(entry)));
	return {
		...Object.fromEntries(entries.filter(isOnTop)),
		...(Object.keys(collected).length === 0
			? {}
			: { [optionalFields(operation).collection]: collected }),
	};
}
