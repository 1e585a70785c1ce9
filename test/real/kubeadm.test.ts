import {mkdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {parse} from 'yaml';
import type {ComponentId} from '../../src/pki/blueprint-types.ts';
import {layouts} from '../../src/pki/layouts.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {Network, type Machine} from '../helpers/network.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import {describeReal, type RealPrograms} from '../helpers/real.ts';
import {kubeadmCases, kubeadmTitle} from './cases.ts';

/** kubeadm 1.20 on the node that would run `kubeadm init`, with the bundle's files where they belong. */

const ofKubernetes = ['apiserver', 'apiserver-kubelet-client', 'front-proxy-client'];
const ofEtcd = ['apiserver-etcd-client', 'etcd/healthcheck-client', 'etcd/peer', 'etcd/server'];

for (const [preset, algorithm] of kubeadmCases) {
  describeReal(kubeadmTitle(preset, algorithm), (programs) => {
    const closing = closeAfterAll();
    let node: KubeadmNode;
    let isExternal: boolean;

    beforeAll(async () => {
      const plan = presetPlan(preset, 'cluster.kubernetesVersion=1.20', `keys.algorithm=${algorithm}`);
      node = closing(await KubeadmNode.of(plan, programs));
      isExternal = plan.etcd === 'external';
    });

    test('init phase certs all uses every one of them', async () => {
      const {exitCode, stdout, stderr} = await node.kubeadm('init', 'phase', 'certs', 'all');
      expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
      const used = firstGroups(stdout, /^\[certs\] Using (?:the )?existing "?([\w/-]+)"? (?:cert|key)/gm);
      const etcd = isExternal ? [] : ['etcd/ca', ...ofEtcd];
      expect(used.toSorted(), stdout).toEqual(['ca', 'front-proxy-ca', 'sa', ...ofKubernetes, ...etcd].toSorted());
      expect(stdout).not.toContain('Generating');
      expect(await node.everyFile()).toBe(node.before);
    });

    test('init phase kubeconfig all uses every one of them', async () => {
      const {exitCode, stdout, stderr} = await node.kubeadm('init', 'phase', 'kubeconfig', 'all');
      // A server that kubeadm would not have chosen is a warning.
      expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
      const used = firstGroups(
        stdout,
        /^\[kubeconfig\] Using existing kubeconfig file: "\/etc\/kubernetes\/(.*)\.conf"$/gm,
      );
      expect(used.toSorted(), stdout).toEqual(['admin', 'controller-manager', 'kubelet', 'scheduler']);
      expect(stdout).not.toContain('Writing');
      expect(await node.everyFile()).toBe(node.before);
    });

    test('certs check-expiration finds every one of them', async () => {
      const {exitCode, stdout, stderr} = await node.kubeadm('certs', 'check-expiration');
      expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
      const rows = firstGroups(stdout, /^([\w./-]+) +\w{3} \d\d, \d{4} [\d:]+ UTC +[1-9]\d*[dy] /gm);
      expect(rows, stdout).toEqual([
        'admin.conf',
        'apiserver',
        ...(isExternal ? [] : ['apiserver-etcd-client']),
        'apiserver-kubelet-client',
        'controller-manager.conf',
        ...(isExternal ? [] : ['etcd-healthcheck-client', 'etcd-peer', 'etcd-server']),
        'front-proxy-client',
        'scheduler.conf',
        'ca',
        ...(isExternal ? [] : ['etcd-ca']),
        'front-proxy-ca',
      ]);
      expect(stdout).not.toMatch(/MISSING|invalid/i);
      expect(await node.everyFile()).toBe(node.before);
    });

    test('init phases control-plane and etcd start every program with the flags of the bundle', async () => {
      const phases = isExternal ? ['control-plane all'] : ['control-plane all', 'etcd local'];
      for (const phase of phases) {
        const {exitCode, stderr} = await node.kubeadm('init', 'phase', ...phase.split(' '));
        expect({exitCode, stderr}, phase).toEqual({exitCode: 0, stderr: ''});
      }
      const programs = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', ...(isExternal ? [] : ['etcd'])];
      for (const program of programs as readonly ComponentId[]) {
        expect(await node.staticPodFlags(program), program).toEqual(await node.flags(program));
      }
    });
  });
}

for (const [preset, algorithm] of [
  ['kubeadm-single', 'RSA-2048'],
  ['minikube', 'ECDSA-P256'],
] as const) {
  describeReal(`kubeadm in the place of the bundle of ${preset} with ${algorithm} keys`, (programs) => {
    const closing = closeAfterAll();
    let node: KubeadmNode;
    let empty: Machine;

    beforeAll(async () => {
      const plan = presetPlan(preset, 'cluster.kubernetesVersion=1.20', `keys.algorithm=${algorithm}`);
      node = closing(await KubeadmNode.of(plan, programs));
      const rootfs = node.cluster.bundle.beside('empty');
      await mkdir(join(rootfs, 'etc/kubernetes'), {recursive: true});
      const network = closing(await Network.open());
      empty = await network.addMachine({name: 'empty', addresses: ['10.0.0.11'], rootfs});
    });

    test('makes the same files with the same modes, names, usages and SANs', {timeout: 120_000}, async () => {
      for (const phase of ['certs', 'kubeconfig']) {
        await empty.run(programs.path('kubeadm'), ['init', 'phase', phase, 'all', '--config', node.config]);
      }
      const pki = layouts[node.cluster.plan.layout].certificatesFolder;
      const ours = await (await node.machine()).run('sh', ['-euc', describeFiles, pki]);
      const theirs = await empty.run('sh', ['-euc', describeFiles, pki]);
      expect(theirs.stdout).toMatch(/subject=.*kube-apiserver$/m);
      expect(ours.stdout).toBe(theirs.stdout);
    });
  });
}

/**
 * Every file below /etc/kubernetes and the certificates' folder: its mode, and all in it that is not chance. Old client-go
 * writes empty preferences, the present one does not.
 */
const describeFiles = `
  certificate() { openssl x509 -noout -subject -issuer -ext keyUsage,extendedKeyUsage,subjectAltName 2>/dev/null; }
  find /etc/kubernetes "$0" -type f | sort -u | while read -r file; do
    stat -c '== %n %a' "$file"
    case $file in
      *.crt) certificate <"$file" ;;
      *.conf)
        grep -vE '^preferences: \\{\\}$|-data: ' "$file"
        sed -n 's/.*client-certificate-data: //p' "$file" | base64 -d | certificate ;;
    esac
  done`;

describeReal('kubeadm with the files of offline-root', (programs) => {
  const closing = closeAfterAll();
  let node: KubeadmNode;

  beforeAll(async () => {
    node = closing(await KubeadmNode.of(presetPlan('offline-root', 'cluster.kubernetesVersion=1.20'), programs));
  });

  test('init phase certs all uses every one of them', async () => {
    const {exitCode, stdout, stderr} = await node.kubeadm('init', 'phase', 'certs', 'all');
    expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
    expect(stdout.match(/Using (the )?existing/g), stdout).toHaveLength(11);
    expect(await node.everyFile()).toBe(node.before);
  });

  test('cannot take more than one authority in a kubeconfig, nor more than one certificate in a file', async () => {
    const kubeconfigs = await node.kubeadm('init', 'phase', 'kubeconfig', 'all');
    expect(kubeconfigs.stderr).toContain('exists already but has got the wrong CA cert');
    const expiration = await node.kubeadm('certs', 'check-expiration');
    expect(expiration.stderr).toContain('wanted exactly one certificate, got 2');
    expect(await node.everyFile()).toBe(node.before);
  });
});

/** The node on which kubeadm runs, and what lay there before. */
class KubeadmNode implements AsyncDisposable {
  readonly cluster: RealCluster;
  readonly before: string;
  readonly #name: string;

  private constructor(cluster: RealCluster, name: string, before: string) {
    this.cluster = cluster;
    this.#name = name;
    this.before = before;
  }

  static async of(plan: RealCluster['plan'], programs: RealPrograms): Promise<KubeadmNode> {
    const cluster = await RealCluster.of(plan, programs);
    const [name = expect.fail('no control-plane node')] = cluster.nodesWith('control-plane');
    return new KubeadmNode(cluster, name, await everyFile(cluster, name));
  }

  get config(): string {
    return this.cluster.bundle.path(`nodes/${this.#name}/kubeadm-config.yaml`);
  }

  machine(): Promise<Machine> {
    return this.cluster.machine(this.#name);
  }

  kubeadm(...words: readonly string[]) {
    return this.cluster.attempt(this.#name, 'kubeadm', ...words, '--config', this.config);
  }

  everyFile(): Promise<string> {
    return everyFile(this.cluster, this.#name);
  }

  /** Sorted; of etcd's members the first alone: kubeadm adds each further one when its node joins. */
  async flags(component: ComponentId): Promise<string[]> {
    const text = await readFile(this.cluster.bundle.flagsFile(this.#name, component), 'utf8');
    const flags = text.trimEnd().split('\n').toSorted();
    return flags.map((flag) => flag.replace(/^(--initial-cluster=[^,]*),.*/, '$1'));
  }

  /** What kubeadm's manifest starts the component with, sorted. */
  async staticPodFlags(component: ComponentId): Promise<string[]> {
    const machine = await this.machine();
    const {stdout} = await machine.run('cat', [`/etc/kubernetes/manifests/${component}.yaml`]);
    const {spec} = parse(stdout) as StaticPod;
    const [, ...flags] = spec.containers[0]?.command ?? [];
    return flags.toSorted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cluster[Symbol.asyncDispose]();
  }
}

/** Every file and folder that a bundle or kubeadm may write, with mode, owner, time and digest. */
async function everyFile(cluster: RealCluster, name: string): Promise<string> {
  const machine = await cluster.machine(name);
  const pki = layouts[cluster.plan.layout].certificatesFolder;
  const script = `
    folders="/etc/kubernetes /var/lib/kubelet $(ls -d "$0" /var/lib/etcd /var/lib/minikube 2>/dev/null || true)"
    find $folders -printf '%p %M %U %G %s %T@\n' | sort -u
    find $folders -type f -exec sha256sum {} + | sort -u`;
  const {stdout} = await machine.run('sh', ['-euc', script, pki]);
  expect(stdout).toContain(`${pki}/ca.crt`);
  return stdout;
}

function firstGroups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}

interface StaticPod {
  readonly spec: {readonly containers: readonly {readonly command: readonly string[]}[]};
}
