import {execFile, execFileSync} from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, test, vi} from 'vitest';
import {listBackups} from '../../src/node/change/backup.ts';
import {restore} from '../../src/node/change/change.ts';
import {keepingUnder, readJournal} from '../../src/node/change/journal.ts';
import {diagnose} from '../../src/node/diagnose.ts';
import {lookAtNode} from '../../src/node/inventory.ts';
import {openRoot} from '../../src/node/root.ts';
import {builtProgram} from '../helpers/built.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {hasRealPrograms} from '../helpers/real.ts';
import {hasStrace, type Point, pointsOf, runWith, type Traced} from '../helpers/strace.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {everyCallTitle, ownDiskTitle, severalRunsTitle} from './cases.ts';

/**
 * The built program, killed at every call that changes a node, and refused at every such call, on a real file system. A
 * point is one call of one run; two points at a time, each with a node of its own.
 */

// A test starts the program many times.
vi.setConfig({testTimeout: 120_000});

const program = await builtProgram();
const pki = '/etc/kubernetes/pki';
const isRoot = process.getuid?.() === 0;

/**
 * A small control-plane node with a file of each kind: a pair, a pair of another owner, a kubeconfig behind a link and a
 * copy of it in a home. Keys are ECDSA: a run makes new ones, and RSA would take its time.
 */
async function makeNode(): Promise<string> {
  const folder = temporaryFolder();
  const words = ['--preset', 'kubeadm-single', '--set', 'keys.algorithm=ECDSA-P256', '--no-proof'];
  const {exitCode, stderr} = await program.run(['issue', ...words, '--out', join(folder, 'bundle')]);
  expect(exitCode, stderr).toBe(0);
  const root = join(folder, 'bundle/nodes/cp-1/rootfs');
  const at = (path: string): string => join(root, path);
  const dropped = [
    'etcd/peer',
    'etcd/healthcheck-client',
    'apiserver-etcd-client',
    'apiserver-kubelet-client',
    'front-proxy-client',
  ];
  for (const name of dropped) for (const end of ['crt', 'key']) rmSync(at(`${pki}/${name}.${end}`));
  for (const name of ['controller-manager', 'scheduler', 'super-admin', 'kubelet'])
    rmSync(at(`/etc/kubernetes/${name}.conf`));
  for (const each of ['/srv', '/root/.kube', '/var/lib']) mkdirSync(at(each), {recursive: true});
  renameSync(at('/etc/kubernetes/admin.conf'), at('/srv/admin.conf'));
  symlinkSync('/srv/admin.conf', at('/etc/kubernetes/admin.conf'));
  execFileSync('cp', ['-p', at('/srv/admin.conf'), at('/root/.kube/config')]);
  if (isRoot) for (const end of ['crt', 'key']) chownSync(at(`${pki}/etcd/server.${end}`), 1001, 1002);
  chmodSync(at('/srv/admin.conf'), 0o640);
  return root;
}

/** What a `renew --all` of it writes. */
const written = [
  ...['apiserver.crt', 'apiserver.key', 'etcd/server.crt', 'etcd/server.key'].map((name) => `${pki}/${name}`),
  '/root/.kube/config',
  '/srv/admin.conf',
].toSorted();

type State = Readonly<Record<string, string>>;

/** Every file, folder and link below with mode and owner; Certwright's own folder is left out. */
function stateOf(root: string, folder = ''): State {
  return Object.fromEntries(
    readdirSync(join(root, folder), {withFileTypes: true}).flatMap((entry): [string, string][] => {
      const path = `${folder}/${entry.name}`;
      const place = join(root, path);
      if (path === '/var/lib/certwright') return [];
      if (entry.isSymbolicLink()) return [[path, `-> ${readlinkSync(place)}`]];
      const {mode, uid, gid} = lstatSync(place);
      const access = `${(mode & 0o7777).toString(8)} ${uid} ${gid}`;
      if (entry.isDirectory()) return [[path, access], ...Object.entries(stateOf(root, path))];
      return [[path, `${access} ${readFileSync(place, 'utf8')}`]];
    }),
  );
}

