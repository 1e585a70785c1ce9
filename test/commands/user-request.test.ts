import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {writeKubeconfig} from '../../src/kubeconfig/write-kubeconfig.ts';
import {Secret} from '../../src/base/secret.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import type {FakeAPI} from './fixtures/fake-api.ts';
import {fakeHost, type FakeHost} from '../helpers/fake-host.ts';
import {fakeKubectl, fakeKubectlOf, type FakeKubectl} from '../helpers/fake-kubectl.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {openssl} from '../helpers/openssl.ts';
import {runCommand, type RanCommand} from '../helpers/run-command.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** `certwright user --csr` against a certificates.k8s.io that answers as it is told. */

interface World {
  readonly folder: string;
  readonly kubectl: FakeKubectl;
  readonly host: (options?: Parameters<typeof fakeHost>[0]) => FakeHost;
  readonly run: (...words: readonly string[]) => Promise<RanCommand>;
  /** Changes how the API answers. */
  readonly set: (changes: Partial<FakeAPI>) => void;
  /** The request that the API has, as it was made. */
  readonly stored: () => {readonly metadata?: {readonly name: string}; readonly spec?: Record<string, unknown>};
}

const asked = ['user', 'jane', '--csr', '--kubeconfig', 'cluster.conf'];
const approved = [...asked, '--approve', '--yes'];

function world(
  api: Partial<FakeAPI> = {},
  key: readonly string[] = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
): World {
  const [folder, state] = [temporaryFolder(), temporaryFolder()];
  const certificate = authority(state, 'ca', key);
  const set = (changes: Partial<FakeAPI>): void => {
    const all = {minor: 36, certificate, key: join(state, 'ca.key'), signer: 'signs', ...api, ...changes};
    writeFileSync(join(state, 'api.json'), JSON.stringify(all));
  };
  set({});
  writeFileSync(
    join(folder, 'cluster.conf'),
    writeKubeconfig({
      clusterName: 'demo',
      server: 'https://10.0.0.11:6443',
      certificateAuthority: certificate,
      tlsServerName: 'api.demo.test',
      user: 'admin',
      contextName: 'admin@demo',
      credential: {kind: 'token', token: new Secret('t')},
    }),
  );
  const kubectl = fakeKubectlOf(new URL('./fixtures/fake-api.ts', import.meta.url).pathname, state);
  const host: World['host'] = ({environment = {}, ...options} = {}) => ({
    ...fakeHost({cwd: folder, environment: {PATH: kubectl.path, ...environment}, ...options}),
    now: () => new Date(),
  });
  return {
    folder,
    kubectl,
    host,
    set,
    run: async (...words) => {
      const ran = await runCommand(words, host());
      expectNoSecrets(ran.out + ran.err);
      return ran;
    },
    stored: () => JSON.parse(readFileSync(join(state, 'request.json'), 'utf8')) as ReturnType<World['stored']>,
  };
}

function authority(folder: string, name: string, key: readonly string[]): string {
  const path = join(folder, `${name}.crt`);
  openssl([
    'req',
    '-x509',
    ...key,
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-days',
    '99',
    '-keyout',
    join(folder, `${name}.key`),
    '-out',
    path,
  ]);
  return readFileSync(path, 'utf8');
}

function files({folder}: World): readonly string[] {
  return readdirSync(folder).filter((name) => name !== 'cluster.conf');
}

