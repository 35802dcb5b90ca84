import type { IDataObject } from 'n8n-workflow';
import { Expression } from 'n8n-workflow';

/** Resolves an expression of a credential (with its leading `=`) as n8n does. */
export function resolveExpression(
	expression: string,
	{ self = {}, credentials = {} }: { self?: IDataObject; credentials?: IDataObject },
): string {
	if (!expression.startsWith('=')) throw new Error(`not an expression: ${expression}`);
	const data = { $self: self, $credentials: credentials };
	return String(Expression.resolveWithoutWorkflow(expression.slice(1), data));
}
