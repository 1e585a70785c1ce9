import {readFile, stat, writeFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {beforeAll, expect, test} from 'vitest';
import {parse} from 'yaml';
import {readToken} from '../../src/base/bootstrap-token.ts';
import {writePlan} from '../../src/config/write-plan.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {startControlPlane, type ControlPlane} from '../helpers/control-plane.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import {describeReal} from '../helpers/real.ts';

/** Bootstrap tokens by real kubeadm 1.20 on a control plane that was started from a bundle. */

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

interface Created {
  readonly id: string;
  readonly token: string;
  readonly expires: string | null;
  readonly joinCommand: string | null;
  readonly checks: readonly {readonly check: string; readonly ok: boolean}[];
}

describeReal('bootstrap tokens through kubeadm', (programs) => {
  const closing = closeAfterAll();
  let cluster: RealCluster;
  let plane: ControlPlane;

  beforeAll(async () => {
    cluster = closing(await RealCluster.of(presetPlan('kubeadm-single', 'cluster.kubernetesVersion=1.20'), programs));
    await writeFile(cluster.bundle.path('plan.yaml'), writePlan(cluster.plan));
    plane = await startControlPlane(cluster);
  }, 300_000);

  /** Runs Certwright on the control-plane node, where kubeadm is. */
  async function certwright(...words: readonly string[]) {
    const machine = await cluster.machine(plane.node);
    const environment = {PATH: `${programs.folder}:${process.env.PATH ?? ''}`, HOME: cluster.bundle.beside('home')};
    return machine.attempt(process.execPath, [main, ...words], {environment});
  }

  async function create(...words: readonly string[]): Promise<Created> {
    const {exitCode, stdout, stderr} = await certwright('token', 'create', '--output=json', ...words);
    expect({exitCode, stderr}).toMatchObject({exitCode: 0});
    expectNoSecrets(stderr);
    return JSON.parse(stdout) as Created;
  }

  test('a join line is refused while there is no cluster-info, and says what to do', {timeout: 180_000}, async () => {
    const {exitCode, stdout, stderr} = await certwright('token', 'create', '--print-join-command');
    expect({exitCode, stdout}).toEqual({exitCode: 1, stdout: ''});
    expect(stderr).toContain('$ kubeadm token create --ttl=24h');
    expect(stderr).toContain('cluster-info is not to be read without a credential (HTTP 403)');
    expect(stderr).toContain('apply bootstrap/cluster-info.yaml of the bundle');
    expectNoSecrets(stderr);
    await plane.kubectl('apply', '-f', cluster.bundle.path('bootstrap/rbac.yaml'));
    await plane.kubectl('apply', '-f', cluster.bundle.path('bootstrap/cluster-info.yaml'));
  });

  test('is made, listed without its secret half, and deleted', {timeout: 180_000}, async () => {
    const made = await certwright('token', 'create', '--ttl=2h', '--description=for "worker 9"');
    expect(made.exitCode, made.stderr).toBe(0);
    expect(readToken(made.stdout.trim())).toBeDefined();
    expect(made.stderr).toContain(`'--description=for "worker 9"'`);
    expectNoSecrets(made.stderr);
    const [id = ''] = made.stdout.split('.');

    const list = await certwright('token', 'list');
    expect(list.stdout).toMatch(
      new RegExp(`^${id}\\.\\*{16} +[12]h +authentication,signing +for "worker 9" +system:`, 'm'),
    );
    expectNoSecrets(list.stdout + list.stderr);
    const entries = JSON.parse((await certwright('token', 'list', '--reveal', '-o', 'json')).stdout) as Created[];
    expect(entries.find((entry) => entry.id === id)?.token).toBe(made.stdout.trim());

    const deleted = await certwright('token', 'delete', id);
    expect(deleted.exitCode, deleted.stderr).toBe(0);
    expect((await certwright('token', 'list')).stdout).not.toContain(id);
    const again = await certwright('token', 'delete', id);
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toContain(`secrets "bootstrap-token-${id}" not found`);
    expect(again.stderr).toContain('certwright token list says which there are');
  });

  test(
    'a join line is handed out once everything in it is checked, and kubeadm takes it',
    {timeout: 180_000},
    async () => {
      const {token, joinCommand, checks} = await create('--print-join-command');
      expect(checks.map(({check, ok}) => `${check} ${ok}`)).toEqual([
        'token true',
        'address true',
        'cluster-info true',
        'signature true',
        'pin true',
        'served true',
      ]);
      const [pin = ''] = /sha256:[0-9a-f]{64}/.exec(await cluster.bundle.read('bootstrap/join-command')) ?? [];
      expect(joinCommand).toBe(
        `kubeadm join ${cluster.bundle.blueprint.endpoint.host}:6443 --token ${token} --discovery-token-ca-cert-hash ${pin}`,
      );
    },
  );

  test('a token that is brought goes to kubeadm in a file, and never among its words', {timeout: 180_000}, async () => {
    const file = cluster.bundle.beside('token');
    await writeFile(file, 'brough.12345\n', {mode: 0o600});
    const refused = await certwright('token', 'create', `--token-file=${file}`);
    expect(refused.stderr).toContain('there is no token in');
    await writeFile(file, 'brough.1234567890123456\n', {mode: 0o600});
    const {id, token, expires} = await create(`--token-file=${file}`, '--ttl=0', '--print-join-command');
    expect({id, token, expires}).toEqual({id: 'brough', token: 'brough.1234567890123456', expires: null});
    const twice = await certwright('token', 'create', `--token-file=${file}`);
    expect(twice.stderr).toContain('a token with id "brough" already exists');
    expect(twice.stderr).toContain('certwright token delete ID');
    expectNoSecrets(twice.stderr, ['1234567890123456']);
  });

  test(
    'the line for a control-plane node comes with certificates that kubeadm has uploaded',
    {timeout: 180_000},
    async () => {
      const without = await certwright('token', 'create', '--certificate-key');
      expect(without.exitCode).toBe(1);
      expect(without.stderr).toContain('the cluster has no ConfigMap kubeadm-config');
      const made = await certwright('token', 'create', '--certificate-key', '--bundle', cluster.bundle.folder);
      expect(made.exitCode, made.stderr).toBe(0);
      const [, key = ''] = /--control-plane --certificate-key ([0-9a-f]{64})$/.exec(made.stdout) ?? [];
      expect(key).not.toBe('');
      expectNoSecrets(made.stderr, [key]);
      const {stdout} = await plane.kubectl('get', 'secret', 'kubeadm-certs', '--namespace=kube-system', '-o', 'json');
      const {data} = JSON.parse(stdout) as {readonly data: Readonly<Record<string, string>>};
      expect(Object.keys(data)).toEqual(expect.arrayContaining(['ca.crt', 'ca.key', 'sa.key', 'etcd-ca.key']));
    },
  );

  test('the Secret written offline is what kubeadm would make, field by field', {timeout: 180_000}, async () => {
    const file = cluster.bundle.beside('token');
    await writeFile(file, 'offlin.1234567890123456\n', {mode: 0o600});
    const settings = ['--ttl=3h', '--description=by hand'];
    const out = cluster.bundle.beside('offline');
    const prepared = await certwright(
      'token',
      'create',
      '--offline',
      '--bundle',
      cluster.bundle.folder,
      '--out',
      out,
      `--token-file=${file}`,
      ...settings,
    );
    expect(prepared.exitCode, prepared.stderr).toBe(0);
    expectNoSecrets(prepared.stdout + prepared.stderr);
    const admin = ['--kubeconfig', '/etc/kubernetes/admin.conf'];
    const dry = await cluster.run(
      plane.node,
      'kubeadm',
      'token',
      'create',
      'offlin.1234567890123456',
      '--dry-run',
      '--print-join-command',
      ...settings,
      ...admin,
    );
    const attached = dry.stdout.split('[dryrun] Attached object:\n')[1]?.split('\nkubeadm join')[0] ?? '';
    const theirs = parse(attached.replaceAll(/^\t/gm, '')) as Secret;
    const ours = parse(await readFile(`${out}/bootstrap/token-secret.yaml`, 'utf8')) as Secret;
    const [ourEnd, theirEnd] = [ours, theirs].map(({data}) =>
      Date.parse(Buffer.from(data['expiration'] ?? '', 'base64').toString()),
    );
    expect(Math.abs((ourEnd ?? 0) - (theirEnd ?? 0))).toBeLessThan(60_000);
    expect({...ours, data: {...ours.data, expiration: ''}}).toEqual({
      ...theirs,
      metadata: {name: theirs.metadata['name'], namespace: theirs.metadata['namespace']},
      data: {...theirs.data, expiration: ''},
    });
    const line = (text: string) => text.trim().split(/\s+/);
    expect(line(await readFile(`${out}/bootstrap/join-command`, 'utf8'))).toEqual(
      line(dry.stdout.split('\n').at(-1) ?? ''),
    );
    // What it says to do later works, and the line with it is as good as kubeadm's own.
    for (const name of ['token-secret', 'cluster-info'])
      await plane.kubectl('apply', '-f', `${out}/bootstrap/${name}.yaml`);
    const {stdout} = await certwright('token', 'list');
    expect(stdout).toMatch(/^offlin\.\*{16} +[23]h +authentication,signing +by hand/m);
  });

  test('kubeadm join takes the file for one node, and refuses it with another pin', {timeout: 180_000}, async () => {
    const out = cluster.bundle.beside('worker-9');
    const made = await certwright('join', 'worker-9', '--out', out);
    expect(made.exitCode, made.stderr).toBe(0);
    expect(made.stdout).toContain(
      `scp -p ${out}/nodes/worker-9/kubeadm-config.yaml worker-9:/root/kubeadm-config.yaml`,
    );
    expectNoSecrets(made.stdout + made.stderr);
    const config = `${out}/nodes/worker-9/kubeadm-config.yaml`;
    expect((await stat(config)).mode & 0o777).toBe(0o600);
    const init = cluster.bundle.path(`nodes/${plane.node}/kubeadm-config.yaml`);
    const admin = ['--kubeconfig', '/etc/kubernetes/admin.conf'];
    await cluster.run(plane.node, 'kubeadm', 'init', 'phase', 'upload-config', 'kubeadm', '--config', init, ...admin);
    // The phase for this one waits until the first node is registered, and here is no kubelet.
    const kubelet = 'kubelet=apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n';
    const names = ['kubelet-config-1.20', '--namespace=kube-system', `--from-literal=${kubelet}`];
    await plane.kubectl('create', 'configmap', ...names);
    // As far as to what it reads in the cluster with the token: this is not a machine to run a kubelet on.
    const words = ['join', 'phase', 'preflight', '--ignore-preflight-errors=all', '--config'];
    const joined = await cluster.attempt(plane.node, 'kubeadm', ...words, config);
    expect(joined.exitCode, joined.stderr).toBe(0);
    expect(joined.stdout).toContain('[preflight] Reading configuration from the cluster');
    const wrong = cluster.bundle.beside('wrong-pin.yaml');
    const text = await readFile(config, 'utf8');
    await writeFile(wrong, text.replace(/sha256:[0-9a-f]{64}/, `sha256:${'0'.repeat(64)}`), {mode: 0o600});
    const refused = await cluster.attempt(plane.node, 'kubeadm', ...words, wrong);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toMatch(/none of the public keys .* are pinned/);
  });

  test('a node of a bundle gets a token that kubeadm has just made', {timeout: 180_000}, async () => {
    const out = cluster.bundle.beside('fresh');
    const words = ['join', 'worker-9', '--bundle', cluster.bundle.folder, '--address', '10.0.0.29', '--out', out];
    const made = await certwright(...words, '--new-token', '-o', 'json');
    expect(made.exitCode, made.stderr).toBe(0);
    expectNoSecrets(made.stdout + made.stderr);
    const {token} = JSON.parse(made.stdout) as {readonly token: {readonly token: string}};
    const [id = ''] = token.token.split('.');
    const bootstrap = `${out}/nodes/worker-9/rootfs/etc/kubernetes/bootstrap-kubelet.conf`;
    expect(await readFile(bootstrap, 'utf8')).toContain(`${id}.`);
    expect(await cluster.bundle.read('bootstrap/bootstrap-kubelet.conf')).not.toContain(`${id}.`);
    const asked = ['--kubeconfig', bootstrap, 'get', '--raw', '/who-am-i'];
    const {stderr} = await cluster.attempt(plane.node, 'kubectl', ...asked);
    expect(stderr).toContain(`User "system:bootstrap:${id}" cannot get path "/who-am-i"`);
  });

  test('the bindings of the bundle are those that kubeadm makes', {timeout: 180_000}, async () => {
    const kinds = 'clusterroles,clusterrolebindings,roles,rolebindings';
    const bindings = async () => {
      const {stdout} = await plane.kubectl('get', kinds, '--all-namespaces', '--output=json');
      const {items} = JSON.parse(stdout) as {readonly items: readonly Binding[]};
      const kubeadms = items.filter(({metadata}) => metadata.name.startsWith('kubeadm:'));
      return new Map(
        kubeadms.map(({kind, metadata: {name, namespace = ''}, rules, roleRef, subjects}) => [
          `${kind} ${namespace}/${name}`,
          {rules, roleRef, subjects},
        ]),
      );
    };
    const ours = await bindings();
    expect(ours.size).toBeGreaterThan(10);
    const init = ['--config', cluster.bundle.path(`nodes/${plane.node}/kubeadm-config.yaml`)];
    const admin = ['--kubeconfig', '/etc/kubernetes/admin.conf'];
    for (const phase of [
      ['bootstrap-token', '--skip-token-print'],
      ['upload-config', 'kubeadm'],
    ]) {
      await cluster.run(plane.node, 'kubeadm', 'init', 'phase', ...phase, ...init, ...admin);
    }
    // It writes over what is there: a difference would be one afterwards.
    expect(await bindings()).toEqual(ours);
  });

  test('a cluster-info that somebody has changed is found out', {timeout: 180_000}, async () => {
    const stranger = await readFile(cluster.bundle.path('authorities/etcd-ca.crt'), 'base64');
    const before = (await plane.kubectl('get', 'configmap', 'cluster-info', '--namespace=kube-public', '-o', 'json'))
      .stdout;
    const {data} = JSON.parse(before) as {readonly data: Readonly<Record<string, string>>};
    const kubeconfig = (data['kubeconfig'] ?? '').replace(/(certificate-authority-data: ).*/, `$1${stranger}`);
    const patch = JSON.stringify({data: {kubeconfig}});
    await plane.kubectl('patch', 'configmap', 'cluster-info', '--namespace=kube-public', `--patch=${patch}`);
    const {exitCode, stdout, stderr} = await certwright('token', 'create', '--print-join-command');
    expect({exitCode, stdout}).toEqual({exitCode: 1, stdout: ''});
    expect(stderr).toContain('NOT GOOD: the authority in cluster-info is another one than the join line pins');
    expect(stderr).toContain("serves a certificate that the cluster's authority does not vouch for");
    await plane.kubectl('apply', '-f', cluster.bundle.path('bootstrap/cluster-info.yaml'));
  });

  test('without the signer no line is handed out, and the flag is named', {timeout: 180_000}, async () => {
    // Another API server's address in the line would be a line of no use, too.
    const local = cluster.bundle.beside('local.conf');
    const admin = await readFile(`${cluster.bundle.rootfs(plane.node)}/etc/kubernetes/admin.conf`, 'utf8');
    await writeFile(local, admin.replace(/server: .*/, 'server: https://127.0.0.1:6443'), {mode: 0o600});
    const useless = await certwright('token', 'create', '--print-join-command', '--kubeconfig', local);
    expect(useless.exitCode).toBe(2);
    expect(useless.stderr).toContain('https://127.0.0.1:6443 means another machine on every machine');

    await (await cluster.machine(plane.node)).run('sh', ['-c', 'kill $(pidof kube-controller-manager)']);
    const {exitCode, stderr} = await certwright('token', 'create', '--print-join-command');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/NOT GOOD: cluster-info is not signed for the token [a-z0-9]{6}/);
    expect(stderr).toContain('--controllers=*,bootstrapsigner,tokencleaner');
  });
});

interface Secret {
  readonly metadata: Readonly<Record<string, string | null>>;
  readonly data: Readonly<Record<string, string>>;
}

interface Binding {
  readonly kind: string;
  readonly metadata: {readonly name: string; readonly namespace?: string};
  readonly rules?: unknown;
  readonly roleRef?: unknown;
  readonly subjects?: unknown;
}
