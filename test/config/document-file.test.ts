import {readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {writeDocumentFile} from '../../src/config/document-file.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

test('a document is a new file that everybody may read', () => {
  const path = join(temporaryFolder(), 'demo.md');
  writeDocumentFile(path, 'text\n', 'demo.md', false);
  expect(readFileSync(path, 'utf8')).toBe('text\n');
  expect(statSync(path).mode & 0o777).toBe(0o644 & ~process.umask());
});

test('what is there is left alone unless it may be replaced, and then nothing is left beside it', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'demo.md');
  writeFileSync(path, 'old');
  expect(() => writeDocumentFile(path, 'new', './demo.md', false)).toThrow(
    expect.objectContaining({code: 'file-exists', message: './demo.md cannot be written: it is there already'}),
  );
  expect(readFileSync(path, 'utf8')).toBe('old');
  writeDocumentFile(path, 'new', './demo.md', true);
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['demo.md']);
});

test('a folder is not replaced, and what was written for it is taken away', () => {
  const folder = temporaryFolder();
  expect(() => writeDocumentFile(folder, 'new', 'a folder', true)).toThrow(
    expect.objectContaining({code: 'file-unwritable'}),
  );
  expect(() => readFileSync(`${folder}.new`)).toThrow('ENOENT');
});
