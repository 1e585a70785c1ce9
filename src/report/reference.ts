import type {Language} from '../base/language.ts';
import {faultIds} from '../lessons/faults.ts';
import {lessonsIn} from '../lessons/languages.ts';
import {referenceOf, type ReferencePage, referencePages} from '../lessons/reference.ts';
import {explanationMarkdown} from './explanation-markdown.ts';

/** The generated reference: where each page lies under `docs/reference`, and its text. */

/** English lies at the top, every other language in a folder of its own. */
export function referencePath(
  {name}: {readonly name: ReferencePage['name'] | 'lab' | 'map'},
  language: Language,
): string {
  return language === 'en' ? `${name}.md` : `${language}/${name}.md`;
}

export function referenceText(page: ReferencePage, language: Language): string {
  const lessons = lessonsIn(language);
  const kinds = page.kinds.map((kind) => lessons.kinds[kind]).join(', ');
  return lines(
    `# ${kinds.slice(0, 1).toUpperCase()}${kinds.slice(1)}`,
    '',
    '<!-- Generated from src/lessons and src/pki; `npx vitest run test/lessons -u` writes it anew. -->',
    ...explanationMarkdown(referenceOf(page, lessons), lessons),
  );
}

/** The page that leads to the others. */
export function referenceIndex(languages: readonly Language[]): string {
  return lines(
    '# Reference',
    '',
    'What `certwright explain` says of everything it knows, what `certwright learn lab` breaks, and the map of a cluster as `certwright learn map` tells it. These pages are generated from the program.',
    '',
    `| | ${languages.join(' | ')} |`,
    `| --- | ${languages.map(() => '---').join(' | ')} |`,
    ...referencePages.map(
      (page) =>
        `| ${page.name} | ${languages.map((language) => `[${referenceOf(page, lessonsIn(language)).length}](${referencePath(page, language)})`).join(' | ')} |`,
    ),
    `| lab | ${languages.map((language) => `[${faultIds.length}](${referencePath({name: 'lab'}, language)})`).join(' | ')} |`,
    `| map | ${languages.map((language) => `[figure](${referencePath({name: 'map'}, language)})`).join(' | ')} |`,
  );
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
