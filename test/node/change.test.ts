import {spawnSync} from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {listBackups} from '../../src/node/change/backup.ts';
import {applyChange, type Change, recover, restore} from '../../src/node/change/change.ts';
import {keepingUnder, writeJournal} from '../../src/node/change/journal.ts';
import {withLock} from '../../src/node/change/lock.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const now = new Date('2027-01-01T00:00:00Z');
const mine = {mode: 0o600, owner: process.getuid?.() ?? 0, group: process.getgid?.() ?? 0};
const paths = ['/pki/a.key', '/pki/a.crt', '/pki/etcd/b.key', '/pki/etcd/b.crt', '/pki/old'];
const link = '/pki/current';

function makeNode(): {readonly root: string; readonly keeping: ReturnType<typeof keepingUnder>} {
  const root = temporaryFolder();
  mkdirSync(join(root, 'pki/etcd'), {recursive: true});
  mkdirSync(join(root, 'var/lib'), {recursive: true});
  for (const path of paths) {
    writeFileSync(join(root, path), `old ${path}`);
    chmodSync(join(root, path), path.endsWith('.crt') ? 0o644 : 0o600);
  }
  // Here it leads nowhere: whoever follows it fails.
  symlinkSync('/pki/old', join(root, link));
  return {root, keeping: keepingUnder(root)};
}

const renewal: Change = {
  what: 'renew a, b',
  writes: [
    ...paths.map((path) => ({
      path,
      bytes: path === '/pki/old' ? undefined : Buffer.from(`new ${path}`),
      access: mine,
    })),
    {path: link, bytes: undefined, link: '/pki/a.crt', access: mine},
  ],
};

/** Every file below, Certwright's own folder left out, with its mode. */
function stateOf(root: string, folder = ''): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(join(root, folder), {withFileTypes: true}).flatMap((entry): [string, string][] => {
      const path = `${folder}/${entry.name}`;
      if (path === '/var/lib/certwright') return [];
      if (entry.isDirectory()) return Object.entries(stateOf(root, path));
      if (entry.isSymbolicLink()) return [[path, `-> ${readlinkSync(join(root, path))}`]];
      const {mode} = statSync(join(root, path));
      return [[path, `0${(mode & 0o777).toString(8)} ${readFileSync(join(root, path), 'utf8')}`]];
    }),
  );
}

const modeOf = (path: string): string => (path.endsWith('.crt') ? '0644' : '0600');
const before = {
  ...Object.fromEntries(paths.map((path) => [path, `${modeOf(path)} old ${path}`])),
  [link]: '-> /pki/old',
};
const after = {
  ...Object.fromEntries(paths.slice(0, -1).map((path) => [path, `${modeOf(path)} new ${path}`])),
  [link]: '-> /pki/a.crt',
};

describe('a change', () => {
  test('swaps every file, keeps modes, leaves nothing staged, and closes its journal', () => {
    const {root, keeping} = makeNode();
    applyChange(keeping, renewal, now);
    expect(stateOf(root)).toEqual(after);
    expect(existsSync(keeping.journal)).toBe(false);
    expect(recover(keeping)).toBeUndefined();
  });

  test('has a backup that brings everything back to the byte, and that itself can be gone back on', () => {
    const {root, keeping} = makeNode();
    const {id} = applyChange(keeping, renewal, now);
    expect(statSync(join(keeping.backups, id)).mode & 0o777).toBe(0o700);
    const undone = restore(keeping, id, now);
    expect(stateOf(root)).toEqual(before);
    restore(keeping, undone.id, now);
    expect(stateOf(root)).toEqual(after);
    expect(listBackups(keeping).map(({what}) => what)).toEqual([
      `restore ${undone.id} (restore ${id} (renew a, b))`,
      `restore ${id} (renew a, b)`,
      'renew a, b',
    ]);
  });

  test('that validation refuses changes nothing', () => {
    const {root, keeping} = makeNode();
    const refusal = new Error('the key does not match');
    let seen: readonly string[] = [];
    const refused: Change = {
      ...renewal,
      validate: (staged) => {
        seen = [...staged].map(([path, bytes]) => `${path} ${bytes.toString()}`);
        throw refusal;
      },
    };
    expect(() => applyChange(keeping, refused, now)).toThrow(refusal);
    expect(seen).toEqual(paths.slice(0, 4).map((path) => `${path} new ${path}`));
    expect(stateOf(root)).toEqual(before);
    expect(recover(keeping)).toBeUndefined();
  });

  test('puts a link in the place of a file, and the file back', () => {
    const {root, keeping} = makeNode();
    const change: Change = {
      what: 'link',
      writes: [{path: '/pki/a.key', bytes: undefined, link: '/pki/etcd/b.key', access: mine}],
    };
    const {id} = applyChange(keeping, change, now);
    expect(stateOf(root)).toEqual({...before, '/pki/a.key': '-> /pki/etcd/b.key'});
    restore(keeping, id, now);
    expect(stateOf(root)).toEqual(before);
  });

  test('that cannot be staged changes nothing', () => {
    const {root, keeping} = makeNode();
    const change: Change = {
      what: 'x',
      writes: [...renewal.writes, {path: '/no/such/folder/x', bytes: Buffer.from('x'), access: mine}],
    };
    expect(() => applyChange(keeping, change, now)).toThrow(/ENOENT/);
    expect(stateOf(root)).toEqual(before);
  });

  test('is not begun over one that was cut off', () => {
    const {keeping} = makeNode();
    mkdirSync(join(keeping.journal, '..'), {recursive: true});
    writeJournal(keeping, {journalVersion: 1, id: 'x', what: 'other', state: 'staging', steps: []});
    expect(() => applyChange(keeping, renewal, now)).toThrow(/interrupted/);
    expect(recover(keeping)).toEqual({id: 'x', what: 'other', how: 'undone'});
    applyChange(keeping, renewal, now);
  });
});

