import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parse, parseAllDocuments} from 'yaml';
import {readCommandLine} from '../../src/cli.ts';
import {endingOf} from '../../src/commands/ending.ts';
import {readToken} from '../../src/base/bootstrap-token.ts';
import {writePlan} from '../../src/config/write-plan.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import {isSignedWithToken} from '../../src/x509/token-signature.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {presetPlan} from '../helpers/presets.ts';
import {runSetUp} from '../helpers/set-up.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'certwright-'));
  const plan = presetPlan('kubeadm-single', 'keys.algorithm=ECDSA-P256');
  await runSetUp(plan, join(folder, 'demo'), {planYaml: writePlan(plan), now: fakeHost().now});
});
afterAll(() => rmSync(folder, {recursive: true}));

/** In the folder of the bundle `demo`. */
async function run(words: readonly string[], input = ''): Promise<{code: number; out: string; err: string}> {
  const host = fakeHost({cwd: folder});
  (host.stdin as unknown as NodeJS.WritableStream).end(input);
  const command = readCommandLine(words, host, '1.2.3');
  try {
    const code = await command.run();
    return {code, out: host.out(), err: host.err()};
  } catch (error) {
    const {exitCode, text} = endingOf(error, {exits: command.exits, debug: false, program: 'certwright'});
    return {code: exitCode, out: host.out(), err: host.err() + text};
  }
}

interface Manifest {
  readonly data: Readonly<Record<string, string>>;
}

describe('token create --offline', () => {
  test('writes a token with everything that goes with it, and the bundle stays as it is', async () => {
    const out = join(temporaryFolder(), 'token');
    const before = readFileSync(join(folder, 'demo/bootstrap/token-secret.yaml'), 'utf8');
    const group = 'system:bootstrappers:mine';
    const offline = ['token', 'create', '--offline', '--bundle', 'demo', '--out', out, '--ttl=2h', `--groups=${group}`];
    const {code, out: said, err} = await run(offline);
    expect({code, err}).toEqual({code: 0, err: ''});
    expectNoSecrets(said);
    expect(readFileSync(join(folder, 'demo/bootstrap/token-secret.yaml'), 'utf8')).toBe(before);

    const text = (name: string) => readFileSync(join(out, 'bootstrap', name), 'utf8');
    const [user] = readKubeconfig(text('bootstrap-kubelet.conf')).users;
    const token = user?.token?.kind === 'embedded' ? user.token.secret : expect.fail('no token');
    const [id = '', half = ''] = token.reveal().split('.');
    expect(readToken(token.reveal())).toBeDefined();
    expect(said).toContain(`${id}.**************** ends at 2026-11-23T14:00:00Z`);
    const fields = (parse(text('token-secret.yaml')) as Manifest).data;
    expect(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, atob(value)]))).toMatchObject({
      'token-id': id,
      'token-secret': half,
      expiration: '2026-11-23T14:00:00Z',
      'auth-extra-groups': group,
    });
    const [configMap] = parseAllDocuments(text('cluster-info.yaml')).map((document) => document.toJS() as Manifest);
    const info = configMap?.data ?? {};
    expect(isSignedWithToken(info['kubeconfig'] ?? '', info[`jws-kubeconfig-${id}`] ?? '', token)).toBe(true);
    expect(text('join-command')).toContain(`--token ${token.reveal()} `);
    // What whoever logs in with it may do is said for its own groups.
    const bindings = parseAllDocuments(text('rbac.yaml')).map((document) => JSON.stringify(document.toJS()));
    for (const role of ['system:node-bootstrapper', 'certificatesigningrequests:nodeclient']) {
      expect(bindings.find((binding) => binding.includes(role))).toContain(group);
    }
    expect(bindings.find((binding) => binding.includes(':selfnodeclient'))).toContain('system:nodes');
    for (const name of ['token-secret.yaml', 'bootstrap-kubelet.conf', 'join-command']) {
      expect(statSync(join(out, 'bootstrap', name)).mode & 0o777, name).toBe(0o600);
    }
    expect(said).toMatch(/apply -f \S+\/token\/bootstrap\/rbac\.yaml\n.*cluster-info\.yaml\n.*token-secret\.yaml\n/);
    expect(said).toContain('kubectl --kubeconfig demo/nodes/cp-1/rootfs/etc/kubernetes/super-admin.conf');
  });

  test('takes a token from standard input, and from a file', async () => {
    const from = async (word: string, input = '') => {
      const out = join(temporaryFolder(), 'token');
      const words = [
        'token',
        'create',
        '--offline',
        '--bundle',
        'demo',
        '--out',
        out,
        `--token-file=${word}`,
        '-o',
        'json',
      ];
      const {out: document, err} = await run(words, input);
      expectNoSecrets(document + err);
      return (JSON.parse(document) as {readonly id: string}).id;
    };
    expect(await from('-', 'stdins.0123456789abcdef\n')).toBe('stdins');
    const file = join(temporaryFolder(), 'token');
    writeFileSync(file, 'infile.0123456789abcdef');
    expect(await from(file)).toBe('infile');
  });

  test('says everything that is missing at once', async () => {
    const {code, err} = await run(['token', 'create', '--offline']);
    expect(code).toBe(2);
    expect(err).toContain('add --bundle DIR');
    expect(err).toContain('add --out DIR');
  });
});

