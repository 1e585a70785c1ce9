import {addressIn, normalizeAddress, parseSubnet} from '../base/address.ts';
import {warning} from '../base/problem.ts';
import {authorityPath, layouts} from '../pki/layouts.ts';
import {layoutIds, type LayoutId} from '../pki/plan.ts';
import {newestMinor} from '../pki/versions.ts';
import {shown} from '../wizard/read-value.ts';
import {isList, isMap} from '../wizard/text-form.ts';
import type {Gathering} from './gathering.ts';
import {textAt, valueAt, type KubeadmDocument} from './kubeadm-documents.ts';
import type {OwnField} from './kubeadm-fields.ts';

/** Answers in kubeadm's ClusterConfiguration: what is the same for every node. */

/** Where certificates lie; of the layouts that kubeadm brings up, the one that has them there. */
export function gatherLayout(cluster: KubeadmDocument, into: Gathering): LayoutId {
  const folder = textAt(cluster, 'certificatesDir')?.replace(/\/+$/, '');
  const layout = layoutIds.find((id) => layouts[id].tool === 'kubeadm' && layouts[id].certificatesFolder === folder);
  into.take('layout', layout ?? 'kubeadm', cluster, 'certificatesDir');
  if (folder !== undefined && layout === undefined) {
    into.note(
      warning(
        'folder-not-taken',
        '',
        `certificates would lie in ${shown(folder)}; a plan puts them where kubeadm does by itself: ${layouts.kubeadm.certificatesFolder}`,
        'take the line out, or move the files after they are laid onto a node',
      ),
      cluster,
      'certificatesDir',
    );
  }
  return layout ?? 'kubeadm';
}

/** Fields that are answers as they stand. */
const same: readonly (readonly [path: string, step: string])[] = [
  ['clusterName', 'cluster.name'],
  ['controlPlaneEndpoint', 'cluster.controlPlaneEndpoint'],
  ['networking.serviceSubnet', 'network.serviceSubnets'],
  ['networking.dnsDomain', 'network.dnsDomain'],
];

/** kubeadm passes over them before. */
const sameFromV1beta4: typeof same = [
  ['encryptionAlgorithm', 'keys.algorithm'],
  ['certificateValidityPeriod', 'validity.leaves'],
  ['caCertificateValidityPeriod', 'validity.authorities'],
];

export function gatherCluster(
  cluster: KubeadmDocument,
  layout: LayoutId,
  into: Gathering,
  own: Map<KubeadmDocument, OwnField[]>,
): void {
  for (const [path, step] of cluster.version === 4 ? [...same, ...sameFromV1beta4] : same) {
    const value = valueAt(cluster, path);
    if (value !== undefined && value !== null && value !== '') into.take(step, value, cluster, path);
  }
  // Without the line kubeadm gives pods no range, which is not the plan's default.
  into.take('network.podSubnets', valueAt(cluster, 'networking.podSubnet') ?? [], cluster, 'networking.podSubnet');
  gatherVersion(cluster, into);
  gatherGates(cluster, into, own);
  gatherNames(cluster, into);
  const isExternal = isMap(valueAt(cluster, 'etcd.external'));
  into.take('etcd', isExternal ? 'external' : 'stacked', cluster, isExternal ? 'etcd.external' : 'etcd');
  if (isExternal) gatherEtcdFiles(cluster, layout, into);
}

function gatherVersion(cluster: KubeadmDocument, into: Gathering): void {
  const path = 'kubernetesVersion';
  const text = textAt(cluster, path);
  const minor = /^(?:stable|latest)-(1\.\d+)$/.exec(text ?? '')?.[1];
  if (text !== undefined && (minor !== undefined || !/^(?:ci\/|release\/|k8s-)?(?:stable|latest)/.test(text))) {
    into.take('cluster.kubernetesVersion', minor ?? text, cluster, path);
    return;
  }
  into.note(
    warning(
      'version-open',
      '',
      text === undefined
        ? 'no Kubernetes version is given: kubeadm would take its own'
        : `${shown(text)} is looked up by kubeadm when it runs; a plan names a version`,
      `the plan says 1.${newestMinor}: change it with --set cluster.kubernetesVersion=… if it is another`,
    ),
    cluster,
    path,
  );
}

/** Gates that say something about keys or follow from the subnets; all others are kubeadm's own. */
function gatherGates(cluster: KubeadmDocument, into: Gathering, own: Map<KubeadmDocument, OwnField[]>): void {
  const gates = valueAt(cluster, 'featureGates');
  for (const [name, value] of isMap(gates) ? Object.entries(gates) : []) {
    const path = `featureGates.${name}`;
    if (name === 'PublicKeysECDSA' && value === 'true') {
      if (!into.values.has('keys.algorithm')) into.take('keys.algorithm', 'ECDSA-P256', cluster, path);
    } else if (name !== 'IPv6DualStack' && name !== 'PublicKeysECDSA') {
      own.set(cluster, [...(own.get(cluster) ?? []), {path}]);
    }
  }
}

/** Names of the API server. Service addresses of the second family, which kubeadm has to be told, a plan has by itself. */
function gatherNames(cluster: KubeadmDocument, into: Gathering): void {
  const path = 'apiServer.certSANs';
  const value = valueAt(cluster, path);
  if (!isList(value)) {
    if (value !== undefined && value !== null) into.take('sans.apiserver', value, cluster, path);
    return;
  }
  const services = textAt(cluster, 'networking.serviceSubnet')?.split(',').slice(1) ?? [];
  const known = new Set(
    services.flatMap((text) => {
      const subnet = parseSubnet(text.trim());
      return (subnet && addressIn(subnet, 1)?.text) ?? [];
    }),
  );
  const kept = value.flatMap((name, index) =>
    typeof name === 'string' && known.has(normalizeAddress(name) ?? '') ? [] : [{name, index}],
  );
  into.take(
    'sans.apiserver',
    kept.map(({name}) => name),
    cluster,
    path,
  );
  kept.forEach(({index}, place) => into.place(`sans.apiserver[${place}]`, cluster, `${path}[${index}]`));
}

function gatherEtcdFiles(cluster: KubeadmDocument, layout: LayoutId, into: Gathering): void {
  const client = layouts[layout].certificates['apiserver-etcd-client'] ?? '';
  const planned = {
    caFile: `${authorityPath(layouts[layout], 'control-plane', 'etcd-ca')}.crt`,
    certFile: `${client}.crt`,
    keyFile: `${client}.key`,
  };
  for (const [field, file] of Object.entries(planned)) {
    const path = `etcd.external.${field}`;
    const given = textAt(cluster, path);
    if (given === undefined || given === file) continue;
    into.note(
      warning(
        'path-not-taken',
        '',
        `${field} follows from the plan: ${file}`,
        'write that path, or lay the file where yours says',
      ),
      cluster,
      path,
    );
  }
}
