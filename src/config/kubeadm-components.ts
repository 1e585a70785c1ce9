import {warning} from '../base/problem.ts';
import type {PlanValue} from '../wizard/step.ts';
import {isList, isMap} from '../wizard/text-form.ts';
import type {Gathering} from './gathering.ts';
import type {KubeadmDocument} from './kubeadm-documents.ts';
import {isEmpty, type OwnField} from './kubeadm-fields.ts';

/** The kubelet's and kube-proxy's own configurations, as far as certificates and trust go. */

/** Settings that `kubeadm config print` writes and that are defaults. */
const usual: ReadonlyMap<string, string> = new Map([
  ['authentication.webhook.cacheTTL', '0s'],
  ['healthzBindAddress', '127.0.0.1'],
  ['healthzPort', '10248'],
  ['bindAddress', '0.0.0.0'],
  ['clientConnection.kubeconfig', '/var/lib/kube-proxy/kubeconfig.conf'],
]);

/** What a value is when nobody has set it. */
const zeros: ReadonlySet<string> = new Set(['0s', '0', 'false', '']);

/** Answered by them: `kubelets.serving`. */
const taken: ReadonlySet<string> = new Set(['serverTLSBootstrap', 'tlsCertFile', 'tlsPrivateKeyFile']);

/** Settings that decide whom the kubelet trusts and what it shows; with another value the plan would be another one. */
const vital = /^(authentication|authorization|clusterDNS|clusterDomain|rotateCertificates|tls|bootstrap)/;

/**
 * Tells what of a component's configuration is not in the plan.
 *
 * @param planned settings by their path, as the plan leads to them
 */
export function gatherComponent(
  document: KubeadmDocument,
  planned: ReadonlyMap<string, string>,
  into: Gathering,
): readonly OwnField[] {
  const {apiVersion: _version, kind: _kind, ...value} = document.value;
  return leaves(value, '').flatMap(({path, text}): readonly OwnField[] => {
    if (taken.has(path) || usual.get(path) === text || planned.get(path) === text) return [];
    const wanted = planned.get(path);
    if (zeros.has(text) && wanted === undefined) return [];
    if (document.kind !== 'KubeletConfiguration' || !(wanted !== undefined || vital.test(path))) return [{path}];
    into.note(
      warning(
        'setting-not-taken',
        '',
        wanted === undefined ? `a plan has no place for ${path}` : `${path} follows from the plan: ${wanted}`,
        'keep it in the file that kubeadm gets if it must be otherwise',
      ),
      document,
      path,
      'key',
    );
    return [];
  });
}

/** Every value with its path; a list of texts is one value. */
function leaves(value: PlanValue, path: string): readonly {readonly path: string; readonly text: string}[] {
  if (isEmpty(value)) return [];
  if (isMap(value)) {
    return Object.entries(value).flatMap(([key, inside]) => leaves(inside, path === '' ? key : `${path}.${key}`));
  }
  return [{path, text: isList(value) ? `[${value.map(String).join(', ')}]` : (value ?? '')}];
}
