/** How services, proxies and libraries quote a secret, and where. */

const each = (text: string, write: (character: string) => string) => [...text].map(write).join('');
const percent = (text: string) =>
	Buffer.from(text, 'utf8')
		.toString('hex')
		.replace(/../g, (byte) => `%${byte}`);
const escapes = (text: string) =>
	each(text.split('').join(''), (character) =>
		character
			.split('')
			.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
			.join(''),
	);
const html = (text: string) =>
	text.replace(
		/[&<>"']/g,
		(character) =>
			({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] ?? '',
	);
const broken = (mark: string) => (secret: string) => {
	const [first = '', ...rest] = [...secret];
	return `${first}${rest.slice(0, 3).join('')}${mark}${rest.slice(3).join('')}`;
};
const ENTITIES: Record<string, string> = {
	'/': '&sol;',
	'+': '&plus;',
	'=': '&equals;',
	'.': '&period;',
	_: '&lowbar;',
	':': '&colon;',
	'~': '&tilde;',
};
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const base64url = (text: string) => Buffer.from(text, 'utf8').toString('base64url');

/** Every way in which a service, a proxy or a library may quote a secret. */
export const SPELLINGS: Record<string, (secret: string) => string> = {
	plain: (secret) => secret,
	trimmed: (secret) => secret.trim(),
	percentEncoded: encodeURIComponent,
	percentEncodedInLowerCase: (secret) =>
		encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
	percentEncodedWhole: percent,
	percentEncodedInUpperCase: (secret) => percent(secret).toUpperCase(),
	percentEncodedEverySecondCharacter: (secret) => {
		let count = 0;
		return each(secret, (character) => ((count += 1) % 2 === 0 ? percent(character) : character));
	},
	percentEncodedTwice: (secret) => encodeURIComponent(encodeURIComponent(secret)),
	percentEncodedThreeTimes: (secret) => encodeURIComponent(encodeURIComponent(percent(secret))),
	form: (secret) => encodeURIComponent(secret).replace(/%20/g, '+'),
	formInLowerCase: (secret) =>
		encodeURIComponent(secret)
			.replace(/%../g, (code) => code.toLowerCase())
			.replace(/%20/g, '+'),
	html,
	htmlTwice: (secret) => html(html(secret)),
	htmlInDecimals: (secret) => each(secret, (character) => `&#${character.codePointAt(0)};`),
	htmlInHexadecimals: (secret) =>
		each(secret, (character) => `&#x${character.codePointAt(0)?.toString(16).toUpperCase()};`),
	htmlInDecimalsWithoutSemicolons: (secret) =>
		each(secret, (character) => `&#${character.codePointAt(0)}`),
	htmlInDecimalsWithZeros: (secret) =>
		each(secret, (character) => `&#00000000${character.codePointAt(0)};`),
	htmlByName: (secret) => each(html(secret), (character) => ENTITIES[character] ?? character),
	json: (secret) => JSON.stringify(secret).slice(1, -1),
	jsonInJson: (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
	jsonThreeTimes: (secret) => JSON.stringify(JSON.stringify(JSON.stringify(secret))).slice(1, -1),
	jsonWithEscapes: escapes,
	jsonWithEscapesInUpperCase: (secret) =>
		escapes(secret).replace(/[0-9a-f]{4}/g, (code) => code.toUpperCase()),
	escapesWithBraces: (secret) =>
		each(secret, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`),
	escapesInOctal: (secret) =>
		each(secret, (character) => {
			const octal = (character.codePointAt(0) ?? 0).toString(8).padStart(3, '0');
			return octal.length === 3 ? `\\${octal}` : character;
		}),
	percentEncodedInUnicode: (secret) =>
		each(secret, (character) =>
			character.length > 1
				? encodeURIComponent(character)
				: `%u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
		),
	quotedPrintable: (secret) => percent(secret).replaceAll('%', '=').toUpperCase(),
	jsonWithSlashes: (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
	jsonInHtml: (secret) => html(JSON.stringify(secret).slice(1, -1)),
	percentEncodedInJson: (secret) => JSON.stringify(percent(JSON.stringify(secret))),
	lineBreak: broken('\n'),
	lineBreakOfWindows: broken('\r\n'),
	lineBreakWithBlanks: broken('\r\n\t  '),
	lineBreakOfUnicode: broken('\u2029'),
	invisibleSpace: broken('\u200b'),
	softHyphen: broken('\u00ad'),
	placeForLineBreak: broken('<wbr>'),
	lineBreakInJson: (secret) => JSON.stringify(broken('\n')(secret)).slice(1, -1),
	lineBreakInHtml: broken('<br />'),
	lineBreakPercentEncoded: (secret) => encodeURIComponent(broken('\r\n')(secret)),
	base64,
	base64url,
	base64InLines: (secret) => base64(secret).replace(/.{8}/g, '$&\r\n'),
	base64OfBasic: (secret) => base64(`client:${secret}`),
	base64OfBasicInUrl: (secret) => base64url(`id:${secret}`),
	base64OfJson: (secret) => base64(`{"a":"${secret}","b":1}`),
	base64Twice: (secret) => base64(base64(secret)),
	base64PercentEncoded: (secret) => encodeURIComponent(base64(secret)),
	hexadecimal: (secret) => Buffer.from(secret, 'utf8').toString('hex'),
	hexadecimalInUpperCase: (secret) => Buffer.from(secret, 'utf8').toString('hex').toUpperCase(),
};

/** Places of a response in which a secret can be. */
export const PLACES: Array<(spelling: string) => string> = [
	(spelling) => spelling,
	(spelling) => `Invalid token ${spelling}.`,
	(spelling) => `{"error":"Token ${spelling} expired","request":"/x.json?key=${spelling}"}`,
	(spelling) => `"{\\"error\\":\\"${spelling}\\"}"`,
	(spelling) => `<html><title>403</title><p>${spelling}</p></html>`,
	(spelling) => `https://proxy/${spelling}/getMe?signature=${spelling}`,
	(spelling) => `authorization: Bearer ${spelling}\r\nx-other: ${spelling}`,
	(spelling) => `${'x'.repeat(9_990)}${spelling}`,
	(spelling) => `${'x'.repeat(19_990)}${spelling}`,
	(spelling) => `HTTP/1.1 403 Forbidden ${spelling}`,
	(spelling) => `location: https://other/callback#access=${spelling}&x=1`,
	(spelling) => `--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n${spelling}\r\n--b--`,
	(spelling) => `<!-- ${spelling} --><a href='/x?k=${spelling}'>`,
	(spelling) => `[{"deep":[{"er":{"key":"${spelling}"}}]}]`,
	(spelling) => `connect ECONNREFUSED ${spelling}:443 ${spelling}`,
];
