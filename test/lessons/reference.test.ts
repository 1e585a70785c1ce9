import {describe, expect, test} from 'vitest';
import {languages} from '../../src/base/language.ts';
import {lessonsIn} from '../../src/lessons/languages.ts';
import {referencePages} from '../../src/lessons/reference.ts';
import {labMarkdown} from '../../src/report/lab-markdown.ts';
import {referenceIndex, referencePath, referenceText} from '../../src/report/reference.ts';

// `vitest run test/lessons -u` writes the pages anew.
describe('the reference in docs is the one that the lessons make', () => {
  test('the page that leads to the others', async () => {
    await expect(referenceIndex(languages)).toMatchFileSnapshot('../../docs/reference/README.md');
  });

  test.each(languages.flatMap((language) => referencePages.map((page) => ({language, page, name: page.name}))))(
    '$name in $language',
    async ({language, page}) => {
      await expect(referenceText(page, language)).toMatchFileSnapshot(
        `../../docs/reference/${referencePath(page, language)}`,
      );
    },
  );

  test.each(languages)('the faults of the lab in %s', async (language) => {
    await expect(labMarkdown(lessonsIn(language))).toMatchFileSnapshot(
      `../../docs/reference/${referencePath({name: 'lab'}, language)}`,
    );
  });
});
