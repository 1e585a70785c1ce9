import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {Bundle} from '../helpers/bundle.ts';
import {fakeHost, type FakeHost} from '../helpers/fake-host.ts';
import {layKubeadmFixture} from '../helpers/kubeadm-fixture.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {openssl} from '../helpers/openssl.ts';
import {presetPlan} from '../helpers/presets.ts';
import {runCommand, type RanCommand} from '../helpers/run-command.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {writePlan} from '../../src/config/write-plan.ts';

/** `certwright user` with a CA that is here. */

const now = () => new Date();
const quick = 'keys.algorithm=ECDSA-P256';

async function run(cwd: string, ...words: readonly string[]): Promise<RanCommand> {
  const ran = await runCommand(['user', ...words], {...fakeHost({cwd}), now});
  expectNoSecrets(ran.out + ran.err);
  return ran;
}

/** Answers each question once it is asked. */
async function answered(host: FakeHost, words: readonly string[], answers: readonly (readonly [string, string])[]) {
  const running = runCommand(words, host);
  let from = 0;
  for (const [question, answer] of answers) {
    await expect.poll(() => host.out().indexOf(question, from), {timeout: 20_000}).toBeGreaterThan(-1);
    from = host.out().indexOf(question, from) + question.length;
    host.stdin.push(`${answer}\n`);
  }
  return running;
}

const terminal = (cwd: string): FakeHost => ({...fakeHost({cwd, terminal: true, environment: {ACCESSIBLE: '1'}}), now});

async function bundleOf(preset: string, ...sets: readonly string[]): Promise<Bundle> {
  const plan = presetPlan(preset, quick, ...sets);
  const bundle = await Bundle.of(plan);
  writeFileSync(bundle.path('plan.yaml'), writePlan(plan));
  return bundle;
}

interface Made {
  readonly certificates: readonly string[];
  readonly key: string;
  readonly authorities: readonly string[];
  readonly server: string | undefined;
  readonly context: string | undefined;
}

function made(path: string): Made {
  expect(statSync(path).mode & 0o7777).toBe(0o600);
  const {users, clusters, currentContext, problems} = readKubeconfig(readFileSync(path, 'utf8'));
  expect(problems).toEqual([]);
  const [[user], [cluster]] = [users, clusters];
  const {certificateAuthority} = cluster ?? expect.fail('no cluster');
  return {
    certificates: user?.certificate?.kind === 'embedded' ? user.certificate.certificates : [],
    key: user?.key?.kind === 'embedded' ? user.key.secret.reveal() : '',
    authorities: certificateAuthority?.kind === 'embedded' ? certificateAuthority.certificates : [],
    server: cluster?.server,
    context: currentContext,
  };
}

function verify(authority: string, {certificates, key}: Made): void {
  const pem = certificates[0] ?? '';
  const strict = ['-partial_chain', '-x509_strict', '-purpose', 'sslclient', '-CAfile', authority];
  expect(openssl(['verify', ...strict], pem)).toContain('OK');
  expect(openssl(['pkey', '-pubout'], key)).toBe(openssl(['x509', '-pubkey', '-noout'], pem));
}

function subjectOf({certificates}: Made): string {
  return openssl(['x509', '-noout', '-subject', '-nameopt', 'RFC2253'], certificates[0]);
}

function endOf({certificates}: {readonly certificates: readonly string[]}): string {
  return openssl(['x509', '-noout', '-enddate'], certificates[0]);
}

