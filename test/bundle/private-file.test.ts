import {chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {checkNewFile, readPrivateFile, removePrivateFile, writePrivateFile} from '../../src/bundle/private-file.ts';
import {Secret} from '../../src/base/secret.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

test('a private file is for its owner alone, whatever the umask, and nothing else is left', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'jane.conf');
  const umask = process.umask(0);
  try {
    checkNewFile(path);
    writePrivateFile(path, new Secret('a key'));
  } finally {
    process.umask(umask);
  }
  expect(statSync(path).mode & 0o7777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['jane.conf']);
  expect(readPrivateFile(path)?.reveal()).toBe('a key');
  removePrivateFile(path);
  expect(readPrivateFile(path)).toBeUndefined();
});

test('nothing is written over what is there, be it a link that leads nowhere', () => {
  const folder = temporaryFolder();
  const [path, link] = [join(folder, 'jane.conf'), join(folder, 'link.conf')];
  writeFileSync(path, 'before');
  symlinkSync(join(folder, 'nowhere'), link);
  for (const taken of [path, link]) {
    expect(() => checkNewFile(taken)).toThrow('is there already');
    expect(() => writePrivateFile(taken, new Secret('a key'))).toThrow('is there already');
  }
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['jane.conf', 'link.conf']);
});

test('what an interrupted run has left beside it is cleared, and a folder that is missing is named', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'jane.conf');
  writeFileSync(join(folder, '.jane.conf.certwright-unfinished'), 'half');
  writePrivateFile(path, new Secret('whole'));
  expect(readdirSync(folder)).toEqual(['jane.conf']);
  expect(() => checkNewFile(join(folder, 'gone/jane.conf'))).toThrow(`${folder}/gone is not there`);
  expect(() => checkNewFile(join(path, 'jane.conf'))).toThrow('a file is in the way');
});

test('a key that others can read is not taken', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'keys'));
  const path = join(folder, 'keys/jane.key');
  writePrivateFile(path, new Secret('a key'));
  chmodSync(path, 0o640);
  expect(() => readPrivateFile(path)).toThrow('others than its owner can read');
});