describe('a token command that cannot be right is refused before anything runs', () => {
  test.each([
    [['token', 'create', '--bundle', 'demo', '--ttl=soon'], '"soon" is not a length of time'],
    [
      ['token', 'create', '--bundle', 'demo', '--usages=signing', '--groups='],
      'makes no token that nobody can log in with',
    ],
    [
      ['token', 'create', '--bundle', 'demo', '--usages=authentication', '--print-join-command'],
      'cluster-info is signed only for',
    ],
    [['token', 'create', '--bundle', 'demo', '--groups=system:masters'], 'cannot be a group of a bootstrap token'],
    [['token', 'create', '--bundle', 'demo', '--token-file=nowhere'], 'nowhere does not exist'],
    [['token', 'create', '--bundle', 'demo', '--out', 'x'], 'a folder is written with --offline alone'],
    [['token', 'create', '--kubeconfig', 'nowhere.conf'], 'it does not exist'],
    [['token', 'list', '--kubeconfig', 'demo/plan.yaml'], 'cannot be used'],
    [['token', 'delete', 'ABCDEF', '--bundle', 'demo'], 'six lower-case letters or digits'],
    [['token', 'delete', 'abcdef.short', '--bundle', 'demo'], 'six lower-case letters or digits'],
  ])('%s', async (words, said) => {
    const {code, out, err} = await run(words);
    expect({code, out}).toEqual({code: 2, out: ''});
    expect(err).toContain(said);
    expect(err).not.toContain('$ kubeadm');
  });
});

describe('join', () => {
  test('prints one JSON document with what to copy and what to run', async () => {
    const out = join(temporaryFolder(), 'w');
    const words = [
      'join',
      'worker-1',
      '--bundle',
      'demo',
      '--address',
      '10.0.0.29',
      '--out',
      out,
      '--tar',
      '-o',
      'json',
    ];
    const {code, out: text, err} = await run(words);
    expect({code, err}).toEqual({code: 0, err: ''});
    expectNoSecrets(text);
    const document = JSON.parse(text) as {
      readonly directory: string;
      readonly inPlan: boolean;
      readonly token: {readonly ends: string};
      readonly files: readonly {readonly path: string; readonly mode: string}[];
      readonly steps: readonly {readonly way: string; readonly commands: readonly string[]}[];
    };
    expect(document).toMatchObject({directory: out, inPlan: false, token: {ends: '2026-11-24T12:00:00.000Z'}});
    for (const {path, mode} of document.files) {
      expect((statSync(join(out, path)).mode & 0o777).toString(8).padStart(4, '0')).toBe(mode);
    }
    expect(document.steps.map(({way}) => way)).toEqual(['either', 'with kubeadm', 'without kubeadm', 'either']);
    expectNoSecrets(readFileSync(join(out, 'README.md'), 'utf8'));
    expect(statSync(`${out}.tar`).mode & 0o777).toBe(0o600);
  });

  test.each([
    [['join', 'worker-1'], 'the token has to go into a file'],
    [['join', 'worker-1', '--bundle', 'demo', '--tar'], 'a tar is written beside the folder'],
    [['join', 'worker-1', '--bundle', 'demo'], 'a further one needs an address'],
    [['join', 'worker-1', '--bundle', 'demo', '--address', '10.0.0.29'], 'has to be made'],
    [['join', 'worker-1', '--bundle', 'demo', '--kubeconfig', 'x'], 'add --new-token'],
    [['join', 'worker-1', '--address', '10.0.0.29', '--out', 'w'], 'name the bundle of the cluster'],
    [['join', 'cp-1', '--bundle', 'demo'], 'cp-1 starts the cluster'],
    [['join', 'a b', '--out', 'w'], 'is no name of a node'],
  ])('%s is refused with what is missing', async (words, said) => {
    const {code, out, err} = await run(words);
    expect({code, out}).toEqual({code: 2, out: ''});
    expect(err).toContain(said);
  });
});
