import type {ComponentId, EndId} from './blueprint-types.ts';
import type {KubeconfigId, TrustId} from './certificate.ts';
import {certificateRows} from './certificates.ts';
import {kubeconfigRows} from './kubeconfigs.ts';
import {trustRows} from './trusts.ts';

/** What the file is that a flag or setting of a component names. */
export type FileUse =
  /** `partner`: the flag that names the other half of the pair. */
  | {readonly holds: 'certificate' | 'key'; readonly certificate: string; readonly partner: string}
  | {readonly holds: 'authorities'; readonly trust: TrustId}
  | {readonly holds: 'kubeconfig'; readonly kubeconfig: KubeconfigId}
  /** The controller manager signs requests with it; exactly one certificate. */
  | {readonly holds: 'signing-certificate' | 'signing-key'; readonly partner: string}
  | {readonly holds: 'token-public-keys' | 'token-private-key'}
  /** No flag names it: the kubeconfig at this path does. */
  | {readonly holds: 'named-by-kubeconfig'; readonly path: string};

/** Signers of the controller manager that can have a pair of their own (`--cluster-signing-kubelet-serving-cert-file`). */
const signers = ['', 'kubelet-serving-', 'kubelet-client-', 'kube-apiserver-client-', 'legacy-unknown-'];

export interface FileFlag {
  readonly component: EndId;
  readonly flag: string;
  readonly use: FileUse;
}

/** Every flag and setting that names a file of keys or certificates: from the catalogue, and what it has no row for. */
export const fileFlags: readonly FileFlag[] = Array.from(entries(), ([component, flag, use]) => ({
  component,
  flag,
  use,
}));

const uses: ReadonlyMap<string, FileUse> = new Map(
  fileFlags.map(({component, flag, use}) => [keyOf(component, flag), use]),
);

/** undefined = it names no such file. */
export function fileUseOf(component: ComponentId, flag: string): FileUse | undefined {
  return uses.get(keyOf(component, flag));
}

function* entries(): Generator<[EndId, string, FileUse]> {
  for (const {id, stored, usedBy} of certificateRows) {
    if (stored.kind !== 'pem') continue;
    for (const {component, certificate, key} of usedBy) {
      yield [component, certificate, {holds: 'certificate', certificate: id, partner: key}];
      yield [component, key, {holds: 'key', certificate: id, partner: certificate}];
    }
  }
  for (const {id, component, flag} of trustRows) {
    if (component !== undefined && flag !== undefined) {
      yield [component, flag, {holds: 'authorities', trust: id}];
    }
  }
  for (const {id, usedBy} of kubeconfigRows) {
    for (const {component, flags} of usedBy) {
      for (const flag of flags) yield [component, flag, {holds: 'kubeconfig', kubeconfig: id}];
    }
  }
  for (const signer of signers) {
    const [certificate, key] = [`--cluster-signing-${signer}cert-file`, `--cluster-signing-${signer}key-file`];
    yield ['kube-controller-manager', certificate, {holds: 'signing-certificate', partner: key}];
    yield ['kube-controller-manager', key, {holds: 'signing-key', partner: certificate}];
  }
  yield ['kube-apiserver', '--service-account-key-file', {holds: 'token-public-keys'}];
  yield ['kube-apiserver', '--service-account-signing-key-file', {holds: 'token-private-key'}];
  yield ['kube-controller-manager', '--service-account-private-key-file', {holds: 'token-private-key'}];
  // The kubelet's flags from before its configuration file; deprecated, and still read in 1.36.
  yield ['kubelet', '--client-ca-file', {holds: 'authorities', trust: 'kubelet-clients'}];
  yield ['kubelet', '--tls-cert-file', servingHalf('certificate', '--tls-private-key-file')];
  yield ['kubelet', '--tls-private-key-file', servingHalf('key', '--tls-cert-file')];
}

function servingHalf(holds: 'certificate' | 'key', partner: string): FileUse {
  return {holds, certificate: 'kubelet-serving', partner};
}

function keyOf(component: string, flag: string): string {
  return `${component} ${flag}`;
}
