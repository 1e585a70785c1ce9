import {addressIn, normalizeAddress, parseSubnet} from '../base/address.ts';
import {warning, type Problem} from '../base/problem.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {authorityPath, layouts} from '../pki/layouts.ts';
import {emptyPlan, layoutIds, type ClusterPlan, type LayoutId} from '../pki/plan.ts';
import {situationOf} from '../pki/situation.ts';
import {newestMinor} from '../pki/versions.ts';
import {acceptLater} from '../wizard/accept.ts';
import {shown} from '../wizard/read-value.ts';
import {steps} from '../wizard/steps.ts';
import {isList, isMap} from '../wizard/text-form.ts';
import {Gathering} from './gathering.ts';
import {gatherComponent} from './kubeadm-components.ts';
import {
  kubeadmKinds,
  listAt,
  readKubeadmDocuments,
  textAt,
  valueAt,
  type DocumentKind,
  type KubeadmDocument,
} from './kubeadm-documents.ts';
import {surveyFields, type OwnField} from './kubeadm-fields.ts';
import {gatherArguments, kubeletServingIn} from './kubeadm-flags.ts';
import {gatherNodes} from './kubeadm-nodes.ts';
import type {PlanText} from './plan-text.ts';

/**
 * A kubeadm configuration, read as answers to the same questions as a plan file: each value goes through its step. What
 * it says and a plan cannot is a warning with its place; nothing is left out without a word, and no token is taken.
 *
 * @param source what to call the text in problems
 */
export function parseKubeadm(text: string, source: string): PlanText {
  const {documents, problems, isReadable} = readKubeadmDocuments(text, source);
  const into = new Gathering({path: '', source, line: 1, column: 1});
  into.problems.push(...problems);
  if (isReadable) gather(documents, into);
  return {source, values: into.values, problems: into.problems, placeOf: into.placeOf, isReadable};
}

function gather(documents: readonly KubeadmDocument[], into: Gathering): void {
  const own = new Map<KubeadmDocument, OwnField[]>();
  for (const document of documents) {
    const kind = kubeadmKinds.find((each) => each === document.kind);
    if (kind === undefined) continue;
    const surveyed = surveyFields(document, kind);
    into.problems.push(...surveyed.problems);
    own.set(document, [...surveyed.own]);
  }
  const of = (kind: DocumentKind) => documents.find((document) => document.kind === kind);
  const cluster = of('ClusterConfiguration');
  const init = of('InitConfiguration');
  const joins = documents.filter(({kind}) => kind === 'JoinConfiguration');
  const layout = cluster === undefined ? 'kubeadm' : gatherLayout(cluster, into);
  if (cluster !== undefined) gatherCluster(cluster, layout, into, own);
  if (init !== undefined) gatherTokens(init, into);
  gatherNodes(documents, layout, into);
  gatherJoins(joins, layout, into);
  gatherServing(documents, into);
  leaveOutOwnEndpoint(into);
  const proxy = of('KubeProxyConfiguration');
  if (proxy !== undefined) gatherPodSubnets(proxy, cluster, into);
  gatherArguments(documents, provisionalPlan(into), into, own);
  const planned = plannedKubelet(provisionalPlan(into));
  for (const kind of ['KubeletConfiguration', 'KubeProxyConfiguration'] as const) {
    const document = of(kind);
    if (document !== undefined) own.set(document, [...gatherComponent(document, planned, into)]);
  }
  for (const [document, fields] of own) tellOwn(document, fields, into);
}

