import type { FanvueCall, FanvueHandlers } from './call';
import type { Template } from './model';
import { notFound, ok } from './replies';

/** A template of the owner; refuses with 404. */
export function templateOf({ world, owner }: FanvueCall, uuid: string): Template {
	const template = world.templates.find((item) => item.uuid === uuid);
	if (template?.creatorUuid !== owner.uuid) throw notFound('Template');
	return template;
}

function templateView(template: Template): Record<string, unknown> {
	const { uuid, text, price, mediaUuids, folderName } = template;
	return { uuid, text, price, mediaUuids, folderName };
}

export const templateHandlers: FanvueHandlers = {
	listTemplateMessages(call) {
		const { world, owner, parameters } = call;
		const folder = parameters.optionalText('folderName')?.toLowerCase();
		const templates = world.templates
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.filter(
				({ folderName }) =>
					folder === undefined || (folderName ?? '').toLowerCase().includes(folder),
			);
		return call.list(templates, ({ uuid }) => uuid, templateView);
	},

	getTemplateMessage(call) {
		return ok(templateView(templateOf(call, call.id('templateUuid'))));
	},
};
