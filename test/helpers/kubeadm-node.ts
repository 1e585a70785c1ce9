import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import type {Ran} from '../../src/run/run-program.ts';
import {whenOver} from './left-behind.ts';
import {Network} from './network.ts';
import {removeRest} from './real-cluster.ts';
import {RealNode} from './real-node.ts';
import type {RealPrograms} from './real.ts';

const admin = '/etc/kubernetes/admin.conf';

/** `kubeadm init`, as far as it writes files. */
const config = `apiVersion: kubeadm.k8s.io/v1beta2
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 10.0.0.11}
nodeRegistration: {name: cp-1, criSocket: /run/containerd/containerd.sock}
---
apiVersion: kubeadm.k8s.io/v1beta2
kind: ClusterConfiguration
kubernetesVersion: v1.20.2
`;

const kubeletConfig = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
staticPodPath: /etc/kubernetes/manifests
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}}
authorization: {mode: Webhook}
rotateCertificates: true
cgroupDriver: cgroupfs
`;

const kubeletWords = [
  '--config=/var/lib/kubelet/config.yaml',
  '--kubeconfig=/etc/kubernetes/kubelet.conf',
  '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf',
  '--hostname-override=cp-1',
  '--node-ip=10.0.0.11',
  '--container-runtime=remote',
  '--container-runtime-endpoint=unix:///run/containerd/containerd.sock',
].join(' ');

/**
 * The one node of a cluster that real kubeadm 1.20 made: its control plane in static pods, started by a real kubelet.
 * Nothing on it was written by Certwright. There is no systemd: `systemctl restart kubelet` does what it would.
 */
export class KubeadmNode implements AsyncDisposable {
  readonly node: RealNode;
  readonly #network: Network;
  readonly #cleanUp: () => Promise<void>;

  private constructor(network: Network, node: RealNode, cleanUp: () => Promise<void>) {
    this.#network = network;
    this.node = node;
    this.#cleanUp = cleanUp;
  }

  /** @param change made to its files before anything runs */
  static async make(
    programs: RealPrograms,
    {
      hosts = {},
      change,
    }: {readonly hosts?: Readonly<Record<string, string>>; readonly change?: (rootfs: string) => Promise<void>} = {},
  ): Promise<KubeadmNode> {
    const folder = mkdtempSync(join(tmpdir(), 'certwright-'));
    const rootfs = join(folder, 'made');
    for (const each of ['tmp', 'etc/kubernetes', 'var/lib/kubelet']) mkdirSync(join(rootfs, each), {recursive: true});
    writeFileSync(join(rootfs, 'kubeadm.yaml'), config);
    writeFileSync(join(rootfs, 'var/lib/kubelet/config.yaml'), kubeletConfig);
    for (const phase of ['certs all', 'kubeconfig all', 'control-plane all', 'etcd local']) {
      const words = ['init', 'phase', ...phase.split(' '), '--rootfs', rootfs, '--config', '/kubeadm.yaml'];
      execFileSync(programs.path('kubeadm'), words, {stdio: 'pipe'});
    }
    await change?.(rootfs);
    const network = await Network.open();
    const cleanUp = whenOver('exec 3<"$2"', removeRest, folder, network.mountsOfRoom);
    try {
      const options = {name: 'cp-1', addresses: ['10.0.0.11'], rootfs, hosts: {'cp-1': '10.0.0.11', ...hosts}};
      const node = await RealNode.add(network, {...options, folder: join(folder, 'real')}, programs);
      await node.addSystemctl();
      return new KubeadmNode(network, node, cleanUp);
    } catch (error) {
      await network[Symbol.asyncDispose]();
      await cleanUp();
      throw error;
    }
  }

  startKubelet(): Promise<void> {
    return this.node.startKubelet(kubeletWords);
  }

  kubectl(...words: readonly string[]): Promise<Ran> {
    return this.node.machine.attempt('kubectl', ['--kubeconfig', admin, ...words]);
  }

  /** Tries until there is an answer. The limit only ends a test that would not end. */
  async until<Answer>(what: string, attempt: () => Promise<Answer | undefined>, limit = 300_000): Promise<Answer> {
    const end = performance.now() + limit;
    for (;;) {
      const answer = await attempt();
      if (answer !== undefined) return answer;
      if (performance.now() > end) throw new Error(`${what}\n${(await this.node.log('kubelet')).slice(-8000)}`);
      await setTimeout(300);
    }
  }

  untilReady(): Promise<true> {
    return this.until('/readyz says ok', async () =>
      (await this.kubectl('get', '--raw', '/readyz')).stdout === 'ok' ? true : undefined,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#network[Symbol.asyncDispose]();
    await this.#cleanUp();
  }
}