function gatherLayout(cluster: KubeadmDocument, into: Gathering): LayoutId {
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

function gatherCluster(
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

/** What a plan says of the token is everything but the token: that one is made when the bundle is issued. */
function gatherTokens(init: KubeadmDocument, into: Gathering): void {
  const tokens = listAt(init, 'bootstrapTokens');
  const [first] = tokens;
  if (first === undefined) return;
  const path = 'bootstrapTokens[0]';
  if (isMap(first)) {
    for (const field of ['ttl', 'description', 'groups', 'usages']) {
      const value = first[field];
      if (value !== undefined && value !== null) into.take(`bootstrap.token.${field}`, value, init, `${path}.${field}`);
    }
    if (typeof first['token'] === 'string') into.note(tokenNotTaken, init, `${path}.token`, 'key');
    if (typeof first['expires'] === 'string') {
      into.note(
        warning('expiry-not-taken', '', 'a plan says how long a token is good, not until when', 'write ttl: 24h'),
        init,
        `${path}.expires`,
        'key',
      );
    }
  }
  if (tokens.length > 1) {
    into.note(
      warning(
        'one-token-only',
        '',
        `a plan has one bootstrap token, here are ${tokens.length}: the first one counts`,
        'make the others with kubeadm token create once the cluster runs',
      ),
      init,
      'bootstrapTokens[1]',
    );
  }
}

const tokenNotTaken: Problem = warning(
  'token-not-taken',
  '',
  'the token itself is not taken: there is no secret in a plan',
  'a new one is made with the bundle; take this one out of the file if others read it',
);

/** How nodes that join know the cluster, and get their first certificate. */
function gatherJoins(joins: readonly KubeadmDocument[], layout: LayoutId, into: Gathering): void {
  const [first] = joins;
  if (first === undefined) return;
  const kubeconfig = 'discovery.file.kubeConfigPath';
  const {kubelet, 'bootstrap-kubelet': bootstrap} = layouts[layout].kubeconfigs;
  if (joins.every((join) => textAt(join, kubeconfig) === kubelet)) {
    into.take('kubelets.client', 'issued', first, kubeconfig);
  }
  for (const join of joins) {
    const path = textAt(join, kubeconfig);
    if (path !== undefined && path !== kubelet && path !== bootstrap) {
      into.note(
        warning('path-not-taken', '', `kubeConfigPath follows from the plan: ${bootstrap}`, 'write that path'),
        join,
        kubeconfig,
      );
    }
    for (const secret of ['discovery.bootstrapToken.token', 'discovery.tlsBootstrapToken']) {
      if (textAt(join, secret) !== undefined) {
        into.note(tokenNotTaken, join, secret, 'key');
        break;
      }
    }
    const endpoint = 'discovery.bootstrapToken.apiServerEndpoint';
    if (textAt(join, endpoint) !== undefined && !into.values.has('cluster.controlPlaneEndpoint')) {
      into.take('cluster.controlPlaneEndpoint', textAt(join, endpoint) ?? null, join, endpoint);
    }
  }
}

/** The address of the one control-plane node is what a plan without an endpoint comes to. */
function leaveOutOwnEndpoint(into: Gathering): void {
  const plan = provisionalPlan(into);
  const {endpoint, controlPlanes} = situationOf(plan);
  const own = situationOf({...plan, cluster: {...plan.cluster, controlPlaneEndpoint: undefined}}).endpoint;
  if (controlPlanes.length === 1 && endpoint.host === own.host && endpoint.port === own.port) {
    into.values.delete('cluster.controlPlaneEndpoint');
  }
}

function gatherServing(documents: readonly KubeadmDocument[], into: Gathering): void {
  const serving = kubeletServingIn(documents);
  if (serving !== undefined) into.take('kubelets.serving', serving.value, serving.document, serving.path);
}

/** kube-proxy's cluster range is the pods' subnet, where kubeadm was not told it. */
function gatherPodSubnets(proxy: KubeadmDocument, cluster: KubeadmDocument | undefined, into: Gathering): void {
  const range = textAt(proxy, 'clusterCIDR');
  if (range === undefined || (cluster !== undefined && textAt(cluster, 'networking.podSubnet') !== undefined)) return;
  into.take('network.podSubnets', range, proxy, 'clusterCIDR');
}

/** The plan as far as it is known: good enough to derive flags from. */
function provisionalPlan(into: Gathering): ClusterPlan {
  return steps.reduce((plan, step) => {
    const value = into.values.get(step.id);
    return value === undefined ? plan : acceptLater(step, value, plan).plan;
  }, emptyPlan);
}

function plannedKubelet(plan: ClusterPlan) {
  const first = plan.nodes.filter((node) => node.roles.includes('control-plane')).slice(0, 1);
  return makeBlueprint({...plan, nodes: first}).components.find(({component}) => component === 'kubelet');
}

/** What is kubeadm's alone, all of a document in one warning: each field with its line. */
function tellOwn(document: KubeadmDocument, fields: readonly OwnField[], into: Gathering): void {
  const lineOf = ({path}: OwnField): number => document.placeOf(path, 'key').line ?? 1;
  const inOrder = fields.toSorted((one, other) => lineOf(one) - lineOf(other));
  const [first] = inOrder;
  if (first === undefined) return;
  const named = inOrder.map((field) => `${field.path} (line ${lineOf(field)})`);
  into.note(
    warning(
      'left-to-kubeadm',
      '',
      `no certificate depends on ${named.join(', ')}: a plan has no place for ${fields.length === 1 ? 'it' : 'them'}`,
      "keep it in the file that kubeadm gets; the bundle's kubeadm-config.yaml is without it",
    ),
    document,
    first.path,
    'key',
  );
}
