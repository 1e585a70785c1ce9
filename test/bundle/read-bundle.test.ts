import {once} from 'node:events';
import {chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {beforeAll, beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {readBundle} from '../../src/bundle/read-bundle.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {make, planYaml, type Made} from './bundles.ts';

let made: Made;
beforeAll(async () => {
  made = await make();
});

describe('readBundle', () => {
  let directory: string;
  beforeEach(async () => {
    directory = join(temporaryFolder(), 'bundle');
    await writeBundle({...made, directory});
  });

  test('gives the index, the plan, and every file with its mode', async () => {
    const bundle = readBundle(directory);
    expect(bundle).toMatchObject({directory, planYaml, strange: []});
    expect(bundle.json.clusterName).toBe('demo');
    expect(bundle.files.list()).toEqual(
      [...made.blueprint.files.map(({path}) => path), 'README.md', 'bundle.json', 'plan.yaml'].sort(),
    );
    for (const {path, mode} of made.blueprint.files) expect(bundle.files.mode(path)).toBe(mode);
    expect(bundle.files.mode('')).toBe(0o700);
    expect(bundle.files.mode('nodes/cp-1/rootfs/etc')).toBe(0o755);
    expect(bundle.files.mode('nodes/cp-9')).toBeUndefined();
    expect(await bundle.files.read('plan.yaml')).toBe(planYaml);
    expect(await bundle.files.read('authorities')).toBeUndefined();
    expect(await bundle.files.read('missing')).toBeUndefined();
  });

  test('shows modes as they are now, special bits too', () => {
    chmodSync(join(directory, 'plan.yaml'), 0o4666);
    expect(readBundle(directory).files.mode('plan.yaml')).toBe(0o4666);
  });

  test('reads nothing outside, and follows no link inside', async () => {
    const outside = join(directory, '../outside');
    writeFileSync(outside, 'outside');
    rmSync(join(directory, 'authorities/etcd-ca.key'));
    symlinkSync(outside, join(directory, 'authorities/etcd-ca.key'));
    symlinkSync('/etc', join(directory, 'nodes/etc'));
    const server = createServer().listen(join(directory, 'socket'));
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const {files, strange} = readBundle(directory);
    expect(strange.map(({code, at}) => `${code} ${at.path}`).sort()).toEqual([
      'strange-file authorities/etcd-ca.key',
      'strange-file nodes/etc',
      'strange-file socket',
    ]);
    for (const path of [
      'authorities/etcd-ca.key',
      '../outside',
      outside,
      'nodes/etc/passwd',
      'socket',
      'authorities/../plan.yaml',
    ]) {
      expect(await files.read(path)).toBeUndefined();
    }
  });

  test('may be reached by a link to its folder', () => {
    const link = join(directory, '../link');
    symlinkSync(directory, link);
    expect(readBundle(link).files.mode('')).toBe(0o700);
  });

  test.each([
    ['bundle.json', 'no-bundle'],
    ['plan.yaml', 'plan-missing'],
  ])('without its %s is refused', (path, code) => {
    rmSync(join(directory, path));
    expect(() => readBundle(directory)).toThrow(expect.objectContaining({code}));
  });

  test('with a broken index is refused', () => {
    writeFileSync(join(directory, 'bundle.json'), '{"bundleVersion": 1}');
    expect(() => readBundle(directory)).toThrow(expect.objectContaining({code: 'wrong-input'}));
  });
});

test('a folder that is none is told from one that is not there', () => {
  const folder = temporaryFolder();
  expect(() => readBundle(folder)).toThrow(`${folder} holds no bundle`);
  expect(() => readBundle(join(folder, 'x'))).toThrow('does not exist');
  mkdirSync(join(folder, 'bundle.json'));
  expect(() => readBundle(folder)).toThrow(expect.objectContaining({code: 'cannot-read'}));
});
