/** The checks of a release that need nothing but text. */

/** Values that stand in until the package has a home; a release must not carry them. */
const HOME = /github\.com\/n8n-nodes-fan\//;
const STAND_INS = [
	{ pattern: /@example\.com\b/, field: 'author' },
	{ pattern: HOME, field: 'repository' },
	{ pattern: HOME, field: 'homepage' },
	{ pattern: HOME, field: 'bugs' },
];

/** Licenses that let a library be bundled into an MIT package if its text is shipped. */
const ACCEPTED_LICENSES = new Set([
	'0BSD',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'ISC',
	'MIT',
	'Unlicense',
]);

/**
 * @param {object} manifest package.json
 * @returns {string[]} a line for each field that still has a stand-in
 */
export function standIns(manifest) {
	const fields = new Map(Object.entries(manifest));
	return STAND_INS.flatMap(({ pattern, field }) => {
		const found = pattern.exec(JSON.stringify(fields.get(field) ?? ''));
		return found ? [`"${field}" in package.json still has the stand-in ${found[0]}.`] : [];
	});
}

/**
 * @param {Array<{ path: string, content: Buffer }>} files of the packed package
 * @returns {string[]} a line for each file, except package.json, that still links to the stand-in
 */
export function filesWithStandIns(files) {
	return files.flatMap(({ path, content }) => {
		const found = path === 'package.json' ? null : HOME.exec(content.toString('utf8'));
		return found ? [`${path} in the package still has the stand-in ${found[0]}.`] : [];
	});
}

/**
 * @param {string} changelog in the form of Keep a Changelog
 * @param {string} version
 * @returns {string | undefined} the section of a version without its heading, or undefined if it does
 *   not exist or is empty
 */
export function releaseNotes(changelog, version) {
	const sections = changelog.split(/^(?=## )/m);
	const section = sections.find((text) => text.startsWith(`## [${version}] - `));
	return section?.replace(/^.*\n/, '').trim() || undefined;
}

/**
 * @typedef {object} Component an entry of a CycloneDX list
 * @property {string} name
 * @property {string} version
 * @property {Array<{ license?: { id?: string }, expression?: string }>} [licenses]
 */

/**
 * @param {Component[]} components
 * @returns {string[]} name, version and license of those whose license is not known to be acceptable
 */
export function unknownLicenses(components) {
	return components.flatMap(({ name, version, licenses = [] }) => {
		const ids = licenses.map(({ license, expression }) => license?.id ?? expression ?? '');
		const isAccepted = ids.length > 0 && ids.every((id) => ACCEPTED_LICENSES.has(id));
		return isAccepted ? [] : [`${name} ${version} (${ids.join(', ') || 'none stated'})`];
	});
}
