import type { ApiHandlers } from '../context';
import { createStatus, type StatusDraft } from '../mutations';
import { sourceOf } from './statuses';
import { statusesPage } from './timelines';

export const photoHandlers: ApiHandlers = {
	'photos.upload': (context) => {
		const { parameters, state } = context;
		const picture = state.pictures.add(parameters.file('photo').bytes);
		if (!picture) throw context.createError(400, '上传照片失败');
		const draft: StatusDraft = {
			text: parameters.optionalText('status') ?? '',
			source: sourceOf(context),
			photo: picture.name,
		};
		const location = parameters.optionalText('location');
		if (draft.text.trim() === '') draft.text = '上传了新照片';
		return context.statusReply(
			createStatus(state, context.me, { ...draft, ...(location !== undefined && { location }) }),
		);
	},

	'photos.user_timeline': (context) => {
		const user = context.readableUser();
		const photos = context.state.statuses.filter(
			({ photo, userId, isInReview }) =>
				photo !== undefined && userId === user.id && (!isInReview || userId === context.me.id),
		);
		return context.statusesReply(statusesPage(context, photos, true));
	},
};
