import { fileNameFromHeader } from '../../../nodes/shared/client/fileName';

/** Node reads headers as Latin-1. */
const raw = Buffer.from('夏天.png', 'utf8').toString('latin1');
const parts = Array.from({ length: 12 }, (_, n) => `filename*${n}="${n}."`).join('; ');

test.each([
	[`attachment; filename="${raw}"`, '夏天.png'],
	[`attachment; filename="x.png"; filename*=UTF-8''%E5%A4%8F.png`, '夏.png'],
	[`attachment; filename*=UTF-8''%E5%A4%8F.png; filename="x.png"`, '夏.png'],
	[`attachment; FileName*=utf-8'zh'%e5%a4%8f.png`, '夏.png'],
	[`attachment; filename*=ISO-8859-1''%E9t%E9.png`, 'été.png'],
	['inline; filename=plain.png', 'plain.png'],
	[`attachment; filename=${raw}`, '夏天.png'],
	// Half a character is no reason for a name that nobody can read.
	[`attachment; filename="x.png"; filename*=UTF-8''%E5%A4.png`, 'x.png'],
	[`attachment; filename="x.png"; filename*0*=UTF-8''%E5%A4; filename*1=.png`, 'x.png'],
	[`attachment; filename*=UTF-8''%E5%A4.png`, '\ufffd.png'],
	['attachment; filename="a;b=c.png"; size=3', 'a;b=c.png'],
	['attachment; filename="say \\"hi\\".png"', 'say "hi".png'],
	['attachment; filename="a\u0007\u0000b.png"', 'ab.png'],
	['attachment; filename="../../etc/x.png"', '.._.._etc_x.png'],
	['attachment; filename="summer%20sea.png"', 'summer sea.png'],
	['attachment; filename="100%.png"', '100%.png'],
	['attachment; filename=""', ''],
	["attachment; filename*=GBK''%CF%C4.png", '夏.png'],
	["attachment; filename*=unknown''%E5%A4%8F.png", '夏.png'],
	['attachment; filename="=?UTF-8?B?5aSP5aSpLnBuZw==?="', '夏天.png'],
	['attachment; filename="=?utf-8?Q?caf=C3=A9_1.png?="', 'café 1.png'],
	['attachment; filename="=?unknown?B?5aSP?=.png"', '=?unknown?B?5aSP?=.png'],
	[`attachment; filename*=UTF-8''x%E2%80%AEgnp.exe`, 'xgnp.exe'],
	[`attachment; filename*=UTF-8''it's%20me.png`, "it's me.png"],
	[`attachment; filename*=UTF-8'en'a'b'c.png`, "a'b'c.png"],
	// RFC 2231: a name in parts.
	[`attachment; filename*0*=UTF-8''%E5%A4%8F; filename*1*=%E5%A4%A9.png`, '夏天.png'],
	[`attachment; filename*0*=UTF-8''%E5%A4; filename*1*=%8F; filename*2=".png"`, '夏.png'],
	[`attachment; filename*1*=%E5%A4%A9.png; filename*0*=utf-8'zh'%E5%A4%8F`, '夏天.png'],
	[`attachment; FILENAME*0*=GBK''%CF; FileName*1*=%C4; filename*2=.png`, '夏.png'],
	[`attachment; filename*0*=''%E5%A4%8F; filename*1="100%25; \\"x\\".png"`, '夏100%25; "x".png'],
	['attachment; filename*0="summer "; filename*1="sea"; filename*2=".png"', 'summer sea.png'],
	[`attachment; filename*0="${raw.slice(0, 2)}"; filename*1="${raw.slice(2)}"`, '夏天.png'],
	// A percent sign of a plain name belongs to it, unless all of the name is percent-encoded.
	['attachment; filename*0="100%"; filename*1=".png"', '100%.png'],
	[`attachment; ${parts}`, '0.1.2.3.4.5.6.7.8.9.10.11.'],
	['attachment; filename*0="a"; filename*2="c"', 'a'],
	['attachment; filename*1="b"; filename="x.png"', 'x.png'],
	['attachment; filename*0="a"; filename*0="b"; filename*01="c"', 'a'],
	[`attachment; filename="x.png"; filename*0*=UTF-8''%E5%A4%8F; filename*1=.png`, '夏.png'],
	[`attachment; filename*=UTF-8''y.png; filename*0="z.png"`, 'y.png'],
	[`attachment; filename*0*=unknown''%E5; filename*1*=%A4%8F.png`, '夏.png'],
	['attachment; filename*0*=nothing; filename="x.png"', 'x.png'],
	[`attachment; filename*0*=UTF-8''..; filename*1*=%2F; filename*2*=etc%00`, '.._etc'],
	[`attachment; ${'filename*0*='.repeat(20_000)}`, ''],
	['attachment', ''],
	[undefined, ''],
	[`attachment; ${'filename*='.repeat(20_000)}`, ''],
])('the file name in %j is %j', (header, name) => {
	expect(fileNameFromHeader(header)).toBe(name);
});
