import type {Secret} from '../base/secret.ts';
import type {Kubeadm} from './kubeadm.ts';

/** The words for it; the key to encrypt with is in the file. */
export function uploadWords(file: string): readonly string[] {
  return ['init', 'phase', 'upload-certs', '--upload-certs', '--skip-certificate-key-print', `--config=${file}`];
}

/**
 * Puts the authorities and the service-account keys of this control-plane node into the cluster, encrypted, where joining
 * control-plane nodes fetch them. They vanish after two hours, whatever the life of the token (kubeadm phases/copycerts).
 */
export async function uploadCertificates(kubeadm: Kubeadm, file: string, key: Secret): Promise<void> {
  await kubeadm.run(uploadWords(file), [key]);
}
