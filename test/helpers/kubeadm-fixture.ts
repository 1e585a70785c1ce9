import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

export type KubeadmFixture = 'kubeadm-1.36' | 'kubeadm-1.36-ipv6';

/** A file that kubeadm 1.36.2 wrote, by its path on the node: `/etc/kubernetes/admin.conf`. */
export function kubeadmFile(path: string, fixture: KubeadmFixture = 'kubeadm-1.36'): string {
  return execFileSync('tar', ['-xOzf', archive(fixture), `${fixture}${path}`], {encoding: 'utf8'});
}

/** Lays the whole fixture into a folder, modes kept, as if the folder were the node's `/`. */
export function layKubeadmFixture(folder: string, fixture: KubeadmFixture = 'kubeadm-1.36'): void {
  execFileSync('tar', ['-xpzf', archive(fixture), '-C', folder, '--strip-components=1']);
}

function archive(fixture: KubeadmFixture): string {
  return fileURLToPath(new URL(`../fixtures/${fixture}.tar.gz`, import.meta.url));
}
