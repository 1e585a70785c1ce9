import {readdirSync} from 'node:fs';
import {join, relative, resolve} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import {checkNode, checkPaths, folderMode, foldersOf} from '../../src/bundle/tree.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {planWith} from '../helpers/plans.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {make} from './bundles.ts';

function refused(check: () => void): Failure | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

const hostile = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    '/',
    '../..',
    '../../etc',
    'a/../../b',
    '/etc',
    'a//b',
    '..\\..',
    'a\u0000b',
    '\u202Egnp.exe',
    'a\nb',
    '~',
    '...',
  ),
  fc.string({unit: 'binary'}),
  fc.array(fc.constantFrom('..', '.', '', 'a', 'rootfs', 'nodes'), {maxLength: 6}).map((parts) => parts.join('/')),
);

describe('paths', () => {
  test('none that passes leads out of the bundle, and each names one file', () => {
    fc.assert(
      fc.property(fc.array(hostile, {maxLength: 4}), (paths) => {
        if (refused(() => checkPaths(paths)) !== undefined) return;
        const places = paths.map((path) => resolve('/out/bundle', path));
        expect(new Set(places)).toHaveLength(paths.length);
        for (const [index, place] of places.entries()) {
          expect(place.startsWith('/out/bundle/')).toBe(true);
          expect(relative('/out/bundle', place)).toBe(paths[index]);
        }
      }),
      {numRuns: 500},
    );
  });

  test.each([
    [['a/../b'], 'would lie outside the bundle'],
    [['/etc/passwd'], 'would lie outside the bundle'],
    [['a/'], 'would lie outside the bundle'],
    [[''], 'would lie outside the bundle'],
    [['a\u001B[2Jb'], 'has a character that no path of a bundle has'],
    [['\u202Ea'], 'has a character that no path of a bundle has'],
    [['a\\b'], 'has a character that no path of a bundle has'],
    [['a/b', 'a/b'], 'is wanted twice'],
    [['a/b/c', 'a/b'], 'is both a file and a folder'],
    [['a', 'a/b'], 'is both a file and a folder'],
  ])('%j are refused', (paths, why) => {
    const failure = refused(() => checkPaths(paths));
    expect(failure).toMatchObject({code: 'unsafe-path', message: expect.stringContaining(why)});
    // The name is shown so that no terminal acts on it.
    expect(failure?.message).toMatch(/^[ -~]+$/);
  });

  test('no name of a node or a person gets past, whatever it is', async () => {
    fc.assert(
      fc.property(hostile, hostile, (name, user) => {
        const {files} = makeBlueprint(
          planWith({
            nodes: [{name, addresses: ['10.0.0.11'], roles: ['control-plane'], sans: []}],
            users: [{name: user, groups: []}],
          }),
        );
        const failure = refused(() => {
          checkPaths(files.map(({path}) => path));
          for (const file of files) checkNode(file);
        });
        if (failure !== undefined) return;
        for (const {path, node} of files) {
          const place = resolve('/out/bundle', path);
          expect(place.startsWith(node === undefined ? '/out/bundle/' : `/out/bundle/nodes/${name}/`)).toBe(true);
        }
      }),
      {numRuns: 60},
    );
    const made = await make();
    const files = made.blueprint.files.map((file) => ({
      ...file,
      path: file.path.replace('nodes/cp-1', 'nodes/../../cp-1'),
    }));
    const folder = temporaryFolder();
    const writing = writeBundle({
      ...made,
      blueprint: {...made.blueprint, files},
      directory: join(folder, 'deep/bundle'),
    });
    await expect(writing).rejects.toMatchObject({code: 'unsafe-path'});
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file lies under its own node, at its own place there', () => {
    const file = {path: 'nodes/cp-1/rootfs/etc/a', node: 'cp-1', target: '/etc/a'};
    expect(refused(() => checkNode(file))).toBeUndefined();
    expect(
      refused(() => checkNode({path: 'nodes/cp-1/flags/etcd.flags', node: 'cp-1', target: undefined})),
    ).toBeUndefined();
    expect(refused(() => checkNode({path: 'users/me.conf', node: undefined, target: undefined}))).toBeUndefined();
    for (const wrong of [
      {...file, node: 'cp-2'},
      {...file, node: undefined},
      {...file, node: undefined, target: undefined},
      {...file, target: '/etc/b'},
      {...file, target: undefined},
      {...file, path: 'nodes/cp-10/rootfs/etc/a'},
      {...file, path: 'authorities/a'},
      {...file, node: 'cp-1/rootfs'},
    ]) {
      expect(
        refused(() => checkNode(wrong)),
        JSON.stringify(wrong),
      ).toMatchObject({code: 'unsafe-path'});
    }
  });
});

test('folders are told outermost first, and only what is laid over a node is open', () => {
  expect(foldersOf('nodes/a/rootfs/etc/x')).toEqual(['nodes', 'nodes/a', 'nodes/a/rootfs', 'nodes/a/rootfs/etc']);
  expect(foldersOf('plan.yaml')).toEqual([]);
  expect(['', 'authorities', 'users', 'bootstrap', 'requests', 'requests/nodes', 'nodesx'].map(folderMode)).toEqual(
    Array.from({length: 7}, () => 0o700),
  );
  expect(['nodes', 'nodes/a', 'nodes/a/rootfs/etc'].map(folderMode)).toEqual([0o755, 0o755, 0o755]);
  expect(['a', 'a/rootfs', 'a/rootfs/etc', 'rootfs'].map(folderMode)).toEqual([0o700, 0o755, 0o755, 0o700]);
});
