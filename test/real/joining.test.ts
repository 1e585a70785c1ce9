import {access, mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {beforeAll, expect, test} from 'vitest';
import {bundleAt} from '../../src/journeys/bundle-at.ts';
import {joinKit} from '../../src/journeys/join.ts';
import {layouts} from '../../src/pki/layouts.ts';
import type {Ran} from '../../src/run/run-program.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {openssl} from '../helpers/openssl.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import type {RealNode} from '../helpers/real-node.ts';
import {describeRealNodes} from '../helpers/real.ts';
import {said, talkingPod} from '../helpers/talking-pod.ts';
import {joiningTitle} from './cases.ts';

/**
 * A cluster that kubeadm starts with the files of a bundle as they lie, its control plane in static pods; and every way
 * in which a node joins it. Kubelets ask for both of their certificates here.
 */

const nodes = [
  'cp-1 10.0.0.11 control-plane',
  'cp-2 10.0.0.12 control-plane',
  'worker-1 10.0.0.21 worker',
  'worker-3 10.0.0.23 worker',
];
const manifests = ['etcd.yaml', 'kube-apiserver.yaml', 'kube-controller-manager.yaml', 'kube-scheduler.yaml'];
const admin = layouts.kubeadm.kubeconfigs.admin;

/** What kubeadm finds missing on a machine made of namespaces, by kubeadm's own names. */
const ofTheTestHost = [
  'CRI',
  'FileContent--proc-sys-net-bridge-bridge-nf-call-iptables',
  'FileContent--proc-sys-net-ipv4-ip_forward',
  'FileExisting-conntrack',
  'FileExisting-crictl',
  'FileExisting-ethtool',
  'FileExisting-socat',
  'FileExisting-tc',
  'Hostname',
  'NumCPU',
  'Service-Kubelet',
  'Swap',
  'SystemVerification',
].join(',');

/** The kubelet's command line as kubeadm's own systemd unit has it (10-kubeadm.conf). */
const asKubeadmStartsIt =
  '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf ' +
  '--config=/var/lib/kubelet/config.yaml $(. /var/lib/kubelet/kubeadm-flags.env; echo $KUBELET_KUBEADM_ARGS)';

describeRealNodes(joiningTitle, (programs) => {
  const closing = closeAfterAll();
  let cluster: RealCluster;
  let first: RealNode;

  beforeAll(async () => {
    const sets = ['cluster.kubernetesVersion=1.20', 'kubelets.serving=bootstrap', `nodes=${nodes.join(';')}`];
    const plan = presetPlan('kubeadm-ha', ...sets);
    cluster = closing(
      await RealCluster.of(
        plan,
        programs,
        nodes.map((row) => row.split(' ')[0] ?? ''),
      ),
    );
    first = await cluster.realNode('cp-1');
  }, 300_000);

  const kubeadm = (node: RealNode, ...words: readonly string[]) =>
    node.machine.attempt(programs.path('kubeadm'), words, {timeout: 480_000});
  const configOf = (node: string) => cluster.bundle.path(`nodes/${node}/kubeadm-config.yaml`);
  const kubectl = (...words: readonly string[]) => cluster.attempt('cp-1', 'kubectl', '--kubeconfig', admin, ...words);

  /** Tries until there is an answer. The limit only ends a test that would not end. */
  async function until<Answer>(
    node: RealNode,
    what: string,
    attempt: () => Promise<Answer | undefined>,
    limit = 300_000,
  ): Promise<Answer> {
    const end = performance.now() + limit;
    for (;;) {
      const answer = await attempt();
      if (answer !== undefined) return answer;
      if (performance.now() > end) throw new Error(`${what}\n${(await node.log('kubelet')).slice(-8000)}`);
      await setTimeout(300);
    }
  }

  /** Comes back when the API knows the Node; its kubelet asked for its client certificate with the token, and has it. */
  async function expectRegistered(name: string): Promise<void> {
    const node = await cluster.realNode(name);
    await until(node, `the Node ${name} is there`, async () =>
      (await kubectl('get', 'node', name)).exitCode === 0 ? true : undefined,
    );
    const {stdout} = await kubectl('get', 'csr', '--output=json');
    const requests = (JSON.parse(stdout) as Requests).items.filter(
      ({spec, status}) =>
        spec.signerName === 'kubernetes.io/kube-apiserver-client-kubelet' && status.certificate !== undefined,
    );
    expect(requests.map(({spec}) => spec.username)).toContainEqual(expect.stringMatching(/^system:bootstrap:/));
    // A link, in the node's own terms.
    const pem = await node.machine.run('cat', ['/var/lib/kubelet/pki/kubelet-client-current.pem']);
    expect(openssl(['x509', '-noout', '-subject'], pem.stdout)).toMatch(`O = system:nodes, CN = system:node:${name}\n`);
  }

  test('kubeadm init takes the files and writes the static pods', {timeout: 300_000}, async () => {
    for (const phase of [['etcd', 'local'], ['control-plane', 'all'], ['kubelet-start']]) {
      const {exitCode, stderr} = await kubeadm(first, 'init', 'phase', ...phase, '--config', configOf('cp-1'));
      expect({exitCode, stderr}, phase.join(' ')).toEqual({exitCode: 0, stderr: expect.not.stringMatching(/^error/m)});
    }
    expect((await readdir(join(first.rootfs, 'etc/kubernetes/manifests'))).toSorted()).toEqual(manifests);
  });

  test('the static pods come up, and the API server is ready', {timeout: 600_000}, async () => {
    await first.importImages();
    // kubeadm's DaemonSet names this one.
    await first.importImage('kube-proxy', proxyImage);
    await first.startKubelet(asKubeadmStartsIt);
    await until(first, '/readyz says ok', async () =>
      (await kubectl('get', '--raw', '/readyz')).stdout === 'ok' ? true : undefined,
    );
    // Everything else that `kubeadm init` does, with the control plane that is there.
    const words = ['init', '--config', configOf('cp-1'), '--skip-phases=preflight', '--skip-token-print'];
    const {exitCode, stdout, stderr} = await kubeadm(first, ...words);
    expect({exitCode, stderr}, stdout).toEqual({exitCode: 0, stderr: expect.not.stringMatching(/^error/m)});
    expect(stdout).toContain('Your Kubernetes control-plane has initialized successfully!');
    expect(stdout).not.toMatch(/Generating|Writing "(?:admin|kubelet|scheduler|controller-manager)\.conf"/);
    // kubeadm has made a token of its own; the one that lies on the nodes it does not know.
    const [, id = ''] = /token-id: (\w{6})/.exec(await cluster.bundle.read('bootstrap/token-secret.yaml')) ?? [];
    const secret = ['get', 'secret', '--namespace=kube-system', `bootstrap-token-${id}`];
    expect((await kubectl(...secret)).stderr).toContain('NotFound');
    for (const name of ['rbac', 'token-secret', 'cluster-info']) {
      const applied = await kubectl('apply', '-f', cluster.bundle.path(`bootstrap/${name}.yaml`));
      expect(applied.exitCode, applied.stderr).toBe(0);
    }
  });

  test('kube-proxy is let in with its service account, as kubeadm sets it up', {timeout: 600_000}, async () => {
    // Its own image would bring iptables; what counts here comes before.
    const read = 'Successfully retrieved node IP: 10.0.0.11';
    await until(first, 'kube-proxy has read its Node', async () =>
      (await first.log('kube-proxy')).includes(read) ? true : undefined,
    );
    const asked = ['--namespace=kube-system', '--as=system:serviceaccount:kube-system:kube-proxy', 'list', 'services'];
    expect((await kubectl('auth', 'can-i', ...asked)).stdout).toBe('yes');
  });

  test('a worker with its flags alone asks with the token, and its Node is there', {timeout: 600_000}, async () => {
    await cluster.startKubelet('worker-1');
    await expectRegistered('worker-1');
  });

  test('its log is told once its serving certificate is approved', {timeout: 600_000}, async () => {
    const worker = await cluster.realNode('worker-1');
    await worker.addStaticPod('says', talkingPod());
    const logs = () => kubectl('logs', 'says-worker-1');
    const before = await until(worker, 'the pod has run', async () => {
      const {stderr} = await logs();
      return /tls:|x509/.test(stderr) ? stderr : undefined;
    });
    expect(before, 'it has no certificate to show').toContain('tls: internal error');
    const request = await until(worker, 'it asks for its serving certificate', async () => {
      const {items} = JSON.parse((await kubectl('get', 'csr', '--output=json')).stdout) as Requests;
      return items.find(
        ({spec}) => spec.signerName === 'kubernetes.io/kubelet-serving' && spec.username === 'system:node:worker-1',
      );
    });
    expect(request.status.certificate).toBeUndefined();
    expect((await kubectl('certificate', 'approve', request.metadata.name)).exitCode).toBe(0);
    const log = await until(worker, 'it serves', async () => (await logs()).stdout || undefined);
    expect(log).toContain(said);
    const manifest = await readFile(join(first.rootfs, 'etc/kubernetes/manifests/kube-apiserver.yaml'), 'utf8');
    expect(manifest, 'it was verified').toContain('--kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt');
  });

  test('the join line with a wrong pin is refused', {timeout: 300_000}, async () => {
    const line = (await cluster.bundle.read('bootstrap/join-command')).trim().split(/\s+/).slice(1);
    const wrong = line.map((word) => (word.startsWith('sha256:') ? `sha256:${'0'.repeat(64)}` : word));
    // kubeadm brings with the line what a node needs: nothing lies there.
    const empty = cluster.bundle.beside('empty');
    await mkdir(empty);
    const node = await cluster.addRealNode('worker-2', ['10.0.0.22'], empty);
    const {exitCode, stderr} = await kubeadm(node, ...wrong, ...joining('worker-2'));
    expect(exitCode, stderr).not.toBe(0);
    expect(stderr).toMatch(
      /cluster CA found in cluster-info ConfigMap is invalid: none of the public keys .* are pinned/,
    );
  });

  test('kubeadm join takes the join line, and the Node is there', {timeout: 900_000}, async () => {
    const line = (await cluster.bundle.read('bootstrap/join-command')).trim().split(/\s+/).slice(1);
    const node = await cluster.realNode('worker-2');
    const ran = await joined(node, () => kubeadm(node, ...line, ...joining('worker-2')));
    expect(ran.exitCode, ran.stderr).toBe(0);
    await expectRegistered('worker-2');
  });

  test('kubeadm join takes the JoinConfiguration, and the Node is there', {timeout: 900_000}, async () => {
    const node = await cluster.realNode('worker-3');
    const words = ['join', '--config', configOf('worker-3'), `--ignore-preflight-errors=${ofTheTestHost}`];
    const ran = await joined(node, () => kubeadm(node, ...words));
    expect(ran.exitCode, ran.stderr).toBe(0);
    await expectRegistered('worker-3');
  });

  test('kubeadm join takes the files of a further control-plane node as they lie', {timeout: 300_000}, async () => {
    const {machine} = await cluster.realNode('cp-2');
    const digests = () =>
      machine.run('sh', [
        '-euc',
        'find /etc/kubernetes/pki /etc/kubernetes/*.conf -type f -exec sha256sum {} + | sort',
      ]);
    const before = await digests();
    const words = ['join', 'phase', 'control-plane-prepare', 'all', '--config', configOf('cp-2')];
    const {exitCode, stdout, stderr} = await machine.attempt(programs.path('kubeadm'), words);
    expect({exitCode, stderr}, stdout).toEqual({exitCode: 0, stderr: expect.not.stringMatching(/^error/m)});
    expect(stdout).not.toMatch(/\[certs\] Generating|Writing/);
    expect((await digests()).stdout).toBe(before.stdout);
  });

  test('a worker that the plan did not know joins with what is gathered for it', {timeout: 600_000}, async () => {
    const kit = await joinKit(bundleAt(cluster.bundle.folder), {
      node: 'worker-9',
      addresses: ['10.0.0.29'],
      now: new Date(),
    });
    const folder = cluster.bundle.beside('kit');
    for (const {path, mode, text} of kit.files) {
      await mkdir(dirname(join(folder, path)), {recursive: true});
      await writeFile(join(folder, path), text(), {mode});
    }
    const node = await cluster.addRealNode('worker-9', ['10.0.0.29'], join(folder, 'nodes/worker-9/rootfs'));
    await node.startKubelet(`$(cat ${join(folder, 'nodes/worker-9/flags/kubelet.flags')})`);
    await expectRegistered('worker-9');
  });

  /** kubeadm would start the kubelet through systemd; here somebody else does, once its flags are there. */
  async function joined(node: RealNode, start: () => Promise<Ran>): Promise<Ran> {
    const running = start();
    const ended = running.then(() => true);
    const flags = join(node.rootfs, 'var/lib/kubelet/kubeadm-flags.env');
    const written = () =>
      access(flags).then(
        () => true,
        () => undefined,
      );
    await until(node, 'kubeadm writes the flags of the kubelet', () => Promise.race([ended, written()]));
    await node.startKubelet(asKubeadmStartsIt);
    return running;
  }

  const joining = (name: string) => [
    `--node-name=${name}`,
    `--cri-socket=/run/containerd/containerd.sock`,
    `--ignore-preflight-errors=${ofTheTestHost}`,
  ];
});

const proxyImage = `
    image: k8s.gcr.io/kube-proxy:v1.20.15
    command:
    - kube-proxy
`;

interface Requests {
  readonly items: readonly {
    readonly metadata: {readonly name: string};
    readonly spec: {readonly signerName: string; readonly username: string};
    readonly status: {readonly certificate?: string};
  }[];
}
