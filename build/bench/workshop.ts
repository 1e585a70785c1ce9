import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {timeProgram} from './ratio.ts';

/** A folder for what the runs make, and what they are given. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'certwright-bench-'));
  #made = 0;

  /**
   * A path where nothing is yet. What runs have made stays until the end: ext4 is slow for minutes where many files were
   * removed, because it looks at each of them before it gives its place away.
   */
  freshPath(): string {
    this.#made += 1;
    return join(this.#folder, `run-${this.#made}`);
  }

  /** Three control planes and so many workers, whose kubelets get client and serving certificates. */
  planWithWorkers(workers: number): string {
    const controlPlanes = [1, 2, 3].map(
      (i) => `  - {name: cp-${i}, addresses: [10.0.0.1${i}], roles: [control-plane]}`,
    );
    const others = Array.from(
      {length: workers},
      (_, i) => `  - {name: worker-${i + 1}, addresses: [10.1.${i >> 8}.${i & 255}], roles: [worker]}`,
    );
    return this.#write(`workers-${workers}.yaml`, [
      'planVersion: 1',
      'cluster: {name: bench, controlPlaneEndpoint: "api.bench.test:6443"}',
      'keys: {algorithm: ECDSA-P256}',
      'kubelets: {client: issued, serving: signed}',
      'network: {serviceSubnets: [10.96.0.0/12], podSubnets: [10.128.0.0/9]}',
      'nodes:',
      ...controlPlanes,
      ...others,
    ]);
  }

  /** Milliseconds that kubeadm takes for the certificates and kubeconfigs of one control-plane node. */
  async timeKubeadm(kubeadm: string): Promise<number> {
    const folder = this.freshPath();
    const config = this.#write('kubeadm.yaml', [
      'apiVersion: kubeadm.k8s.io/v1beta2',
      'kind: InitConfiguration',
      'localAPIEndpoint: {advertiseAddress: 10.0.0.11}',
      'nodeRegistration: {name: cp-1}',
      '---',
      'apiVersion: kubeadm.k8s.io/v1beta2',
      'kind: ClusterConfiguration',
      'kubernetesVersion: v1.20.2',
      `certificatesDir: ${folder}/pki`,
      'controlPlaneEndpoint: api.bench.test:6443',
    ]);
    const phase = (...words: readonly string[]) =>
      timeProgram(kubeadm, ['init', 'phase', ...words, 'all', '--config', config]);
    const certificates = await phase('certs');
    return (
      certificates +
      (await timeProgram(kubeadm, [
        'init',
        'phase',
        'kubeconfig',
        'all',
        '--config',
        config,
        '--kubeconfig-dir',
        folder,
      ]))
    );
  }

  #write(name: string, lines: readonly string[]): string {
    const path = join(this.#folder, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  }

  clear(): void {
    rmSync(this.#folder, {recursive: true, force: true});
  }
}
