import {
	filesWithStandIns,
	releaseNotes,
	standIns,
	unknownLicenses,
} from '../../scripts/release/checks.mjs';

/** In two parts, so that this file is not among those in which the stand-in is replaced. */
const STAND_IN = `github.com/${'n8n-nodes-fan'}/`;

describe('release checks', () => {
	it('standIns lists each field of package.json that still names the placeholder home', () => {
		expect(
			standIns({
				author: { name: 'A', email: 'maintainers@example.com' },
				repository: { url: `git+https://${STAND_IN}x.git` },
				homepage: 'https://github.com/someone/x#readme',
			}),
		).toEqual([
			'"author" in package.json still has the stand-in @example.com.',
			`"repository" in package.json still has the stand-in ${STAND_IN}.`,
		]);
	});

	it('standIns accepts a package.json with real addresses', () => {
		expect(
			standIns({ author: 'A <a@b.org>', bugs: { url: 'https://github.com/someone/x/issues' } }),
		).toEqual([]);
	});

	it('filesWithStandIns lists each file of the package that links to the placeholder home', () => {
		const file = (path: string, text: string) => ({ path, content: Buffer.from(text) });
		expect(
			filesWithStandIns([
				file('package.json', `{"homepage":"https://${STAND_IN}x#readme"}`),
				file('README.md', `git clone https://${STAND_IN}x.git`),
				file('dist/nodes/A/A.node.json', `{"url":"https://${STAND_IN}x/blob/main/docs/a.md"}`),
				file('dist/nodes/B/B.node.json', '{"url":"https://github.com/someone/x/docs/b.md"}'),
			]),
		).toEqual([
			`README.md in the package still has the stand-in ${STAND_IN}.`,
			`dist/nodes/A/A.node.json in the package still has the stand-in ${STAND_IN}.`,
		]);
	});

	it('releaseNotes returns the section of exactly that version', () => {
		const changelog =
			'# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2027-01-02\n\n### Added\n\n- B\n\n## [1.10.0] - 2026-01-01\n\n- A\n';
		expect(releaseNotes(changelog, '1.1.0')).toBe('### Added\n\n- B');
		expect(releaseNotes(changelog, '1.10.0')).toBe('- A');
	});

	it('releaseNotes returns undefined for a version without a section, a date or a change', () => {
		const changelog = '## [1.0.0]\n\n- A\n\n## [2.0.0] - 2027-01-02\n\n';
		for (const version of ['1.0.0', '2.0.0', '3.0.0'])
			expect(releaseNotes(changelog, version)).toBeUndefined();
	});

	it('unknownLicenses names libraries whose license is missing or not on the list', () => {
		expect(
			unknownLicenses([
				{ name: 'a', version: '1.0.0', licenses: [{ license: { id: 'MIT' } }] },
				{ name: 'b', version: '2.0.0', licenses: [{ license: { id: 'GPL-3.0-only' } }] },
				{ name: 'c', version: '3.0.0', licenses: [{ expression: 'MIT OR GPL-2.0' }] },
				{ name: 'd', version: '4.0.0' },
			]),
		).toEqual(['b 2.0.0 (GPL-3.0-only)', 'c 3.0.0 (MIT OR GPL-2.0)', 'd 4.0.0 (none stated)']);
	});
});
