import type { EndpointMatch } from '../core/contract';
import type { Reply } from '../core/service';
import { successReply, TEXT_TYPE, wrapResultText } from './replies';
import type { ResultForm } from './settings';

const NESTED_DEPTH = 3000;

/** Returns nested objects as text: JSON writers and parsers may not reach this depth. */
function nestedReply(match: EndpointMatch): Reply {
	const levels = NESTED_DEPTH - 1;
	const result = `${'{"value":'.repeat(levels)}{}${'}'.repeat(levels)}`;
	return { text: wrapResultText(match, result), contentType: TEXT_TYPE };
}

/** Returns a successful response with its result in the form that the settings ask for. */
export function formReply(match: EndpointMatch, result: unknown, form: ResultForm): Reply {
	switch (form) {
		case 'documented':
			return successReply(match, result);
		case 'wrapped':
			return successReply(match, Array.isArray(result) ? { list: result } : result);
		case 'empty':
			return successReply(match, {});
		case 'null':
			return successReply(match, null);
		case 'nested':
			return nestedReply(match);
	}
}
