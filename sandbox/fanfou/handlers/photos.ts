import type { ApiHandlers } from '../api';
import { post, type Draft } from '../deeds';
import { sourceOf } from './statuses';
import { statusWindow } from './timelines';

export const photoHandlers: ApiHandlers = {
	'photos.upload': (ask) => {
		const { parameters, store } = ask;
		const picture = store.pictures.store(parameters.file('photo').bytes);
		if (!picture) throw ask.refuse(400, '上传照片失败');
		const draft: Draft = {
			text: parameters.optionalText('status') ?? '',
			source: sourceOf(ask),
			photo: picture.name,
		};
		const location = parameters.optionalText('location');
		if (draft.text.trim() === '') draft.text = '上传了新照片';
		return ask.answerStatus(
			post(store, ask.me, { ...draft, ...(location !== undefined && { location }) }),
		);
	},

	'photos.user_timeline': (ask) => {
		const user = ask.readableUser();
		const photos = ask.store.statuses.where(
			({ photo, userId, isInReview }) =>
				photo !== undefined && userId === user.id && (!isInReview || userId === ask.me.id),
		);
		return ask.answerStatuses(statusWindow(ask, photos, true));
	},
};
