import {warning} from '../base/problem.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {emptyPlan, type ClusterPlan} from '../pki/plan.ts';
import {situationOf} from '../pki/situation.ts';
import {acceptLater} from '../wizard/accept.ts';
import {steps} from '../wizard/steps.ts';
import {Gathering} from './gathering.ts';
import {gatherCluster, gatherLayout} from './kubeadm-cluster.ts';
import {gatherComponent} from './kubeadm-components.ts';
import {
  kubeadmKinds,
  readKubeadmDocuments,
  textAt,
  type DocumentKind,
  type KubeadmDocument,
} from './kubeadm-documents.ts';
import {surveyFields, type OwnField} from './kubeadm-fields.ts';
import {gatherArguments, kubeletServingIn} from './kubeadm-flags.ts';
import {gatherJoins, gatherTokens} from './kubeadm-joining.ts';
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
  else tellNoCluster(documents, into);
  if (init !== undefined) gatherTokens(init, into);
  gatherNodes(documents, layout, into);
  gatherJoins(joins, layout, into);
  gatherServing(documents, into);
  leaveOutOwnEndpoint(into);
  const proxy = of('KubeProxyConfiguration');
  if (proxy !== undefined) gatherPodSubnets(proxy, cluster, into);
  gatherArguments(documents, provisionalPlan(into), into, own);
  const planned = plannedSettings(provisionalPlan(into));
  for (const kind of ['KubeletConfiguration', 'KubeProxyConfiguration'] as const) {
    const document = of(kind);
    if (document !== undefined) own.set(document, [...gatherComponent(document, planned, into)]);
  }
  for (const [document, fields] of own) tellOwn(document, fields, into);
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

/** kubeadm has defaults for what is the same everywhere, and a node that joins reads it from the cluster. */
function tellNoCluster(documents: readonly KubeadmDocument[], into: Gathering): void {
  const [first] = documents;
  if (first === undefined) return;
  const {network, cluster} = emptyPlan;
  into.note(
    warning(
      'no-cluster-configuration',
      '',
      `nothing is said of the cluster as a whole: the plan has its defaults, such as Kubernetes ${cluster.kubernetesVersion} and ${network.podSubnets.join(', ')} for pods`,
      'add the ClusterConfiguration that kubeadm init got, or say with --set what is otherwise',
    ),
    first,
    '',
  );
}

/** The plan as far as it is known: good enough to derive flags from. */
function provisionalPlan(into: Gathering): ClusterPlan {
  return steps.reduce((plan, step) => {
    const value = into.values.get(step.id);
    return value === undefined ? plan : acceptLater(step, value, plan).plan;
  }, emptyPlan);
}

/** Settings of the kubelet and of kube-proxy, by their path, as the plan leads to them. */
function plannedSettings(plan: ClusterPlan): ReadonlyMap<string, string> {
  const first = plan.nodes.filter((node) => node.roles.includes('control-plane')).slice(0, 1);
  const kubelet = makeBlueprint({...plan, nodes: first}).components.find(({component}) => component === 'kubelet');
  return new Map([
    ...(kubelet?.settings ?? []).map(({name, value}) => [name, value] as const),
    ['clusterCIDR', plan.network.podSubnets.join(',')],
  ]);
}

/** What is kubeadm's alone, all of a document in one warning: each field with its line. */
function tellOwn(document: KubeadmDocument, fields: readonly OwnField[], into: Gathering): void {
  const lineOf = ({path}: OwnField): number => document.placeOf(path, 'key').line ?? 1;
  const inOrder = fields.toSorted((one, other) => lineOf(one) - lineOf(other));
  const [first] = inOrder;
  if (first === undefined) return;
  const named = inOrder.map((field) => `${field.name ?? field.path} (line ${lineOf(field)})`);
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
