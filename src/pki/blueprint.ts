import {urlHost} from '../base/address.ts';
import type {
  Blueprint,
  PlannedCertificate,
  PlannedComponent,
  PlannedKeyPair,
  PlannedKubeconfig,
} from './blueprint-types.ts';
import {adviceOn} from './advice.ts';
import type {CertificateRow, KubeconfigRow, NodeSituation} from './certificate.ts';
import {certificateRows} from './certificates.ts';
import {componentRows} from './components.ts';
import {planFiles} from './files.ts';
import {planComponent, type FilePaths} from './flags.ts';
import {kubeconfigRows} from './kubeconfigs.ts';
import {authorityPath, kubeconfigPath, layouts, type Layout} from './layouts.ts';
import type {ClusterPlan, PlanNode, PlanUser} from './plan.ts';
import {planConnections, planIntrusions} from './plan-connections.ts';
import {sanRules} from './sans.ts';
import {advertiseAddress, nodesOn} from './situation.ts';
import {certificateName, surveyOf, type Survey} from './survey.ts';
import {authorityOf, signingAuthorities} from './topology.ts';

/**
 * Everything that follows from a plan. Pure: the same plan gives the same blueprint, and no key exists yet.
 * The plan should have passed `checkPlan`; a half-filled one (a preview while somebody types) gives a partial blueprint,
 * not an exception.
 */
export function makeBlueprint(plan: ClusterPlan): Blueprint {
  const survey = surveyOf(plan);
  const {situation, authorities} = survey;
  const certificates = planCertificates(survey);
  const kubeconfigs = planKubeconfigs(survey);
  const components = planComponents(survey);
  const parts = {authorities, certificates, kubeconfigs, components};
  const connections = planConnections(survey);
  return {
    plan,
    version: situation.version,
    endpoint: situation.endpoint,
    nodes: plan.nodes.map(({name, addresses, roles}) => ({name, addresses, roles})),
    ...parts,
    keyPairs: [serviceAccountPair(plan)],
    files: planFiles(survey, parts),
    connections,
    intrusions: planIntrusions(survey),
    advice: adviceOn(survey),
  };
}

function serviceAccountPair(plan: ClusterPlan): PlannedKeyPair {
  return {
    id: 'service-account',
    algorithm: plan.keys.algorithm,
    why: "signs and verifies service accounts' tokens: a key pair, not a certificate, and the same on every control-plane node",
  };
}

/** One place where a row is wanted: a node, or a person (then seen from the first control-plane node). */
interface Instance {
  readonly situation: NodeSituation;
  readonly node: PlanNode | undefined;
  readonly user: PlanUser | undefined;
}

function instances(row: CertificateRow | KubeconfigRow, {situation}: Survey): readonly Instance[] {
  if (!row.when(situation)) return [];
  if (row.on !== 'person') {
    return nodesOn(row.on, situation).map((node) => ({situation: {...situation, node}, node, user: undefined}));
  }
  const [first] = situation.controlPlanes;
  return first === undefined
    ? []
    : situation.plan.users.map((user) => ({situation: {...situation, node: first}, node: undefined, user}));
}

function nameOf(id: string, {node, user}: Instance): string {
  return certificateName(id, node === undefined ? {user: user?.name ?? ''} : {node: node.name});
}

function planCertificates(survey: Survey): readonly PlannedCertificate[] {
  const {plan} = survey.situation;
  const inPlanOrder = new Map(plan.nodes.map((node, index) => [node.name, index]));
  const planned = certificateRows.flatMap((row) => {
    const authority = authorityOf(plan, row);
    // Only servers send their chain: what verifies a client holds the intermediate that signed it.
    const chain = row.usages.includes('server auth') ? survey.chainOf(authority) : [];
    return instances(row, survey)
      .filter((instance) => row.issuedNow(instance.situation))
      .map((instance): PlannedCertificate => ({
        name: nameOf(row.id, instance),
        id: row.id,
        node: instance.node?.name,
        subject: row.subject({...instance.situation, user: instance.user}),
        usages: row.usages,
        sans: sanRules[row.sans](instance.situation),
        authority,
        chain,
        algorithm: plan.keys.algorithm,
        validity: plan.validity.leaves,
        why: row.why,
      }));
  });
  const position = ({node}: PlannedCertificate) =>
    node === undefined ? plan.nodes.length : (inPlanOrder.get(node) ?? 0);
  return planned.toSorted((a, b) => position(a) - position(b));
}