function differing(one: State, other: State): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((path) => one[path] !== other[path])
    .toSorted();
}

function withoutText(state: State): State {
  return Object.fromEntries(Object.entries(state).map(([path, text]) => [path, text.split(' ').slice(0, 3).join(' ')]));
}

/** A node to begin with, and what may become of it. */
interface Ground {
  readonly folder: string;
  readonly state: State;
  readonly findings: readonly string[];
}

function groundIn(folder: string): Ground {
  return {folder, state: stateOf(folder), findings: findingsOn(folder)};
}

/** Wholly one of the two, or wholly renewed with every pair in order. */
function expectWhole(root: string, {ground, whole}: Pick<Expected, 'ground' | 'whole'>, where: string): void {
  const state = stateOf(root);
  if (whole.some((each) => differing(each, state).length === 0)) return;
  expect(differing(ground.state, state), `${where}: half of it is new`).toEqual(written);
  expect(withoutText(state), where).toEqual(withoutText(ground.state));
  expect(findingsOn(root), where).toEqual(ground.findings);
}

/** `code path` of all that is wrong. */
function findingsOn(root: string): readonly string[] {
  const found = lookAtNode(openRoot(root), {isLive: false, homes: ['/root']});
  const {findings} = diagnose(found, {now: new Date(), warnWithin: 24, served: undefined});
  return findings.map(({code, at}) => `${code} ${at.path}`);
}

/** Nothing but backups is left of a run, and the newest brings back what was there to the byte. */
function expectBackups(root: string, old: State, where: string): void {
  const keeping = keepingUnder(root);
  expect(ownFilesOf(root), where).toEqual([]);
  const [backup] = listBackups(keeping);
  if (backup === undefined) return;
  restore(keeping, backup.id, new Date());
  expect(differing(old, stateOf(root)), `${where}: its backup`).toEqual([]);
}

/** Names of Certwright's own beside the backups. */
function ownFilesOf(root: string): readonly string[] {
  const folder = join(root, 'var/lib/certwright');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'backups') : [];
}

interface Slot {
  readonly root: string;
  readonly log: string;
}

function newSlot(): Slot {
  const folder = temporaryFolder();
  return {root: join(folder, 'node'), log: join(folder, 'calls')};
}

async function lay(from: string, {root}: Slot): Promise<void> {
  rmSync(root, {recursive: true, force: true});
  execFileSync('cp', ['-a', from, root]);
}

/** Two at a time, each in its own place: paths of a run have one length, and nothing is shared. */
async function eachPoint(points: readonly Point[], act: (point: Point, slot: Slot) => Promise<void>): Promise<void> {
  const left = [...points];
  const work = async (): Promise<void> => {
    const slot = newSlot();
    for (let point = left.shift(); point !== undefined; point = left.shift()) await act(point, slot);
  };
  await Promise.all([work(), work()]);
}

function traced({root, log}: Slot, words: readonly string[]): Traced {
  return {command: [process.execPath, program.main, ...words, '--root', root], folder: root, log};
}

async function pointsIn(ground: Ground, words: readonly string[]): Promise<readonly Point[]> {
  const slot = newSlot();
  await lay(ground.folder, slot);
  const {points, others} = await pointsOf(traced(slot, words));
  const calls = Map.groupBy(points, ({call}) => call);
  const counts = [...calls].map(([call, each]) => `${call} ${each.length}`).join(', ');
  process.stdout.write(
    `${words.join(' ')}: ${points.length} points (${counts}); ${others} calls are not about the node\n`,
  );
  return points;
}

async function recovered(root: string, where: string): Promise<void> {
  const {exitCode, stdout, stderr} = await program.run(['recover', '--root', root]);
  expect(exitCode, `${where}: ${stdout}${stderr}`).toBe(0);
}

const at = ({call, nth}: Point, words: readonly string[], what: string): string =>
  `${words.join(' ')}, ${what} at ${call} ${nth}`;
const long = 900_000;

