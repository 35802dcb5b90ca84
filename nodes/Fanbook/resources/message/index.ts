import type { Resource } from '../../../shared/definition/operation';
import { sendAndWait } from '../../sendAndWait/operation';
import * as edit from './edit';
import * as read from './read';
import * as respond from './respond';
import * as send from './send';

export const message: Resource = {
	name: 'Message',
	preferred: 'Send',
	operations: [
		...send.operations,
		sendAndWait,
		...read.operations,
		...edit.operations,
		...respond.operations,
	],
};