function planKubeconfigs(survey: Survey): readonly PlannedKubeconfig[] {
  const {plan, endpoint} = survey.situation;
  const {apiserverPort} = layouts[plan.layout];
  const trusts = survey.trusted('kubeconfig-apiserver');
  const plannedAs = (row: KubeconfigRow, instance: Instance, name: string): PlannedKubeconfig => {
    const user = row.user({...instance.situation, user: instance.user});
    const server =
      row.server(instance.situation) === 'endpoint'
        ? `https://${urlHost(endpoint.host)}:${endpoint.port}`
        : `https://${urlHost(advertiseAddress(instance.situation.node))}:${apiserverPort}`;
    const certificate = certificateRows.find(
      ({stored}) => stored.kind === 'kubeconfig' && stored.kubeconfig === row.id,
    );
    return {
      name,
      id: row.id,
      node: name.startsWith('bootstrap/') ? undefined : instance.node?.name,
      clusterName: plan.cluster.name,
      user,
      contextName: `${user}@${plan.cluster.name}`,
      server,
      trusts,
      credential:
        row.credential === 'bootstrap-token' || certificate === undefined
          ? {kind: 'bootstrap-token'}
          : {kind: 'certificate', certificate: nameOf(certificate.id, instance)},
      why: row.why,
    };
  };
  const planned = kubeconfigRows.flatMap((row) =>
    instances(row, survey)
      .filter((instance) => row.onThisNode(instance.situation))
      .map((instance) =>
        plannedAs(row, instance, instance.node === undefined ? nameOf('user', instance) : nameOf(row.id, instance)),
      ),
  );
  // Beside the nodes' own, one for nodes that are not in the plan yet.
  const [first] = survey.situation.controlPlanes;
  const bootstrap = kubeconfigRows.find(({id}) => id === 'bootstrap-kubelet');
  if (first !== undefined && bootstrap !== undefined) {
    const instance = {situation: {...survey.situation, node: first}, node: first, user: undefined};
    planned.push(plannedAs(bootstrap, instance, 'bootstrap/bootstrap-kubelet'));
  }
  return planned;
}

function planComponents(survey: Survey): readonly PlannedComponent[] {
  const {situation} = survey;
  const paths = filePaths(survey, layouts[situation.plan.layout]);
  return situation.plan.nodes.flatMap((node) =>
    componentRows
      .filter((row) => survey.runsOn(row.on, node))
      .map((row) => planComponent(row, {...situation, node}, paths)),
  );
}

function filePaths(survey: Survey, layout: Layout): FilePaths {
  return {
    certificate: (id) => {
      const path = layout.certificates[id] ?? '';
      return {certificate: `${path}.crt`, key: `${path}.key`};
    },
    trust: survey.trustPath,
    kubeconfig: (id) => kubeconfigPath(layout, id),
    signing: signingPairs(survey, layout),
  };
}

function signingPairs(survey: Survey, layout: Layout): FilePaths['signing'] {
  const {situation} = survey;
  const {clients, serving} = signingAuthorities(situation);
  const pair = (flagPrefix: string, authority: string) => {
    // kubeadm's own file name where it is kubeadm's own authority.
    const slot = authority === survey.occupant('kubernetes-ca') ? 'kubernetes-ca' : authority;
    const path = authorityPath(layout, 'control-plane', slot);
    return survey.holdsKey(authority)
      ? {flagPrefix, certificate: `${path}.crt`, key: `${path}.key`, authority}
      : {flagPrefix, certificate: '', key: '', authority};
  };
  if (clients === serving) return [pair('--cluster-signing', clients)];
  return [
    pair('--cluster-signing-kubelet-serving', serving),
    pair('--cluster-signing-kubelet-client', clients),
    pair('--cluster-signing-kube-apiserver-client', clients),
    pair('--cluster-signing-legacy-unknown', clients),
  ];
}
