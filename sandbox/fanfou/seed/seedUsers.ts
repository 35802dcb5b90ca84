import { DEMO } from '../../demo';
import type { NewUser } from '../users';

const PEOPLE: NewUser[] = [
	{
		id: DEMO.fanfou.userName,
		name: '演示饭友',
		password: DEMO.fanfou.password,
		email: 'demo@example.com',
		phone: '13800000000',
		location: '北京 海淀',
		gender: '男',
		birthday: '1990-05-12',
		description: '沙盒里的演示账号 <demo> & 朋友们',
		url: 'http://example.com/demo',
		tags: ['读书', '咖啡', '编程'],
	},
	{
		id: 'moyu',
		name: '摸鱼达人',
		location: '杭州',
		gender: '女',
		birthday: '1993-00-00',
		description: '上班摸鱼，下班更摸鱼',
		tags: ['摸鱼', '咖啡'],
	},
	{
		id: '~Kx3-bQ9_zR2',
		name: '林间小路',
		location: '成都',
		description: '没有设置过登录名的人',
		tags: ['爬山', '读书'],
	},
	{ id: '-wind', name: '风过无痕', location: '青岛', tags: ['摄影'] },
	{
		id: '测试用户',
		name: '测试用户甲',
		password: 'p@ss word',
		description: '登录名是中文',
		tags: ['读书'],
	},
	{ id: 'xiaoming', name: '小明', location: '广州', tags: ['咖啡'] },
	{ id: 'secret', name: '上锁的人', isProtected: true, description: '不加陌生人' },
	{ id: 'neighbor', name: '隔壁老王', isProtected: true, location: '北京 朝阳' },
	{ id: 'troll', name: '捣蛋鬼' },
	{ id: 'newcomer', name: '新来的', tags: ['读书'] },
];

/** Enough followers for a second page of 100. */
const FANS = Array.from({ length: 125 }, (_item, index): NewUser => {
	const number = String(index + 1).padStart(3, '0');
	return { id: `fan${number}`, name: `饭友${number}号`, location: '上海' };
});

/** The sample accounts. All except demo and 测试用户 have the password `Sandbox1`. */
export const SAMPLE_USERS: NewUser[] = [...PEOPLE, ...FANS];