/** Tries every point and says how many there were; what is not as it should be is told all together. */
async function sweep(
  points: readonly Point[],
  what: string,
  tryPoint: (point: Point, slot: Slot) => Promise<void>,
): Promise<readonly string[]> {
  const violations: string[] = [];
  expect(points.length).toBeGreaterThan(0);
  await eachPoint(points, async (point, slot) => {
    try {
      await tryPoint(point, slot);
    } catch (error) {
      violations.push(error instanceof Error ? error.message : String(error));
    }
  });
  process.stdout.write(`${what}: ${points.length} points, ${violations.length} violations\n`);
  return violations;
}

interface Expected {
  readonly ground: Ground;
  readonly words: readonly string[];
  /** Wholly one of these; where a run makes keys it may also be wholly new. */
  readonly whole: readonly State[];
  /** What the newest backup brings back, where that is known. */
  readonly backedUp?: State;
}

async function killedEverywhere({ground, words, whole, backedUp}: Expected): Promise<readonly string[]> {
  return sweep(await pointsIn(ground, words), `${words.join(' ')}, killed`, async (point, slot) => {
    const {signal} = await runWith(traced(slot, words), point, 'signal=KILL', () => lay(ground.folder, slot));
    const where = at(point, words, 'killed');
    expect(signal, where).toBe('SIGKILL');
    await recovered(slot.root, where);
    expectWhole(slot.root, {ground, whole}, where);
    if (backedUp !== undefined) expectBackups(slot.root, backedUp, where);
  });
}

interface Refusal {
  readonly error: 'ENOSPC' | 'EROFS' | 'EACCES';
  readonly calls: readonly string[];
  readonly isLasting: boolean;
}

/** What the failure has to say, by what the disk said. */
const told = {
  ENOSPC: ['no space is left for', 'free some space'],
  EROFS: ['is read-only', 'mount it to be written'],
  EACCES: ['is not permitted', 'run it again with sudo'],
} as const;

/** Refused, it says so and leaves the node whole, at once or after `recover`. */
async function refusedEverywhere(
  {ground, words, whole}: Expected,
  {error, calls, isLasting}: Refusal,
): Promise<readonly string[]> {
  const points = (await pointsIn(ground, words)).filter(({call}) => calls.includes(call));
  const what = `${error}${isLasting ? ' from there on' : ''}`;
  return sweep(points, `${words.join(' ')}, ${what}`, async (point, slot) => {
    const ran = await runWith(traced(slot, words), point, `error=${error}`, () => lay(ground.folder, slot), isLasting);
    const where = at(point, words, what);
    const {journal} = keepingUnder(slot.root);
    expectNoSecrets(ran.stdout + ran.stderr);
    if (ran.exitCode !== 0) {
      expect([1, 77], `${where}: ${ran.stderr}`).toContain(ran.exitCode);
      for (const text of told[error]) expect(ran.stderr, where).toContain(text);
      expect(existsSync(journal), `${where}: ${ran.stderr}`).toBe(ran.stderr.includes('certwright recover'));
    }
    if (!existsSync(journal)) expectWhole(slot.root, {ground, whole}, `${where}, before recover`);
    // A lock or a journal that could not be removed.
    if (ownFilesOf(slot.root).length > 0) await recovered(slot.root, where);
    expectWhole(slot.root, {ground, whole}, where);
    expectBackups(slot.root, ground.state, where);
  });
}

const renewAll = ['renew', '--all', '--yes'];

