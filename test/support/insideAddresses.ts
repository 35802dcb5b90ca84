/** Hosts of URLs that lead into this machine or network, however they are written. */

const V4 = [
	'0.0.0.0',
	'10.0.0.1',
	'100.64.0.1',
	'100.100.100.200',
	'127.0.0.1',
	'127.1.2.3',
	'169.254.169.254',
	'172.16.0.1',
	'192.0.0.1',
	'192.168.0.1',
	'198.18.0.1',
	'224.0.0.1',
	'240.0.0.1',
	'255.255.255.255',
];

const bytesOf = (address: string) => address.split('.').map(Number);
const hexOf = (address: string) =>
	bytesOf(address)
		.map((byte) => byte.toString(16).padStart(2, '0'))
		.join('');
const groupsOf = (address: string) => `${hexOf(address).slice(0, 4)}:${hexOf(address).slice(4)}`;
const octal = (byte: number) => `0${byte.toString(8)}`;
const fullWidth = (text: string) =>
	text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

function spellingsOf(address: string): string[] {
	const [a = 0, b = 0, c = 0, d = 0] = bytesOf(address);
	const groups = groupsOf(address);
	const inverted = groupsOf(
		bytesOf(address)
			.map((byte) => 255 - byte)
			.join('.'),
	);
	return [
		address,
		`${address}.`,
		`${a}.${b}.${c * 256 + d}`,
		`${a}.${b * 65536 + c * 256 + d}`,
		String(Number.parseInt(hexOf(address), 16)),
		`0x${hexOf(address)}`,
		`0X${hexOf(address).toUpperCase()}`,
		`0${Number.parseInt(hexOf(address), 16).toString(8)}`,
		bytesOf(address).map(octal).join('.'),
		bytesOf(address)
			.map((byte) => `000${octal(byte)}`)
			.join('.'),
		bytesOf(address)
			.map((byte) => `0x${byte.toString(16)}`)
			.join('.'),
		`0x${a.toString(16)}.${octal(b)}.${c}.${d}`,
		fullWidth(address),
		address.replaceAll('.', '。'),
		address.replaceAll('.', '．'),
		`example.com@${address}`,
		`[::ffff:${address}]`,
		`[::FFFF:${groups}]`,
		`[0:0:0:0:0:ffff:${groups}]`,
		`[::${groups}]`,
		`[::${address}]`,
		`[64:ff9b::${groups}]`,
		`[64:ff9b::${address}]`,
		`[64:ff9b:1::${groups}]`,
		`[2002:${groups}::]`,
		`[2002:${groups}::1]`,
		`[2001:0:1:2:3:4:${inverted}]`,
		`[2001:0:${groups}::]`,
		`[::ffff:0:${groups}]`,
	];
}

const OTHERS = [
	'127.1',
	'127.0.1',
	'0',
	'0x0',
	'00',
	'0177.1',
	'0x7f.1',
	'①②⑦.⓪.⓪.①',
	'127.0.0.1%2e',
	'127%2e0%2e0%2e1',
	'%31%32%37.0.0.1',
	'user:password@127.0.0.1',
	'8.8.8.8@127.0.0.1',
	'[::]',
	'[0::0]',
	'[0:0:0:0:0:0:0:0]',
	'[::1]',
	'[0:0:0:0:0:0:0:1]',
	'[0000:0000:0000:0000:0000:0000:0000:0001]',
	'[::0001]',
	'[::1%25lo]',
	'[fe80::1%25eth0]',
	'[FE80::1]',
	'[febf::1]',
	'[fec0::1]',
	'[fc00::1]',
	'[FD12:3456::1]',
	'[ff02::1]',
	'[ff05::2]',
	'[100::1]',
	'[2001:db8::1]',
	'[2001:2::1]',
	'[2001:10::1]',
	'[3fff::1]',
	'localhost',
	'LOCALHOST',
	'LocalHost.',
	'localhost.localdomain',
	'ｌｏｃａｌｈｏｓｔ',
	'a.localhost',
	'ip6-localhost',
	'db',
	'db.',
	'x.internal',
	'metadata.google.internal',
	'nas.local',
	'router.lan',
	'x.home.arpa',
];

/** More than 400 hosts. */
export const INSIDE_HOSTS = [...new Set([...V4.flatMap(spellingsOf), ...OTHERS])];