describe('a person signed by the CA of a bundle', () => {
  const closing = closeAfterAll();
  let bundle: Bundle;

  beforeAll(async () => {
    bundle = closing(await bundleOf('kubeadm-single'));
  });

  test('gets a kubeconfig for their eyes only, and hears what it is good for', async () => {
    const folder = temporaryFolder();
    const words = ['jane', '--group', 'developers', '--group', 'kubeadm:cluster-admins', '--bundle', bundle.folder];
    const ran = await run(folder, ...words, '--validity', '90d');
    expect(ran.code, ran.err).toBe(0);
    const kubeconfig = made(join(folder, 'jane.conf'));
    verify(bundle.path('authorities/kubernetes-ca.crt'), kubeconfig);
    expect(subjectOf(kubeconfig)).toBe('subject=CN=jane,O=kubeadm:cluster-admins+O=developers\n');
    expect(kubeconfig).toMatchObject({server: 'https://10.0.0.11:6443', context: 'jane@demo'});
    expect(kubeconfig.key).toContain('EC PRIVATE KEY');
    const ends = new Date(now().getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
    expect(ran.out.split('\n')).toEqual([
      expect.stringMatching(
        `^jane\\.conf lets jane in at https://10\\.0\\.0\\.11:6443 until ${ends} \\d\\d:\\d\\d UTC\\.$`,
      ),
      'Signed by kubernetes-ca.',
      '',
      'Group developers: nothing, until a role is bound to it.',
      'Group kubeadm:cluster-admins: cluster-admin, as long as the ClusterRoleBinding kubeadm:cluster-admins exists.',
      'Rights come from a binding. To let everybody in developers look at all but Secrets, an administrator runs:',
      '  kubectl create clusterrolebinding developers-view --clusterrole=view --group=developers',
      'For one namespace: rolebinding instead of clusterrolebinding, with --namespace.',
      '',
      'A client certificate cannot be revoked: until it ends, whoever holds this file is jane.',
      'Taking the bindings away takes the rights away; a shorter --validity limits the rest.',
      '',
      'See what it may do: kubectl --kubeconfig jane.conf auth can-i --list',
      '',
    ]);
    expect(ran.err).toContain('warning: kubeadm:cluster-admins is cluster-admin for as long as its binding exists');
  });

  test('ends with its CA at the latest, and that is said', async () => {
    const folder = temporaryFolder();
    const ran = await run(folder, 'jane', '--bundle', bundle.folder, '--validity', '30y');
    expect(ran.out).toContain('it ends with that CA, earlier than was asked');
    const ca = endOf({certificates: [await bundle.read('authorities/kubernetes-ca.crt')]});
    const seconds = (text: string) => Date.parse(text.replace('notAfter=', '')) / 1000;
    const early = seconds(ca) - seconds(endOf(made(join(folder, 'jane.conf'))));
    expect(early).toBeGreaterThanOrEqual(0);
    expect(early).toBeLessThan(2);
  });

  test('gets nothing where something lies already, and nothing is left of the attempt', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mine.conf'), 'mine');
    const ran = await run(folder, 'jane', '--bundle', bundle.folder, '--out', 'mine.conf');
    expect(ran).toMatchObject({
      code: 1,
      err: expect.stringContaining('mine.conf is there already, and it stays as it is'),
    });
    expect(readFileSync(join(folder, 'mine.conf'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['mine.conf']);
  });

  test.each([
    ['', 'the user has no name'],
    ['a/b', 'cannot name a user here'],
    ['a\nb', 'cannot name a user here'],
    ['../a', 'cannot name a user here'],
    ['-a b', 'cannot name a user here'],
    ['system:node:cp-1', "names that begin with system: are Kubernetes' own"],
    ['kube-apiserver-kubelet-client', "is one of the cluster's own clients"],
    ['front-proxy-client', "is one of the cluster's own clients"],
    ['a'.repeat(65), 'the name has 65 characters, RFC 5280 allows 64'],
  ])('is not called %j', async (name, message) => {
    const folder = temporaryFolder();
    const ran = await run(folder, '--bundle', bundle.folder, '--', name);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is told at once of all that is wrong or missing', async () => {
    const ran = await run('/', '--group', '', '--validity', 'soon', '--wait', '5m', '--yes');
    expect(ran.code).toBe(2);
    for (const place of ['NAME', '--bundle, --root or --csr', '--validity', '--wait', '--yes']) {
      expect(ran.err).toContain(`\n  ${place}\n`);
    }
    const wrong = await run(
      '/',
      'jane',
      '--csr',
      '--approve',
      '--key',
      'ca.key',
      '--validity',
      '5m',
      '--group',
      'a\tb',
    );
    expect(wrong.code).toBe(2);
    for (const place of ['--group', '--key', '--validity', '--yes']) expect(wrong.err).toContain(`\n  ${place}\n`);
  });

  test('is asked for where somebody is there to answer', async () => {
    const folder = temporaryFolder();
    const host = terminal(folder);
    const ran = await answered(
      host,
      ['user'],
      [
        ['Name', 'system:me'],
        ['reserved', 'jane'],
        ['Groups', 'developers, testers'],
        ['Signed by', '2'],
        ["The bundle's folder", bundle.folder],
      ],
    );
    expect(ran.code, ran.err).toBe(0);
    expect(subjectOf(made(join(folder, 'jane.conf')))).toBe('subject=CN=jane,O=developers+O=testers\n');
  });

  describe('for system:masters', () => {
    const asked = ['root-jane', '--group', 'system:masters'];

    test('is refused without a person who confirms it, unless the option that is named for it is given', async () => {
      const folder = temporaryFolder();
      const refused = await run(folder, ...asked, '--bundle', bundle.folder);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain('add --allow-system-masters');
      const ran = await run(folder, ...asked, '--bundle', bundle.folder, '--allow-system-masters');
      expect(ran.code, ran.err).toBe(0);
      expect(ran.out).toContain('Group system:masters: does everything, past RBAC');
      expect(ran.out).not.toContain('clusterrolebinding');
      expect(subjectOf(made(join(folder, 'root-jane.conf')))).toContain('O=system:masters');
    });

    test('is signed once its name is typed, and not for anything less', async () => {
      const folder = temporaryFolder();
      const words = ['user', ...asked, '--bundle', bundle.folder];
      const host = terminal(folder);
      const ran = await answered(host, words, [
        ['Type system:masters to go on', 'yes'],
        ['that is another text', 'system:masters'],
      ]);
      expect(ran.code, ran.err).toBe(0);
      const back = await answered(terminal(temporaryFolder()), words, [['Type system:masters to go on', '<']]);
      expect(back).toMatchObject({code: 1, err: expect.stringContaining('nothing was signed')});
    });
  });

  test('needs the CA key: it is looked for, can lie elsewhere, and the way without it is named', async () => {
    const own = closing(await bundleOf('one-ca'));
    const folder = temporaryFolder();
    const elsewhere = join(folder, 'vault.key');
    renameSync(own.path('authorities/kubernetes-ca.key'), elsewhere);
    const absent = await run(folder, 'jane', '--bundle', own.folder);
    expect(absent.code).toBe(1);
    expect(absent.err).toContain(
      `the key of kubernetes-ca is not here: there is no ${own.folder}/authorities/kubernetes-ca.key`,
    );
    expect(absent.err).toContain('--csr');
    const other = await run(
      folder,
      'jane',
      '--bundle',
      own.folder,
      '--key',
      bundle.path('authorities/kubernetes-ca.key'),
    );
    expect(other.err).toContain('is not the key of kubernetes-ca');
    expect(readdirSync(folder)).toEqual(['vault.key']);
    expect((await run(folder, 'jane', '--bundle', own.folder, '--key', 'vault.key')).code).toBe(0);

    const words = ['-topk8', '-v2', 'aes-256-cbc', '-in', elsewhere, '-out', own.path('authorities/kubernetes-ca.key')];
    openssl(['pkcs8', ...words, '-passout', 'pass:open sesame']);
    writeFileSync(join(folder, 'passphrase'), 'open sesame\n');
    const asked = ['joe', '--bundle', own.folder];
    expect((await run(folder, ...asked)).err).toContain('--passphrase-file FILE or --passphrase-env NAME');
    expect((await run(folder, ...asked, '--passphrase-env', 'NONE')).err).toContain(
      'the environment variable NONE is not set',
    );
    expect((await run(folder, ...asked, '--passphrase-file', 'vault.key')).err).toContain(
      'the passphrase does not open',
    );
    const opened = await run(folder, ...asked, '--passphrase-file', 'passphrase');
    expect(opened.code, opened.err).toBe(0);
    expectNoSecrets(opened.out + opened.err, ['open sesame']);
    const environment = {SESAME: 'open sesame'};
    const byName = {...fakeHost({cwd: folder, environment}), now};
    expect((await runCommand(['user', 'jim', '--bundle', own.folder, '--passphrase-env', 'SESAME'], byName)).code).toBe(
      0,
    );
    // A passphrase that cannot be hidden while it is typed is not asked for.
    const unhidden = await runCommand(['user', 'june', '--bundle', own.folder], terminal(folder));
    expect(unhidden).toMatchObject({code: 1, err: expect.stringContaining('passphrase')});
  });

  test('verifies the API server with the intermediate and its root, and shows the bare leaf', async () => {
    const own = closing(await bundleOf('offline-root'));
    const folder = temporaryFolder();
    expect((await run(folder, 'jane', '--bundle', own.folder)).code).toBe(0);
    const kubeconfig = made(join(folder, 'jane.conf'));
    expect(kubeconfig.certificates).toHaveLength(1);
    expect(kubeconfig.authorities.join('')).toBe(
      (await own.read('authorities/kubernetes-ca.crt')) + (await own.read('authorities/root-ca.crt')),
    );
    verify(own.path('authorities/kubernetes-ca.crt'), kubeconfig);
  });

  test('is signed by the CA that the plan gives to people', async () => {
    const own = closing(await bundleOf('kubeadm-single', 'trust.assign=user people-ca'));
    const folder = temporaryFolder();
    const ran = await run(folder, 'jane', '--bundle', own.folder);
    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toContain('Signed by people-ca.');
    verify(own.path('authorities/people-ca.crt'), made(join(folder, 'jane.conf')));
    const clients = await own.flag('cp-1', 'kube-apiserver', '--client-ca-file');
    expect(readFileSync(own.rootfs('cp-1') + clients, 'utf8')).toContain(await own.read('authorities/people-ca.crt'));
  });
});

describe('a person signed on a node', () => {
  test('has the cluster from the admin kubeconfig that kubeadm wrote', async () => {
    const [root, folder] = [temporaryFolder(), temporaryFolder()];
    layKubeadmFixture(root);
    const ran = await run(folder, 'jane', '--root', root);
    expect(ran).toMatchObject({code: 0, err: ''});
    const kubeconfig = made(join(folder, 'jane.conf'));
    verify(join(root, 'etc/kubernetes/pki/ca.crt'), kubeconfig);
    const admin = made(join(root, 'etc/kubernetes/admin.conf'));
    expect(kubeconfig).toMatchObject({server: admin.server, authorities: admin.authorities});
    expect(kubeconfig.key).toContain('RSA PRIVATE KEY');
    expect(kubeconfig.context).toBe('jane@demo');
    expect(ran.out).toContain(`Signed by ${root}/etc/kubernetes/pki/ca.crt.`);
  });

  test.each(['the-hard-way', 'minikube', 'one-ca'])('is found in the layout of %s', async (preset) => {
    await using bundle = await bundleOf(preset);
    const [node = ''] = bundle.blueprint.nodes.map(({name}) => name);
    const folder = temporaryFolder();
    const ran = await run(folder, 'jane', '--root', bundle.rootfs(node));
    expect(ran).toMatchObject({code: 0, err: ''});
    verify(bundle.path('authorities/kubernetes-ca.crt'), made(join(folder, 'jane.conf')));
  });

  test('is signed by the certificate that belongs to the key while a CA is replaced', async () => {
    const [root, folder] = [temporaryFolder(), temporaryFolder()];
    layKubeadmFixture(root);
    const path = join(root, 'etc/kubernetes/pki/ca.crt');
    const own = readFileSync(path, 'utf8');
    const other = openssl([
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      '/dev/null',
      '-subj',
      '/CN=old',
    ]);
    writeFileSync(path, other + own);
    expect((await run(folder, 'jane', '--root', root)).code).toBe(0);
    writeFileSync(join(folder, 'own.crt'), own);
    verify(join(folder, 'own.crt'), made(join(folder, 'jane.conf')));
  });

  test('is told what is missing: the CA, its key, or a kubeconfig', async () => {
    const [root, folder] = [temporaryFolder(), temporaryFolder()];
    const empty = await run(folder, 'jane', '--root', root);
    expect(empty.code).toBe(1);
    expect(empty.err).toContain(`there is no cluster CA under ${root}: looked for ${root}/etc/kubernetes/pki/ca.crt`);
    layKubeadmFixture(root);
    rmSync(join(root, 'etc/kubernetes/pki/ca.key'));
    expect((await run(folder, 'jane', '--root', root)).err).toContain(`there is no ${root}/etc/kubernetes/pki/ca.key`);
    layKubeadmFixture(root);
    rmSync(join(root, 'etc/kubernetes/admin.conf'));
    expect((await run(folder, 'jane', '--root', root)).code).toBe(0);
    rmSync(join(root, 'etc/kubernetes/super-admin.conf'));
    expect((await run(folder, 'joe', '--root', root)).err).toContain(
      'name a kubeconfig of the cluster: --kubeconfig FILE',
    );
    expect(readdirSync(folder)).toEqual(['jane.conf']);
  });

  test('is not signed by a CA that has ended', async () => {
    const [root, folder] = [temporaryFolder(), temporaryFolder()];
    layKubeadmFixture(root);
    const late = {...fakeHost({cwd: folder}), now: () => new Date('2050-01-01T00:00:00Z')};
    const ran = await runCommand(['user', 'jane', '--root', root], late);
    expect(ran).toMatchObject({code: 1, err: expect.stringMatching(/ca\.crt ended on 20\d\d-/)});
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that has two layouts is signed by the CA of its administrator', async () => {
    const [root, folder] = [temporaryFolder(), temporaryFolder()];
    layKubeadmFixture(root);
    const place = join(root, 'var/lib/minikube/certs');
    mkdirSync(place, {recursive: true});
    openssl([
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=minikubeCA',
      '-keyout',
      join(place, 'ca.key'),
      '-out',
      join(place, 'ca.crt'),
    ]);
    const ran = await run(folder, 'jane', '--root', root);
    expect(ran.out, ran.err).toContain(`Signed by ${root}/etc/kubernetes/pki/ca.crt.`);
  });
});
