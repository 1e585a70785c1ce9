import {execFileSync} from 'node:child_process';
import {readFileSync, readlinkSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {tarEnd, tarEntry} from '../../src/bundle/tar.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {make, modesIn, now} from './bundles.ts';

function tar(...words: readonly string[]): string {
  return execFileSync('tar', words, {encoding: 'utf8', env: {...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC'}});
}

describe('a tar', () => {
  test('of a bundle is unpacked by tar to the same tree, modes and all, and everything is root’s', async () => {
    const made = await make({users: [{name: 'viewer', groups: []}]});
    const folder = temporaryFolder();
    // A name that no ustar header holds.
    const name = `Zertifikate-für-${'x'.repeat(120)}`;
    const directory = join(folder, name);
    await writeBundle({...made, directory, tar: true});
    expect((statSync(`${directory}.tar`).mode & 0o7777).toString(8)).toBe('600');
    const listed = tar('--numeric-owner', '-tvf', `${directory}.tar`).trim().split('\n');
    expect(listed).toHaveLength(modesIn(directory).size);
    for (const line of listed) expect(line).toMatch(/ 0\/0 +\d+ 2026-11-23 21:07 Zertifikate-für-/);
    const there = temporaryFolder();
    tar('-xpf', `${directory}.tar`, '-C', there);
    expect(modesIn(join(there, name))).toEqual(modesIn(directory));
    for (const path of modesIn(directory).keys()) {
      if (!statSync(join(directory, path)).isFile()) continue;
      expect(readFileSync(join(there, name, path)).equals(readFileSync(join(directory, path))), path).toBe(true);
    }
  });

  test('holds a link that is unpacked as it was, wherever it leads', () => {
    const file = join(temporaryFolder(), 'x.tar');
    const link = '/var/lib/kubelet/pki/kubelet-client-2027-01-01-00-00-00.pem';
    writeFileSync(
      file,
      Buffer.concat([tarEntry({path: 'current.pem', mode: 0o777, changed: now, content: undefined, link}), tarEnd()]),
    );
    const there = temporaryFolder();
    tar('-xf', file, '-C', there);
    expect(readlinkSync(join(there, 'current.pem'))).toBe(link);
    const entry = {path: 'x', mode: 0o777, changed: now, content: undefined};
    expect(() => tarEntry({...entry, link: '/'.repeat(101)})).toThrow(RangeError);
  });

  test('is the same to the byte when it is written again', async () => {
    const made = await make();
    const [one = '', other = ''] = await Promise.all(
      ['a', 'b'].map(async () => {
        const directory = join(temporaryFolder(), 'bundle');
        await writeBundle({...made, directory, tar: true});
        return `${directory}.tar`;
      }),
    );
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  });

  test.each([
    ['short', 'a/b'],
    ['exactly 100', `${'d'.repeat(49)}/${'f'.repeat(50)}`],
    ['101, cut at its slash', `${'d'.repeat(50)}/${'f'.repeat(50)}`],
    ['155 and 100', `${'d'.repeat(155)}/${'f'.repeat(100)}`],
    ['155 and 101, which needs pax', `${'d'.repeat(155)}/${'f'.repeat(101)}`],
    ['many folders', Array.from({length: 60}, (_, index) => `folder-${index}`).join('/')],
    ['no ASCII', 'ключи/鍵'],
    ['a line break', 'a\nb'],
  ])('holds a path that is %s', (_, path) => {
    const file = join(temporaryFolder(), 'x.tar');
    const content = Buffer.from('content');
    writeFileSync(
      file,
      Buffer.concat([
        tarEntry({path, mode: 0o755, changed: now, content: undefined}),
        tarEntry({path: `${path}x`, mode: 0o600, changed: now, content}),
        tarEnd(),
      ]),
    );
    expect(tar('--quoting-style=literal', '-tf', file)).toBe(`${path}/\n${path}x\n`);
    expect(tar('-xOf', file, `${path}x`)).toBe('content');
  });

  test.each([0, 1, 511, 512, 513, 100_000])('holds %i bytes', (size) => {
    const file = join(temporaryFolder(), 'x.tar');
    const content = Buffer.alloc(size, 'x');
    writeFileSync(file, Buffer.concat([tarEntry({path: 'x', mode: 0o644, changed: now, content}), tarEnd()]));
    expect(statSync(file).size % 512).toBe(0);
    expect(tar('-xOf', file, 'x')).toHaveLength(size);
  });
});
