import type { FanvueContext, FanvueHandlers } from '../context';
import type { Template } from '../model';
import { notFound, ok } from '../replies';

/** Returns a template of the owner. Throws 404. */
export function requireTemplate({ state, owner }: FanvueContext, uuid: string): Template {
	const template = state.templates.find((item) => item.uuid === uuid);
	if (template?.creatorUuid !== owner.uuid) throw notFound('Template');
	return template;
}

function templateView(template: Template): Record<string, unknown> {
	const { uuid, text, price, mediaUuids, folderName } = template;
	return { uuid, text, price, mediaUuids, folderName };
}

export const templateHandlers: FanvueHandlers = {
	listTemplateMessages(context) {
		const { state, owner, parameters } = context;
		const folder = parameters.optionalText('folderName')?.toLowerCase();
		const templates = state.templates
			.filter(({ creatorUuid }) => creatorUuid === owner.uuid)
			.filter(
				({ folderName }) =>
					folder === undefined || (folderName ?? '').toLowerCase().includes(folder),
			);
		return context.list(templates, ({ uuid }) => uuid, templateView);
	},

	getTemplateMessage(context) {
		return ok(templateView(requireTemplate(context, context.id('templateUuid'))));
	},
};
