import {chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openRoot} from '../../src/node/root.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

function rootWith(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), {recursive: true});
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), 0o640);
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(join(folder, path, '..'), {recursive: true});
    symlinkSync(target, join(folder, path));
  }
  return {folder, root: openRoot(folder)};
}

const textAt = (root: ReturnType<typeof openRoot>, path: string) => {
  const found = root.read(path);
  return found.ok ? found.bytes.toString() : found.why;
};

describe('links are followed as the node itself would', () => {
  test('absolute ones begin at the root, and none leads out of it', () => {
    const {root} = rootWith(
      {'/etc/hostname': 'node', '/data/pki/ca.crt': 'authority'},
      {
        '/etc/kubernetes/pki': '/data/pki',
        '/escape': '/../../../../../../../../etc/hostname',
        '/upwards': '../../../etc/hostname',
      },
    );
    expect(textAt(root, '/etc/kubernetes/pki/ca.crt')).toBe('authority');
    expect(root.real('/etc/kubernetes/pki/ca.crt')).toBe('/data/pki/ca.crt');
    expect(textAt(root, '/escape')).toBe('node');
    expect(textAt(root, '/upwards')).toBe('node');
    expect(root.list('/etc/kubernetes/pki')).toEqual(['ca.crt']);
  });

  test('those that lead nowhere, or round in a circle, are missing', () => {
    const {root} = rootWith({}, {'/gone': '/nowhere', '/a': '/b', '/b': '/a'});
    expect([textAt(root, '/gone'), textAt(root, '/a'), root.real('/a')]).toEqual(['missing', 'missing', undefined]);
  });
});

describe('what is no readable file', () => {
  test('is told apart', () => {
    const {folder, root} = rootWith({'/folder/file': 'x', '/large': ''});
    truncateSync(join(folder, 'large'), 5 << 20);
    expect([textAt(root, '/folder'), textAt(root, '/large'), textAt(root, '/folder/file/below')]).toEqual([
      'not a file',
      'too large',
      'missing',
    ]);
    expect(root.list('/folder/file')).toEqual([]);
  });

  test('and a file comes with its mode', () => {
    const {root} = rootWith({'/file': 'x'});
    expect(root.read('/file')).toMatchObject({ok: true, mode: 0o640});
  });
});