describe.runIf(hasStrace && hasRealPrograms)(everyCallTitle, () => {
  test(
    'renew that is killed leaves it wholly old or wholly new, with backups that are whole',
    async () => {
      const ground = groundIn(await makeNode());
      const expected = {ground, words: renewAll, whole: [ground.state], backedUp: ground.state};
      expect(await killedEverywhere(expected)).toEqual([]);
    },
    long,
  );

  test(
    'restore that is killed leaves it as it was, or wholly restored',
    async () => {
      const old = await makeNode();
      const before = stateOf(old);
      expect((await program.run([...renewAll, '--root', old])).exitCode).toBe(0);
      const ground = groundIn(old);
      const id = listBackups(keepingUnder(old))[0]?.id ?? '';
      expect(await killedEverywhere({ground, words: ['restore', id, '--yes'], whole: [ground.state, before]})).toEqual(
        [],
      );
    },
    long,
  );

  test.each([
    {state: 'staging', what: 'undone', point: {call: 'rename', at: 0, nth: 3}},
    {state: 'swapping', what: 'finished', point: {call: 'rename', at: 0, nth: 6}},
  ])(
    'recover that is killed, of a run that was cut off while $state, leaves it $what',
    async ({state, point: {call, nth}}) => {
      const whole = groundIn(await makeNode());
      const slot = newSlot();
      const point = (await pointsIn(whole, renewAll)).find((each) => each.call === call && each.nth === nth);
      if (point === undefined) expect.fail(`there is no ${call} ${nth}`);
      await runWith(traced(slot, renewAll), point, 'signal=KILL', () => lay(whole.folder, slot));
      expect(readJournal(keepingUnder(slot.root))?.state).toBe(state);
      const ground = groundIn(slot.root);
      const settled = newSlot();
      await lay(slot.root, settled);
      await recovered(settled.root, 'recover');
      const outcome = stateOf(settled.root);
      expect(differing(outcome, whole.state).length === 0).toBe(state === 'staging');
      expect(await killedEverywhere({ground, words: ['recover'], whole: [outcome]})).toEqual([]);
    },
    long,
  );

  test.each<Refusal & {readonly meets: string}>([
    {
      meets: 'a disk that is full',
      error: 'ENOSPC',
      isLasting: false,
      calls: ['openat', 'write', 'mkdir', 'rename', 'link'],
    },
    {meets: 'a disk that says so late', error: 'ENOSPC', isLasting: true, calls: ['fsync']},
    // Once every open is refused, no module can be loaded to say so.
    {meets: 'a disk that is read-only', error: 'EROFS', isLasting: false, calls: ['openat']},
    {
      meets: 'a disk that stays read-only',
      error: 'EROFS',
      isLasting: true,
      calls: ['mkdir', 'rename', 'link', 'unlink', 'fchmod', 'chmod', 'fchown'],
    },
    {
      meets: 'what it may not do',
      error: 'EACCES',
      isLasting: false,
      calls: ['openat', 'mkdir', 'rename', 'link', 'unlink', 'chmod', 'fchown'],
    },
  ])(
    'renew that meets $meets says what to do and leaves it whole',
    async (refusal) => {
      const ground = groundIn(await makeNode());
      expect(await refusedEverywhere({ground, words: renewAll, whole: [ground.state]}, refusal)).toEqual([]);
    },
    long,
  );
});

/** Prints the node's files with their sums, and what is left beside them; run in a mount namespace of its own. */
const look = `
look() { (cd "$1" && find etc srv root -type f ! -name '.certwright-*' | sort | xargs sha256sum); }
dots() { find "$1" -name '.certwright-*' | wc -l; }
`;

