import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiPage } from './apiPage';
import { securityPage } from './confirmation';
import { examplesPage } from './examplesPage';
import { LANGUAGES, type Language } from './language';
import { pictureOf } from './picture';
import { referenceSection } from './reference';
import { SERVICE_NAMES, TRIGGERS } from './services';
import { tasksSection } from './tasks';
import { triggerSection } from './triggers';
import { troubleshootingPage } from './troubleshooting';
import { readExamples } from './workflows';

/** A derived page: its path in the repository, and its text. */
export interface DerivedPage {
	path: string;
	text: string;
}

const TEXT = join(__dirname, '..', '..', 'docs', 'text');

/** Returns the folder of the pages in a language. */
export const folderOf = (language: Language): string => (language === 'en' ? 'docs' : 'docs/zh');

function handWritten(page: string, language: Language): string {
	const folder = language === 'en' ? TEXT : join(TEXT, language);
	return readFileSync(join(folder, `${page}.md`), 'utf8').trimEnd();
}

function nodePage(page: string, language: Language, reference: string): DerivedPage {
	const text = handWritten(page, language).replace('<!-- tasks -->', () =>
		tasksSection(page, language),
	);
	return { path: `${folderOf(language)}/${page}.md`, text: `${text}\n\n${reference}\n` };
}

/** Returns all derived pages, in both languages, and the pictures of the examples. */
export function pages(): DerivedPage[] {
	const pictures = readExamples().map((example) => ({
		path: `docs/images/examples/${example.id}.svg`,
		text: pictureOf(example),
	}));
	const texts = LANGUAGES.flatMap((language) => [
		...SERVICE_NAMES.map((service) =>
			nodePage(service, language, referenceSection(service, language)),
		),
		...TRIGGERS.map((trigger) =>
			nodePage(trigger.page, language, triggerSection(trigger, language)),
		),
		{ path: `${folderOf(language)}/fromApiToNode.md`, text: apiPage(language) },
		{ path: `${folderOf(language)}/troubleshooting.md`, text: troubleshootingPage(language) },
		{ path: `${folderOf(language)}/examples.md`, text: examplesPage(language) },
		{ path: `${folderOf(language)}/security.md`, text: securityPage(folderOf(language)) },
	]);
	return [...texts, ...pictures];
}
