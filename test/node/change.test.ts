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
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {putAside} from '../../src/node/change/aside.ts';
import {listBackups} from '../../src/node/change/backup.ts';
import {applyChange, recover, restore} from '../../src/node/change/change.ts';
import type {Change} from '../../src/node/change/stage.ts';
import {sumOf} from '../../src/node/change/disk.ts';
import {type Journal, keepingUnder, readJournal, writeJournal} from '../../src/node/change/journal.ts';
import {holdLock, withLock} from '../../src/node/change/lock.ts';
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

  test('tells of each file what became of it, in this order', () => {
    const told: string[] = [];
    applyChange(
      makeNode().keeping,
      {
        ...renewal,
        validate: () => told.push('looked at'),
        observe: (step, path) => told.push(`${step} ${path}`),
      },
      now,
    );
    const written = paths.slice(0, -1);
    expect(told).toEqual([
      ...[...paths, link].map((path) => `backed-up ${path}`),
      ...[...written, link].map((path) => `staged ${path}`),
      'looked at',
      ...written.map((path) => `validated ${path}`),
      ...[...paths, link].map((path) => `swapped ${path}`),
    ]);
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
    expect(() => applyChange(keeping, change, now)).toThrow(
      expect.objectContaining({
        code: 'folder-gone',
        message: expect.stringContaining('/no/such/folder/'),
        nextSteps: [expect.any(String), 'nothing was changed'],
      }),
    );
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

  test('gives each staged file the context of the file that it takes the place of, or changes nothing', () => {
    const {root, keeping} = makeNode();
    const asked: string[] = [];
    const keepContext = (from: string, to: string): void => {
      expect(readFileSync(from, 'utf8')).toMatch(/^old /);
      asked.push(`${relative(root, from)} ${relative(root, to)}`);
    };
    applyChange({...keeping, keepContext}, {...renewal, writes: renewal.writes.slice(0, 2)}, now);
    expect(asked).toEqual([
      'pki/a.key pki/.certwright-20270101-000000-a.key',
      'pki/a.crt pki/.certwright-20270101-000000-a.crt',
    ]);
    const other = makeNode();
    const refusal = new Failure('program-failed', 'chcon said no', {nextSteps: ['x']});
    const refuses = () => {
      throw refusal;
    };
    expect(() => applyChange({...other.keeping, keepContext: refuses}, renewal, now)).toThrow(refusal);
    expect(stateOf(other.root)).toEqual(before);
  });

  test('is not made when a staged file has another mode than the one that it takes the place of', () => {
    const {root, keeping} = makeNode();
    const change: Change = {
      ...renewal,
      observe: (step, path) => {
        if (step === 'staged' && path === '/pki/a.key')
          chmodSync(join(root, 'pki/.certwright-20270101-000000-a.key'), 0o644);
      },
    };
    expect(() => applyChange(keeping, change, now)).toThrow(/is not what was written to it/);
    expect(stateOf(root)).toEqual(before);
  });

  test('is not made over a file that is another one than it was worked out from', () => {
    const {root, keeping} = makeNode();
    const replaces = sumOf(Buffer.from('old /pki/a.key'));
    const change: Change = {...renewal, writes: renewal.writes.slice(0, 1).map((write) => ({...write, replaces}))};
    writeFileSync(join(root, 'pki/a.key'), 'of somebody else');
    expect(() => applyChange(keeping, change, now)).toThrow(expect.objectContaining({code: 'changed-meanwhile'}));
    expect([readFileSync(join(root, 'pki/a.key'), 'utf8'), existsSync(keeping.backups)]).toEqual([
      'of somebody else',
      false,
    ]);
    writeFileSync(join(root, 'pki/a.key'), 'old /pki/a.key');
    applyChange(keeping, change, now);
  });

  test('removes what a run has left that was cut off while it backed up, and no other backup', () => {
    const {keeping} = makeNode();
    const {id} = applyChange(keeping, renewal, now);
    const left = join(keeping.backups, '20261231-000000', 'files');
    mkdirSync(left, {recursive: true});
    writeFileSync(join(left, '0000'), 'a key');
    mkdirSync(join(keeping.backups, 'of-mine'));
    recover(keeping);
    expect(readdirSync(keeping.backups)).toEqual([id, 'of-mine']);
  });
});