describe('a certificate through certificates.k8s.io', () => {
  test.each([
    ['RSA', ['-newkey', 'rsa:2048'], 'RSA PRIVATE KEY'],
    ['ECDSA', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'EC PRIVATE KEY'],
  ])('is asked for, approved, fetched, checked and put into a kubeconfig: %s', async (_, key, label) => {
    const {run, folder, kubectl, stored, ...rest} = world({}, key);
    const ran = await run(...approved, '--group', 'developers', '--validity', '90d');
    expect(ran.code, ran.err).toBe(0);
    expect(ran.err.replaceAll(/[0-9a-f]{12}/g, 'HASH').split('\n')).toEqual([
      `key made: ${folder}/jane.conf.key (0600); it waits there until the kubeconfig takes it`,
      'request certwright-jane-HASH made, as admin',
      'request certwright-jane-HASH approved',
      'request certwright-jane-HASH signed',
      'request certwright-jane-HASH removed: it has done its work',
      '',
    ]);
    expect(files({folder, run, kubectl, stored, ...rest})).toEqual(['jane.conf']);
    expect(statSync(join(folder, 'jane.conf')).mode & 0o7777).toBe(0o600);
    const {users, clusters, currentContext} = readKubeconfig(readFileSync(join(folder, 'jane.conf'), 'utf8'));
    expect(currentContext).toBe('jane@demo');
    expect(clusters).toMatchObject([{name: 'demo', server: 'https://10.0.0.11:6443', tlsServerName: 'api.demo.test'}]);
    const [user] = users;
    expect(user?.key?.kind === 'embedded' ? user.key.secret.reveal() : '').toContain(label);
    const pem = user?.certificate?.kind === 'embedded' ? user.certificate.certificates.join('') : '';
    expect(openssl(['x509', '-noout', '-subject'], pem)).toMatch(/O ?= ?developers, CN ?= ?jane/);
    for (const call of kubectl.calls()) expect(call).toMatch(`--kubeconfig=${folder}/cluster.conf --request-timeout=`);
  });

  test.each([
    [36, {expirationSeconds: 7_776_000}],
    [22, {expirationSeconds: 7_776_000}],
    [21, {}],
  ])('says to an API server 1.%i how long it is to live only where that is known', async (minor, said) => {
    const {run, stored} = world({minor});
    const ran = await run(...asked, '--validity', '90d');
    expect(ran.err.includes('--validity is not sent')).toBe(minor < 22);
    const {request, username, groups, ...spec} = stored().spec ?? {};
    expect(Buffer.from(String(request), 'base64').toString()).toContain('BEGIN CERTIFICATE REQUEST');
    expect({username, groups}).not.toEqual({});
    expect(spec).toEqual({signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'], ...said});
  });

  test('waits for an approval elsewhere: it says the commands, and the same command goes on with the same key', async () => {
    const at = world();
    const first = await at.run(...asked, '--group', 'a b');
    expect(first.code).toBe(1);
    const name = at.stored().metadata?.name ?? '';
    expect(first.err).toContain(`the request ${name} waits for somebody to approve it`);
    expect(first.err).toContain(`kubectl certificate approve ${name}`);
    const again = `certwright user jane --group 'a b' --csr --kubeconfig ${at.folder}/cluster.conf --out jane.conf`;
    expect(first.err).toContain(again);
    expect(files(at)).toEqual(['jane.conf.key']);
    expect(statSync(join(at.folder, 'jane.conf.key')).mode & 0o7777).toBe(0o600);
    const key = readFileSync(join(at.folder, 'jane.conf.key'), 'utf8');

    const second = await at.run(...approved, '--group', 'a b');
    expect(second.code, second.err).toBe(0);
    expect(second.err).toContain(`request ${name} is there, made by admin`);
    expect(files(at)).toEqual(['jane.conf']);
    expect(readFileSync(join(at.folder, 'jane.conf'), 'utf8')).toContain(Buffer.from(key).toString('base64'));
  });

  test('is not gone on with for somebody else', async () => {
    const at = world();
    await at.run(...asked);
    const ran = await at.run(...approved, '--group', 'more');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('made with this key, is for CN=jane');
    expect(files(at)).toEqual(['jane.conf.key']);
  });

  test('that nobody signs is given up after a while, and can be gone on with', async () => {
    const at = world({signer: 'sleeps'});
    const ran = await at.run(...approved, '--wait', '1s');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('is approved, and nobody has signed it within 1s');
    expect(ran.err).toContain('--cluster-signing-cert-file');
    expect(files(at)).toEqual(['jane.conf.key']);
    at.set({signer: 'signs'});
    expect((await at.run(...asked)).code).toBe(0);
  });

  test('that is interrupted leaves the key by its name, and can be gone on with', async () => {
    const at = world({signer: 'sleeps'});
    const stop = new AbortController();
    const host = at.host({signal: stop.signal});
    const running = runCommand(approved, host);
    await expect.poll(() => host.err(), {timeout: 20_000}).toContain('waiting for the cluster to sign it');
    stop.abort();
    expect((await running).code).toBe(130);
    expect(files(at)).toEqual(['jane.conf.key']);
    at.set({signer: 'signs'});
    expect((await at.run(...asked)).code).toBe(0);
  });

  test('that the signer refuses is told with its reason; the key is gone, the next run asks anew', async () => {
    const at = world({signer: 'fails'});
    const ran = await at.run(...approved);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('the signer refuses it: SignerValidationFailure: not like this');
    expect(files(at)).toEqual([]);
    at.set({signer: 'signs'});
    expect((await at.run(...approved)).code).toBe(0);
  });

  test.each([
    ['signs-another-key', 'does not belong to this certificate'],
    ['signs-another-name', 'is for CN=somebody, not for CN=jane'],
  ] as const)('that is not what was asked is not used: %s', async (signer, message) => {
    const at = world({signer});
    const ran = await at.run(...approved);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(message);
    expect(ran.err).toContain('to start over: kubectl delete csr');
    expect(existsSync(join(at.folder, 'jane.conf'))).toBe(false);
  });

  test('of another CA is used where the API server says that it verifies clients with that one, and only there', async () => {
    const at = world();
    const folder = temporaryFolder();
    const certificate = authority(folder, 'clients', ['-newkey', 'rsa:2048']);
    const other = {certificate, key: join(folder, 'clients.key')};
    at.set(other);
    const refused = await at.run(...approved);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/is signed by CN=clients, another key, not by the cluster's CA/);
    at.set({...other, clients: certificate});
    const ran = await at.run(...asked);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain('Signed by CN=clients.');
  });

  test('that the API refuses leaves nothing', async () => {
    const at = world({
      refuses: '(Forbidden): error when creating "STDIN": certificatesigningrequests is forbidden: no',
    });
    const ran = await at.run(...approved);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('certificatesigningrequests is forbidden: no');
    expect(files(at)).toEqual([]);
  });

  test('that may not be approved with this kubeconfig says who could, and keeps the key', async () => {
    const at = world({refusesApproval: '(Forbidden): user not permitted to approve requests with signerName'});
    const ran = await at.run(...approved);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('user not permitted to approve requests with signerName');
    expect(ran.err).toContain('kubectl certificate approve certwright-jane-');
    expect(files(at)).toEqual(['jane.conf.key']);
  });

  test('whose request may be there, though kubectl printed rubbish, is gone on with', async () => {
    const at = world({garbles: 'certificatesigningrequest created\n'});
    const ran = await at.run(...approved);
    expect(ran.err).toContain('kubectl create --filename=- printed something that is not JSON');
    expect(files(at)).toEqual(['jane.conf.key']);
    expect((await at.run(...approved)).code).toBe(0);
  });

  test('is not asked for where the kubeconfig cannot be written, the cluster not reached, or a key was exposed', async () => {
    const at = world();
    writeFileSync(join(at.folder, 'jane.conf'), 'mine');
    expect((await at.run(...approved)).err).toContain('jane.conf is there already, and it stays as it is');
    expect(at.kubectl.calls()).toEqual([]);
    writeFileSync(join(at.folder, 'joe.conf.key'), 'a key', {mode: 0o644});
    const joe = await at.run('user', 'joe', '--csr', '--kubeconfig', 'cluster.conf');
    expect(joe.err).toContain('others than its owner can read');
    const {path} = fakeKubectl([
      {when: 'get', err: 'Unable to connect to the server: dial tcp: no route to host', exit: 1},
    ]);
    const lost = await runCommand(
      ['user', 'jim', '--csr', '--kubeconfig', 'cluster.conf'],
      at.host({environment: {PATH: path}}),
    );
    expect(lost.err).toContain('Unable to connect to the server');
    expect(files(at).toSorted()).toEqual(['jane.conf', 'joe.conf.key']);
  });

  test('is approved after somebody has said yes, and left after a no', async () => {
    const at = world();
    for (const [answer, code] of [
      ['no', 1],
      ['yes', 0],
    ] as const) {
      const host = at.host({terminal: true, environment: {ACCESSIBLE: '1'}});
      const running = runCommand(asked, host);
      await expect.poll(() => host.out(), {timeout: 20_000}).toContain('Approve it now, with this kubeconfig?');
      expect(host.out()).toMatch(/certwright-jane-[0-9a-f]{12}: CN=jane, asked by admin\./);
      host.stdin.push(`${answer}\n`);
      expect((await running).code).toBe(code);
    }
    expect(files(at)).toEqual(['jane.conf']);
  });
});

test('the kubeconfig is the one that kubectl would take, and several are not guessed between', async () => {
  const at = world();
  const words = ['user', 'jane', '--csr'];
  const path = {PATH: at.kubectl.path};
  const several = await runCommand(words, at.host({environment: {...path, KUBECONFIG: '/a:/b'}}));
  expect(several).toMatchObject({code: 2, err: expect.stringContaining('KUBECONFIG names several files: /a, /b')});
  const one = await runCommand(words, at.host({environment: {...path, KUBECONFIG: 'cluster.conf'}}));
  expect(one.err).toContain('waits for somebody to approve it');
  expect(at.kubectl.calls()[0]).toContain(`--kubeconfig=${at.folder}/cluster.conf`);
});
