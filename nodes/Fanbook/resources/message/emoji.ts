import type { Choice } from '../../../shared/operation';

/** Fanbook's reaction emoji, by their names there; the English words are only for reading. */
const NAMES: Record<string, string> = {
	赞: 'Like',
	掌声: 'Applause',
	好的: 'OK',
	'+1': 'Plus One',
	爱心: 'Heart',
	比心: 'Finger Heart',
	完成: 'Done',
	微笑: 'Smile',
	可爱: 'Cute',
	憨笑: 'Silly Smile',
	呲牙: 'Grin',
	色: 'Heart Eyes',
	汗颜: 'Sweat',
	斜眼笑: 'Sideways Smile',
	暗中观察: 'Peeking',
	酷: 'Cool',
	大哭: 'Crying',
	害羞: 'Shy',
	飞吻: 'Blowing a Kiss',
	瞌睡: 'Dozing',
	尴尬: 'Awkward',
	666: 'Awesome',
	碰拳: 'Fist Bump',
	握手: 'Handshake',
	抱拳: 'Salute',
	玫瑰: 'Rose',
	加油干: 'Keep Going',
	奥力给: 'You Can Do It',
	厉害哦: 'Impressive',
	庆祝: 'Celebrate',
	干杯: 'Cheers',
	惊喜: 'Surprise',
	灵光一闪: 'Bright Idea',
	可怜: 'Pitiful',
	鼓掌: 'Clapping',
	再见: 'Goodbye',
	恶心: 'Disgusted',
	叹气: 'Sigh',
	快哭了: 'About to Cry',
	耶: 'Yeah',
	哈欠: 'Yawn',
	爱意: 'Affection',
	倒笑脸: 'Upside-Down Smile',
	裂开: 'Cracking Up',
	衰: 'Bad Luck',
	小恶魔: 'Little Devil',
	猪头: 'Pig',
	生病: 'Sick',
	委屈: 'Wronged',
	闭嘴: 'Shut Up',
	捂脸哭: 'Facepalm Cry',
	不看: 'See No Evil',
	不听: 'Hear No Evil',
	嘿哈: 'Hey Ha',
	挖鼻孔: 'Picking Nose',
	不说: 'Speak No Evil',
	烦躁: 'Annoyed',
	拥抱: 'Hug',
	捂嘴笑: 'Giggle',
	吃瓜: 'Eating Melon',
	疑惑: 'Puzzled',
	幽灵: 'Ghost',
	扶额: 'Facepalm',
	举手: 'Raised Hand',
	拜托: 'Please',
	拒绝: 'Refuse',
	生气: 'Angry',
	勾: 'Check Mark',
	不: 'No',
	对: 'Right',
	叉: 'Cross',
	1: '1',
	2: '2',
	3: '3',
	4: '4',
	A: 'A',
	B: 'B',
	C: 'C',
	D: 'D',
};

export const emojiChoices: Choice[] = [
	{ name: '(Custom Picture)', value: '' },
	...Object.entries(NAMES).map(([value, english]) => ({
		name: english === value ? english : `${english} (${value})`,
		value,
	})),
];

/** A name as the API wants it: percent-encoded, even inside JSON. Twice encoded it is unknown. */
export function encodedEmoji(name: string): string {
	return encodeURIComponent(decoded(name));
}

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
