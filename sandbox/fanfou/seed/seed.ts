import { DEMO } from '../../demo';
import { setFavorite, createStatus, sendMessage, type StatusDraft } from '../mutations';
import { plainPng } from '../pictures';
import type { FanfouState } from '../state';
import { SAMPLE_USERS } from './seedUsers';

const MINUTE = 60_000;

/** Texts of the sample statuses. Some need escaping, some contain links and topics. */
const TEXTS = [
	'早上好，饭否！',
	'今天的风很大，适合在家写代码。',
	'if (a < b && c > d) { return "ok"; } // 转义测试',
	'#读书# 《夜航西飞》读到第三章，想去非洲。',
	'推荐一篇文章 http://example.com/articles/42?from=fanfou&lang=zh 很有意思',
	'@摸鱼达人 晚饭吃什么？',
	'午睡起来，天已经黑了。',
	'一个 emoji 🎉 和一个组合字 é',
	'#天气# 上海，小雨，13℃',
	'排队两小时，咖啡两分钟。',
	'终于把 "bug" 修好了 & 下班',
	'@林间小路 周末去爬山吗？#爬山#',
	'地铁上没有信号，写一条给未来的自己。',
	'听一首老歌 https://example.com/music/七里香 循环一整天',
	'猫又把键盘踩了：;;;;lkjjjj',
	'晚安。',
];

const COLORS: Array<[number, number, number]> = [
	[230, 126, 34],
	[46, 204, 113],
	[52, 152, 219],
	[155, 89, 182],
];

/** Authors of the sample statuses, repeated in this order. */
const AUTHORS = ['demo', 'moyu', 'demo', '~Kx3-bQ9_zR2', 'xiaoming', '测试用户', 'demo', '-wind'];
const SAMPLE_STATUSES = 200;

function seedGraph(state: FanfouState): void {
	const { graph } = state;
	const me = DEMO.fanfou.userName;
	for (const { id } of SAMPLE_USERS.filter((user) => user.id.startsWith('fan'))) {
		graph.follow(id, me);
		if (Number(id.slice(3)) <= 105) graph.follow(me, id);
	}
	for (const id of ['moyu', '~Kx3-bQ9_zR2', '-wind', '测试用户', 'neighbor']) {
		graph.follow(me, id);
		graph.follow(id, me);
	}
	graph.follow('moyu', '~Kx3-bQ9_zR2');
	graph.follow('moyu', '测试用户');
	graph.follow('xiaoming', 'moyu');
	graph.block(me, 'troll');
	for (const id of ['xiaoming', 'secret', 'newcomer']) graph.request(id, me);
}

function seedStatuses(state: FanfouState): void {
	const addStatus = (userId: string, draft: StatusDraft): string =>
		createStatus(state, state.users.get(userId), draft).id;
	const now = state.clock.now();
	const recent: string[] = [];
	for (let index = 0; index < SAMPLE_STATUSES; index += 1) {
		const author = AUTHORS[index % AUTHORS.length] ?? 'demo';
		const text = TEXTS[(index * 5) % TEXTS.length] ?? '';
		const createdAt = now - (SAMPLE_STATUSES - index) * 37 * MINUTE;
		const draft: StatusDraft = { text: `${text} (${index + 1})`, createdAt };
		if (index % 12 === 6 || index % 24 === 7) {
			const color = COLORS[index % COLORS.length] ?? [0, 0, 0];
			const picture = state.pictures.add(plainPng(16 + (index % 8), color));
			if (picture) draft.photo = picture.name;
		}
		const before = recent.at(-1);
		const original = before === undefined ? undefined : state.statuses.find(before);
		if (original && index % 10 === 3) {
			const { name } = state.users.get(original.userId);
			draft.text = `@${name} ${draft.text}`;
			draft.replyToStatusId = original.id;
		} else if (original && index % 10 === 9) {
			const { name } = state.users.get(original.userId);
			draft.text = `好！ 转@${name} ${original.text}`;
			draft.repostStatusId = original.id;
		}
		if (index % 25 === 20) draft.text = `@演示饭友 ${draft.text}`;
		recent.push(addStatus(author, draft));
	}
	const minutesAgo = (minutes: number): number => now - minutes * MINUTE;
	addStatus('secret', { text: '这条只有朋友能看见', createdAt: minutesAgo(30) });
	addStatus('neighbor', { text: '锁着门，但你有钥匙 @演示饭友', createdAt: minutesAgo(25) });
	addStatus('troll', { text: '@演示饭友 看不见我看不见我', createdAt: minutesAgo(20) });
	addStatus('demo', { text: '这条还在等审核', createdAt: minutesAgo(15), isInReview: true });
	addStatus('moyu', { text: '别人的审核中你看不见', createdAt: minutesAgo(10), isInReview: true });
	addStatus('moyu', { text: '#摸鱼# 摸鱼时间到', createdAt: minutesAgo(5) });
	for (const id of recent.slice(-70).filter((_id, index) => index % 3 === 0)) {
		const status = state.statuses.find(id);
		if (status)
			setFavorite(state, { user: state.users.get(DEMO.fanfou.userName), status, isFavorite: true });
	}
}

function seedMessages(state: FanfouState): void {
	const me = state.users.get(DEMO.fanfou.userName);
	const converse = (otherId: string, lines: string[]): void => {
		let last: string | undefined;
		lines.forEach((line, index) => {
			const other = state.users.get(otherId);
			const [from, to] = index % 2 === 0 ? [other, me] : [me, other];
			last = sendMessage(state, { from, to, text: line, inReplyToId: last }).id;
		});
	};
	converse('测试用户', ['在吗？', '在的', '帮我看看 <这个> & "那个"']);
	converse('moyu', ['摸鱼吗', '摸', '走！', '等我五分钟']);
	converse('~Kx3-bQ9_zR2', ['周末爬山的事', '几点集合？', '七点，东门']);
}

/** Fills a new state with the sample accounts, about 200 statuses, messages and saved searches. */
export function seed(state: FanfouState): void {
	for (const user of SAMPLE_USERS) state.users.add(user);
	seedGraph(state);
	seedStatuses(state);
	seedMessages(state);
	state.saveSearch(DEMO.fanfou.userName, '摸鱼');
	state.saveSearch(DEMO.fanfou.userName, '爬山 OR 读书');
}