describe.skipIf(!isRoot)(ownDiskTitle, () => {
  /** @returns what the script printed */
  async function inMounts(script: string, words: readonly string[]): Promise<string> {
    const {stdout} = await promisify(execFile)('unshare', ['-m', 'sh', '-ec', `${look}${script}`, 'sh', ...words]);
    return stdout;
  }

  test('that is full, renew changes nothing, and does it once there is room', async () => {
    const node = await makeNode();
    const disk = temporaryFolder();
    // Room is taken a little less each time: it gives out before, while and after the backup is made.
    const script = `
mount -t tmpfs -o size=1m none "$1"; cp -a "$2/." "$1"; look "$1" >"$1/srv/before"
for spare in 0 1 3 6 8 10 12; do
  head -c $((spare * 4096)) /dev/zero >"$1/spare"; cat /dev/zero >"$1/full" 2>/dev/null || true; rm "$1/spare"
  code=0; "$3" "$4" renew --all --yes --root "$1" >/dev/null 2>/tmp/said || code=$?
  rm "$1/full"
  look "$1" | grep -v srv/before >/tmp/after; grep -v srv/before "$1/srv/before" | cmp -s - /tmp/after && same=same || same=changed
  echo "$spare $code $same $(dots "$1") $(grep -c 'no space is left for' /tmp/said)"
done
"$3" "$4" renew --all --yes --root "$1" >/dev/null 2>&1 && echo renewed
`.replaceAll('/tmp/', '"$5"/');
    const printed = await inMounts(script, [disk, node, process.execPath, program.main, temporaryFolder()]);
    expect(printed.trim().split('\n')).toEqual([
      ...[0, 1, 3, 6, 8, 10, 12].map((spare) => `${spare} 1 same 0 1`),
      'renewed',
    ]);
  });

  test('that is read-only, renew, restore and recover say so and change nothing', async () => {
    const node = await makeNode();
    expect((await program.run([...renewAll, '--root', node])).exitCode).toBe(0);
    const before = stateOf(node);
    const [backup] = listBackups(keepingUnder(node));
    const script = `
mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"
for words in 'renew --all --yes' "restore $2 --yes" recover; do
  code=0; "$3" "$4" $words --root "$1" 2>&1 >/dev/null || code=$?
  echo "ended with $code"
done
`;
    const printed = await inMounts(script, [node, backup?.id ?? '', process.execPath, program.main]);
    expect(printed.match(/is read-only\n {2}What to do:\n {2}- mount it to be written/g)).toHaveLength(3);
    expect(printed.match(/ended with 1\n/g)).toHaveLength(3);
    expect(differing(before, stateOf(node))).toEqual([]);
  });
});

describe(severalRunsTitle, () => {
  test.runIf(hasStrace)('the one that holds the lock renews the node, and another ends with 75', async () => {
    const ground = groundIn(await makeNode());
    const slot = newSlot();
    // As if its disk took ten seconds over the swap of the second file.
    const first = (await pointsIn(ground, renewAll)).find(({call, nth}) => call === 'rename' && nth === 5);
    if (first === undefined) expect.fail('there is no such rename');
    await lay(ground.folder, slot);
    const slow = ['-e', 'trace=rename', '-e', `inject=rename:delay_enter=10000000:when=${first.at}`];
    const {journal, root} = {...keepingUnder(slot.root), ...slot};
    const winner = promisify(execFile)('strace', ['-o', slot.log, ...slow, ...traced(slot, renewAll).command]);
    await vi.waitFor(() => expect(readFileSync(journal, 'utf8')).toContain('"swapping"'), {
      timeout: 60_000,
      interval: 20,
    });
    for (const words of [renewAll, ['recover']]) {
      const {exitCode, stderr} = await program.run([...words, '--root', root]);
      expect([exitCode, stderr]).toEqual([75, expect.stringContaining('another run is changing this node')]);
    }
    expect((await winner).stderr).toContain('Done.');
    expectWhole(root, {ground, whole: []}, 'after both');
    expectBackups(root, ground.state, 'after both');
  });

  test('each renews the node after the other or ends with 75, and it is whole', async () => {
    const ground = groundIn(await makeNode());
    const slot = newSlot();
    for (let round = 0; round < 4; round++) {
      await lay(ground.folder, slot);
      const runs = await Promise.all([1, 2, 3].map(() => program.run([...renewAll, '--root', slot.root])));
      const done = runs.filter(({exitCode}) => exitCode === 0);
      const refused = runs.filter(({exitCode}) => exitCode === 75);
      expect(done.length, runs.map(({stderr}) => stderr).join('\n')).toBeGreaterThan(0);
      expect(done.length + refused.length, runs.map(({stderr}) => stderr).join('\n')).toBe(3);
      expect(listBackups(keepingUnder(slot.root))).toHaveLength(done.length);
      expect(ownFilesOf(slot.root)).toEqual([]);
      expectWhole(slot.root, {ground, whole: []}, `round ${round}`);
    }
  });
});
