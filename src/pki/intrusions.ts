import type {EndId, Subject} from './blueprint-types.ts';
import type {Situation, TrustId} from './certificate.ts';
import {etcdClientGroups} from './certificates.ts';
import {layouts} from './layouts.ts';
import type {PlanNode} from './plan.ts';
import {advertiseAddress, kubeletClientOf, kubeletServingOf} from './situation.ts';

/** Doors that should be shut, and who knocks. Whether one is let in follows from the topology. */
export interface IntrusionRow {
  readonly id: string;
  readonly provider: EndId;
  /** The certificate row that the provider presents. */
  readonly presents: string;
  readonly trusts: TrustId;
  readonly clientCertificate: 'demanded' | 'requested';
  /** undefined = this plan has no such door. */
  readonly door: (
    situation: Situation,
  ) => {readonly node: PlanNode; readonly host: string; readonly port: number} | undefined;
  /** undefined = this plan has nobody to knock. */
  readonly shows: (
    situation: Situation,
  ) =>
    | {readonly certificate: string; readonly node: PlanNode}
    | {readonly stranger: Subject}
    | {readonly nothing: true}
    | undefined;
  readonly refused: string;
  readonly letIn: string | ((situation: Situation) => string);
}

const etcdDoor =
  (port: number) =>
  ({etcdMembers}: Situation) =>
    at(etcdMembers[0], port);
const apiserverDoor = ({controlPlanes, plan}: Situation) => at(controlPlanes[0], layouts[plan.layout].apiserverPort);
/** Only a kubelet whose serving certificate is ours can be knocked at. */
const kubeletDoor = (situation: Situation) =>
  kubeletServingOf(situation) === 'signed' ? at(situation.kubeletNodes[0], 10_250) : undefined;

function at(node: PlanNode | undefined, port: number) {
  return node === undefined ? undefined : {node, host: advertiseAddress(node), port};
}

/** A kubelet's certificate where one is issued: it is what an intruder on a worker finds. */
function aClusterClient(situation: Situation) {
  const kubelet = situation.kubeletNodes.find((node) => kubeletClientOf({...situation, node}) === 'issued');
  if (kubelet !== undefined) return {certificate: 'kubelet-client', node: kubelet};
  return onFirstControlPlane('scheduler')(situation);
}

const onFirstControlPlane =
  (certificate: string) =>
  ({controlPlanes: [node]}: Situation) =>
    node === undefined ? undefined : {certificate, node};

const anEtcdClient = onFirstControlPlane('apiserver-etcd-client');
const nobody = () => ({nothing: true}) as const;
const stranger = (commonName: string, organization?: string) => () => ({
  stranger: {commonName, organizations: organization === undefined ? [] : [organization]},
});

/** Up to 1.28 kubeadm put the API server's etcd client into the group that may do everything. */
function rightsOfEtcdClient({version}: Situation): string {
  return etcdClientGroups(version).includes('system:masters')
    ? 'before 1.29 it is in system:masters, so that user may do everything'
    : 'RBAC gives that user nothing';
}

const neverLetIn = 'let in though nothing that verifies it should know it';

export const intrusionRows: readonly IntrusionRow[] = [
  {
    id: 'cluster-client-at-etcd',
    provider: 'etcd',
    presents: 'etcd-server',
    trusts: 'etcd-clients',
    clientCertificate: 'demanded',
    door: etcdDoor(2379),
    shows: aClusterClient,
    refused: "etcd verifies with an authority that signs none of the cluster's clients",
    letIn:
      'etcd trusts the authority that signs kubelets and people: each of them reads and writes every object, past RBAC',
  },
  {
    id: 'cluster-client-at-etcd-peers',
    provider: 'etcd',
    presents: 'etcd-peer',
    trusts: 'etcd-peers',
    clientCertificate: 'demanded',
    door: etcdDoor(2380),
    shows: aClusterClient,
    refused: "etcd verifies its peers with an authority that signs none of the cluster's clients",
    letIn: 'etcd trusts the authority that signs kubelets and people to sign its members too',
  },
  {
    id: 'server-certificate-at-etcd',
    provider: 'etcd',
    presents: 'etcd-server',
    trusts: 'etcd-clients',
    clientCertificate: 'demanded',
    door: etcdDoor(2379),
    shows: onFirstControlPlane('apiserver'),
    refused: 'a certificate for servers only is no client certificate, whoever signed it',
    letIn: neverLetIn,
  },
  {
    id: 'nobody-at-etcd',
    provider: 'etcd',
    presents: 'etcd-server',
    trusts: 'etcd-clients',
    clientCertificate: 'demanded',
    door: etcdDoor(2379),
    shows: nobody,
    refused: '--client-cert-auth: a caller without a certificate is refused',
    letIn: neverLetIn,
  },
  {
    id: 'stranger-at-etcd',
    provider: 'etcd',
    presents: 'etcd-server',
    trusts: 'etcd-clients',
    clientCertificate: 'demanded',
    door: etcdDoor(2379),
    shows: stranger('kube-apiserver-etcd-client'),
    refused: 'the right name from an authority of the same name is not enough: the signature decides',
    letIn: neverLetIn,
  },
  {
    id: 'etcd-client-at-apiserver',
    provider: 'kube-apiserver',
    presents: 'apiserver',
    trusts: 'apiserver-clients',
    clientCertificate: 'requested',
    door: apiserverDoor,
    shows: anEtcdClient,
    refused: "the API server does not know etcd's authority: the answer is 401 Unauthorized",
    letIn: (situation) => `the API server takes it for a user of that name; ${rightsOfEtcdClient(situation)}`,
  },
  {
    id: 'front-proxy-at-apiserver',
    provider: 'kube-apiserver',
    presents: 'apiserver',
    trusts: 'apiserver-clients',
    clientCertificate: 'requested',
    door: apiserverDoor,
    shows: onFirstControlPlane('front-proxy-client'),
    refused: "the front proxy's authority makes no users: without its headers the answer is 401 Unauthorized",
    letIn:
      'with one authority the front proxy is also a user; and whoever gets a certificate named front-proxy-client speaks for anyone',
  },
  {
    id: 'stranger-at-apiserver',
    provider: 'kube-apiserver',
    presents: 'apiserver',
    trusts: 'apiserver-clients',
    clientCertificate: 'requested',
    door: apiserverDoor,
    shows: stranger('kubernetes-super-admin', 'system:masters'),
    refused: 'anyone can write system:masters into a certificate; the signature decides',
    letIn: neverLetIn,
  },
  {
    id: 'etcd-client-at-kubelet',
    provider: 'kubelet',
    presents: 'kubelet-serving',
    trusts: 'kubelet-clients',
    clientCertificate: 'requested',
    door: kubeletDoor,
    shows: anEtcdClient,
    refused: "the kubelet does not know etcd's authority: the answer is 401 Unauthorized",
    letIn: (situation) => `the kubelet takes it for a user of that name; ${rightsOfEtcdClient(situation)}`,
  },
  {
    id: 'stranger-at-kubelet',
    provider: 'kubelet',
    presents: 'kubelet-serving',
    trusts: 'kubelet-clients',
    clientCertificate: 'requested',
    door: kubeletDoor,
    shows: stranger('kube-apiserver-kubelet-client'),
    refused: 'the right name from an authority of the same name is not enough',
    letIn: neverLetIn,
  },
];