describe('a backup', () => {
  test('that was changed is not brought back', () => {
    const {root, keeping} = makeNode();
    const {id} = applyChange(keeping, renewal, now);
    writeFileSync(join(keeping.backups, id, 'files/0001'), 'something else');
    expect(() => restore(keeping, id, now)).toThrow(/is not what was put there/);
    expect(stateOf(root)).toEqual(after);
  });

  test.each(['20990101-000000', '../..', ''])('%j is said not to exist', (id) => {
    expect(() => restore(makeNode().keeping, id, now)).toThrow(/there is no backup/);
  });
});

describe('the lock', () => {
  const marks = (own: string, over: readonly string[] = []) => ({own, isOver: (mark: string) => over.includes(mark)});

  test('keeps a second run out, and goes with the first', () => {
    const {keeping} = makeNode();
    withLock(keeping, marks('one'), () => {
      expect(() => withLock(keeping, marks('two'), () => undefined)).toThrow(expect.objectContaining({code: 'locked'}));
    });
    expect(withLock(keeping, marks('two'), () => 'done')).toBe('done');
  });

  test('of a run that is over is taken away', () => {
    const {keeping} = makeNode();
    withLock(keeping, marks('dead'), () => {
      expect(withLock(keeping, marks('two', ['dead']), () => 'done')).toBe('done');
    });
  });
});

const child = fileURLToPath(new URL('change-in-child.ts', import.meta.url));
const hasStrace = spawnSync('strace', ['-V']).status === 0;

/** Calls that a change makes to what is on the disk, as Linux has them. */
const calls = ['openat', 'write', 'fsync', 'rename', 'mkdir', 'fchmod', 'chmod', 'unlink', 'symlink'] as const;

describe.runIf(hasStrace)('killed at any call that touches the disk, a node', () => {
  test.each(calls)(
    'is wholly old or wholly new after recover, and its backup is whole: %s',
    (call) => {
      const points = pointsOf(call);
      expect(points.length).toBeGreaterThan(0);
      let killed = 0;
      for (const point of points) {
        const {root, keeping} = makeNode();
        const run = apply(root, ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${point}`]);
        // Node itself may make a call more or less from run to run, and then the last points come too late.
        if (run.signal === 'SIGKILL') killed++;
        recover(keeping);
        expect([before, after], `${call} ${point}`).toContainEqual(stateOf(root));
        const [backup] = listBackups(keeping);
        if (backup === undefined) continue;
        restore(keeping, backup.id, now);
        expect(stateOf(root)).toEqual(before);
      }
      expect(killed).toBeGreaterThanOrEqual(points.length - 2);
      // A process a point, each under strace.
    },
    300_000,
  );
});

/** Which of the process's calls of that name are about the node's files, counted from 1. */
function pointsOf(call: string): readonly number[] {
  const {root} = makeNode();
  const log = join(temporaryFolder(), 'calls');
  expect(apply(root, ['-y', '-e', `trace=${call}`, '-o', log]).status).toBe(0);
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${call}(`));
  return lines.flatMap((line, index) => (line.includes(root) ? [index + 1] : []));
}

/** Only the first thread is watched: a change is synchronous calls, and those are all its. */
function apply(root: string, words: readonly string[]) {
  return spawnSync('strace', [...words, process.execPath, child, 'apply', root], {
    encoding: 'utf8',
    env: {...process.env, UV_THREADPOOL_SIZE: '1'},
  });
}