describe('a file that is put aside', () => {
  const aside = {path: '/pki/old', what: 'restart x', id: '20270101-000000'};

  test('is brought back by recover, whichever steps of putting it aside and back were done', () => {
    const {root, keeping} = makeNode();
    putAside(keeping, aside);
    expect(existsSync(join(root, 'pki/old'))).toBe(false);
    const journal = readJournal(keeping);
    expect(recover(keeping)).toMatchObject({how: 'put-back', what: 'restart x'});
    expect([stateOf(root), readJournal(keeping)]).toEqual([before, undefined]);
    // As when the run is killed before the file is moved away, or after it is moved back.
    expect(journal).toBeDefined();
    if (journal !== undefined) writeJournal(keeping, journal);
    expect(recover(keeping)).toMatchObject({how: 'put-back'});
    expect([stateOf(root), readJournal(keeping)]).toEqual([before, undefined]);
  });

  test('stays where it is when the backup of the same name is to be restored', () => {
    const {root, keeping} = makeNode();
    const {id} = applyChange(keeping, {...renewal, writes: renewal.writes.slice(0, 2)}, now);
    putAside(keeping, {...aside, id});
    expect(() => restore(keeping, id, now)).toThrow(/interrupted/);
    recover(keeping);
    expect(readFileSync(join(root, 'pki/old'), 'utf8')).toBe('old /pki/old');
  });
});

describe('a change that cannot be finished', () => {
  /** Cut off after its first swap; then somebody else has written the file. */
  function spoiled() {
    const node = makeNode();
    const {keeping} = node;
    let journal: Journal | undefined;
    const validate = (): void => {
      journal = readJournal(keeping);
    };
    applyChange(keeping, {...renewal, writes: renewal.writes.slice(0, 1), validate}, now);
    if (journal === undefined) expect.fail('there was no journal');
    writeJournal(keeping, {...journal, state: 'swapping'});
    writeFileSync(join(node.root, 'pki/a.key'), 'of somebody else');
    return {...node, id: journal.id};
  }

  test('says which backup to restore, and is given up with it', () => {
    const {root, keeping, id} = spoiled();
    expect(() => recover(keeping)).toThrow(
      expect.objectContaining({code: 'swap-differs', nextSteps: [expect.stringContaining(`certwright restore ${id}`)]}),
    );
    restore(keeping, id, now);
    expect([stateOf(root), readJournal(keeping)]).toEqual([before, undefined]);
  });

  test('is open again when the restore that gives it up does not get as far as the swap', () => {
    const {root, keeping, id} = spoiled();
    const open = readJournal(keeping);
    const refuses = () => {
      throw new Failure('program-failed', 'chcon said no', {nextSteps: ['x']});
    };
    expect(() => restore({...keeping, keepContext: refuses}, id, now)).toThrow(/chcon/);
    expect(readJournal(keeping)).toEqual(open);
    // As when it is killed there.
    const steps = [{path: '/pki/a.key', staged: '/pki/.certwright-y-a.key', after: sumOf(Buffer.from('y'))}];
    if (open !== undefined) {
      writeJournal(keeping, {journalVersion: 1, id: 'y', what: 'restore', state: 'staging', steps, over: open});
    }
    writeFileSync(join(root, 'pki/.certwright-y-a.key'), 'y');
    expect(() => recover(keeping)).toThrow(/is not what the change was to make of it/);
    expect(readJournal(keeping)).toEqual(open);
    expect(existsSync(join(root, 'pki/.certwright-y-a.key'))).toBe(false);
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

  test('is held until it is disposed of, whatever is waited for in between', async () => {
    const {keeping} = makeNode();
    {
      using lock = holdLock(keeping, marks('one'));
      await Promise.resolve();
      expect(() => holdLock(keeping, marks('two'))).toThrow(expect.objectContaining({code: 'locked'}));
    }
    expect(withLock(keeping, marks('two'), () => 'done')).toBe('done');
  });

  test('of a run that is over is taken away, with what that run left beside it', () => {
    const {keeping} = makeNode();
    withLock(keeping, marks('dead'), () => {
      writeFileSync(`${keeping.lock}-1`, '');
      expect(withLock(keeping, marks('two', ['dead']), () => 'done')).toBe('done');
    });
    expect(readdirSync(join(keeping.lock, '..'))).toEqual([]);
  });

  test('of a run that is over goes to the run that was first to take it over, and on from there', () => {
    const {keeping} = makeNode();
    const after = (mark: string): string => `${keeping.lock}-after-${sumOf(Buffer.from(mark))}`;
    mkdirSync(join(keeping.lock, '..'));
    writeFileSync(keeping.lock, 'dead');
    writeFileSync(after('dead'), 'alive');
    expect(() => holdLock(keeping, marks('two', ['dead']))).toThrow(/another run/);
    expect(readFileSync(keeping.lock, 'utf8')).toBe('dead');
    writeFileSync(after('dead'), 'dead too');
    {
      using lock = holdLock(keeping, marks('two', ['dead', 'dead too']));
      expect(readFileSync(keeping.lock, 'utf8')).toBe('two');
    }
    expect(readdirSync(join(keeping.lock, '..'))).toEqual([]);
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
