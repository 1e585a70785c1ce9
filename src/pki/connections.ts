import {addressIn, parseSubnet} from '../base/address.ts';
import type {EndId} from './blueprint-types.ts';
import type {KubeconfigId, NodeSituation, Situation, TrustId} from './certificate.ts';
import {kubeconfigRow} from './kubeconfigs.ts';
import {layouts} from './layouts.ts';
import type {PlanNode} from './plan.ts';
import {advertiseAddress, kubeletClientOf, kubeletServingOf, loopbackOf} from './situation.ts';

/**
 * Who calls whom, what each shows, and what each is verified with. "Verified by nothing, because …" is data too.
 *
 * Longer than a page because it is one table.
 */

/** One call: from which node to which, by what name. Nodes are undefined for callers and servers outside the plan. */
export interface Call {
  readonly caller: PlanNode | undefined;
  readonly provider: PlanNode | undefined;
  /** Dialled, and verified against the serving certificate. */
  readonly host: string;
  readonly port: number;
  /** The person, for calls with a user's kubeconfig. */
  readonly user?: string;
}

export interface ConnectionRow {
  readonly id: string;
  readonly caller: EndId;
  readonly provider: EndId;
  readonly calls: (situation: Situation) => readonly Call[];
  /** A certificate row, or why the certificate is not ours. */
  readonly shows: string | {readonly notOurs: string} | ((situation: Situation) => string | {readonly notOurs: string});
  readonly callerTrusts:
    | TrustId
    | {readonly notVerified: string}
    | ((situation: Situation) => TrustId | {readonly notVerified: string});
  /** A certificate row, a token, or nothing; with the kubeconfig that carries it where there is one. */
  readonly credential:
    | {readonly certificate: string; readonly kubeconfig?: KubeconfigId}
    | {readonly token: string; readonly kubeconfig?: KubeconfigId}
    | {readonly none: string};
  readonly providerTrusts: TrustId | {readonly notVerified: string};
  readonly clientCertificate: 'demanded' | 'requested' | 'unused';
  readonly why: string;
}

const apiserverPort = ({plan}: Situation): number => layouts[plan.layout].apiserverPort;

/** Calls to the API from a node, to where its kubeconfig points: its own server, or the endpoint and so any server. */
function toApiserver(situation: NodeSituation, kubeconfig: KubeconfigId): Call[] {
  const {node, endpoint, controlPlanes} = situation;
  if (kubeconfigRow(kubeconfig).server(situation) === 'local') {
    return [{caller: node, provider: node, host: advertiseAddress(node), port: apiserverPort(situation)}];
  }
  return controlPlanes.map((provider) => ({caller: node, provider, host: endpoint.host, port: endpoint.port}));
}

const fromControlPlanes = (kubeconfig: KubeconfigId) => (situation: Situation) =>
  situation.controlPlanes.flatMap((node) => toApiserver({...situation, node}, kubeconfig));

const eachControlPlane =
  (host: string, port: number) =>
  ({controlPlanes}: Situation): Call[] =>
    controlPlanes.map((node) => ({caller: node, provider: undefined, host, port}));

/** Each API server calls each kubelet at its InternalIP. */
function toKubelets({controlPlanes, kubeletNodes}: Situation): Call[] {
  return controlPlanes.flatMap((caller) =>
    kubeletNodes.map((provider) => ({caller, provider, host: advertiseAddress(provider), port: 10_250})),
  );
}

function kubeletShows(situation: Situation): string | {readonly notOurs: string} {
  const serving = kubeletServingOf(situation);
  switch (serving) {
    case 'signed':
      return 'kubelet-serving';
    case 'self-signed':
      return {notOurs: 'the kubelet makes a self-signed certificate at its first start'};
    case 'bootstrap':
      return {notOurs: 'the kubelet asks for its serving certificate; it is signed once somebody has approved it'};
    default:
      return serving satisfies never;
  }
}

const inMemory = {notOurs: 'it makes a self-signed certificate in memory at each start'};
const byToken = {notVerified: 'the caller shows a token, which the API server verifies'};

export const connectionRows: readonly ConnectionRow[] = [
  {
    id: 'apiserver-to-etcd',
    caller: 'kube-apiserver',
    provider: 'etcd',
    calls: ({plan, controlPlanes, etcdMembers}) =>
      controlPlanes.flatMap((caller) =>
        plan.etcd === 'stacked'
          ? [{caller, provider: caller, host: loopbackOf(caller), port: 2379}]
          : etcdMembers.map((provider) => ({caller, provider, host: advertiseAddress(provider), port: 2379})),
      ),
    shows: 'etcd-server',
    callerTrusts: 'etcd-servers',
    credential: {certificate: 'apiserver-etcd-client'},
    providerTrusts: 'etcd-clients',
    clientCertificate: 'demanded',
    why: 'every object of the cluster is read and written over it',
  },
  {
    id: 'etcd-to-etcd',
    caller: 'etcd',
    provider: 'etcd',
    // A lone member calls nobody; its own pair is judged all the same, so that a second member can join.
    calls: ({etcdMembers}) =>
      etcdMembers.flatMap((caller) =>
        etcdMembers
          .filter((provider) => provider !== caller || etcdMembers.length === 1)
          .map((provider) => ({caller, provider, host: advertiseAddress(provider), port: 2380})),
      ),
    shows: 'etcd-peer',
    callerTrusts: 'etcd-peers',
    credential: {certificate: 'etcd-peer'},
    providerTrusts: 'etcd-peers',
    clientCertificate: 'demanded',
    why: 'members agree on every write over it; the address a peer calls from must be in its certificate',
  },
  {
    id: 'etcdctl-to-etcd',
    caller: 'etcdctl',
    provider: 'etcd',
    calls: ({etcdMembers}) =>
      etcdMembers.map((node) => ({caller: node, provider: node, host: loopbackOf(node), port: 2379})),
    shows: 'etcd-server',
    callerTrusts: 'etcdctl-servers',
    credential: {certificate: 'etcd-healthcheck-client'},
    providerTrusts: 'etcd-clients',
    clientCertificate: 'demanded',
    why: 'for health checks and snapshots; etcd lets nobody in without a client certificate, so they have one of their own',
  },
  {
    id: 'etcd-gateway-to-itself',
    caller: 'etcd',
    provider: 'etcd',
    calls: ({etcdMembers}) =>
      etcdMembers.map((node) => ({caller: node, provider: node, host: loopbackOf(node), port: 2379})),
    shows: 'etcd-server',
    callerTrusts: {notVerified: "etcd's gateway calls its own process and does not verify it"},
    credential: {certificate: 'etcd-server'},
    providerTrusts: 'etcd-clients',
    clientCertificate: 'demanded',
    why: "etcd's JSON gateway calls its own port with the serving certificate: the reason it is a client certificate too",
  },
  {
    id: 'admin-to-apiserver',
    caller: 'kubectl',
    provider: 'kube-apiserver',
    calls: fromControlPlanes('admin'),
    shows: 'apiserver',
    callerTrusts: 'kubeconfig-apiserver',
    credential: {certificate: 'admin', kubeconfig: 'admin'},
    providerTrusts: 'apiserver-clients',
    clientCertificate: 'requested',
    why: 'administrators and kubeadm call the API with it',
  },
  {
    id: 'super-admin-to-apiserver',
    caller: 'kubectl',
    provider: 'kube-apiserver',
    calls: (situation) =>
      kubeconfigRow('super-admin').when(situation)
        ? situation.controlPlanes.slice(0, 1).flatMap((node) => toApiserver({...situation, node}, 'super-admin'))
        : [],
    shows: 'apiserver',
    callerTrusts: 'kubeconfig-apiserver',
    credential: {certificate: 'super-admin', kubeconfig: 'super-admin'},
    providerTrusts: 'apiserver-clients',
    clientCertificate: 'requested',
    why: 'for the day when the binding of admin.conf is gone',
  },
  {
    id: 'user-to-apiserver',
    caller: 'kubectl',
    provider: 'kube-apiserver',
    calls: ({plan, endpoint, controlPlanes}) =>
      plan.users.flatMap((user) =>
        controlPlanes.map((provider) => ({
          caller: undefined,
          provider,
          host: endpoint.host,
          port: endpoint.port,
          user: user.name,
        })),
      ),
    shows: 'apiserver',
    callerTrusts: 'kubeconfig-apiserver',
    credential: {certificate: 'user', kubeconfig: 'user'},
    providerTrusts: 'apiserver-clients',
    clientCertificate: 'requested',
    why: 'people call the API with kubectl, each under their own name',
  },
  {
    id: 'controller-manager-to-apiserver',
    caller: 'kube-controller-manager',
    provider: 'kube-apiserver',
    calls: fromControlPlanes('controller-manager'),
    shows: 'apiserver',
    callerTrusts: 'kubeconfig-apiserver',
    credential: {certificate: 'controller-manager', kubeconfig: 'controller-manager'},
    providerTrusts: 'apiserver-clients',
    clientCertificate: 'requested',
    why: 'controllers watch and change objects',
  },
  {
    id: 'scheduler-to-apiserver',
    caller: 'kube-scheduler',
    provider: 'kube-apiserver',
    calls: fromControlPlanes('scheduler'),
    shows: 'apiserver',
    callerTrusts: 'kubeconfig-apiserver',
    credential: {certificate: 'scheduler', kubeconfig: 'scheduler'},
    providerTrusts: 'apiserver-clients',
    clientCertificate: 'requested',
    why: 'the scheduler watches pods and binds them to nodes',
  },
  {
    id: 'kubelet-to-apiserver',
    caller: 'kubelet',
    provider: 'kube-apiserver',
    calls: (situation) =>
      situation.kubeletNodes.flatMap((node) =>
        kubeletClientOf({...situation, node}) === 'issued' ? toApiserver({...situation, node}, 'kubelet') : [],
      ),
    shows: 'apiserver',
    callerTrusts: 'kubeconfig-apiserver',
    credential: {certificate: 'kubelet-client', kubeconfig: 'kubelet'},
    providerTrusts: 'apiserver-clients',
    clientCertificate: 'requested',
    why: 'the kubelet reports its Node and learns its pods',
  },
  {
    id: 'joining-kubelet-to-apiserver',
    caller: 'kubelet',
    provider: 'kube-apiserver',
    calls: (situation) =>
      situation.kubeletNodes.flatMap((node) =>
        kubeletClientOf({...situation, node}) === 'bootstrap'
          ? toApiserver({...situation, node}, 'bootstrap-kubelet')
          : [],
      ),
    shows: 'apiserver',
    callerTrusts: 'kubeconfig-apiserver',
    credential: {token: 'the bootstrap token', kubeconfig: 'bootstrap-kubelet'},
    providerTrusts: byToken,
    clientCertificate: 'requested',
    why: 'a kubelet without a certificate asks for one',
  },
  {
    id: 'kube-proxy-to-apiserver',
    caller: 'kube-proxy',
    provider: 'kube-apiserver',
    calls: (situation) =>
      layouts[situation.plan.layout].kubeProxy === 'service'
        ? situation.kubeletNodes.flatMap((node) => toApiserver({...situation, node}, 'kube-proxy'))
        : [],
    shows: 'apiserver',
    callerTrusts: 'kubeconfig-apiserver',
    credential: {certificate: 'kube-proxy', kubeconfig: 'kube-proxy'},
    providerTrusts: 'apiserver-clients',
    clientCertificate: 'requested',
    why: 'kube-proxy watches Services and EndpointSlices',
  },
  {
    id: 'kube-proxy-pod-to-apiserver',
    caller: 'kube-proxy',
    provider: 'kube-apiserver',
    calls: (situation) =>
      layouts[situation.plan.layout].kubeProxy === 'daemon-set'
        ? situation.controlPlanes.map((provider) => ({
            caller: undefined,
            provider,
            host: situation.endpoint.host,
            port: situation.endpoint.port,
          }))
        : [],
    shows: 'apiserver',
    callerTrusts: 'pods-apiserver',
    credential: {token: "the token of kube-proxy's service account"},
    providerTrusts: byToken,
    clientCertificate: 'requested',
    why: 'with kubeadm kube-proxy is a DaemonSet: a service account, no certificate',
  },
  {
    id: 'pod-to-apiserver',
    caller: 'pod',
    provider: 'kube-apiserver',
    calls: ({plan, controlPlanes}) => {
      const services = plan.network.serviceSubnets.flatMap((text) => {
        const subnet = parseSubnet(text);
        return (subnet && addressIn(subnet, 1)?.text) ?? [];
      });
      return controlPlanes.flatMap((provider) =>
        ['kubernetes.default.svc', ...services].map((host) => ({caller: undefined, provider, host, port: 443})),
      );
    },
    shows: 'apiserver',
    callerTrusts: 'pods-apiserver',
    credential: {token: "a service account's token, signed with the service-account key"},
    providerTrusts: byToken,
    clientCertificate: 'requested',
    why: 'pods talk to the API through the Service kubernetes, each with the token of its service account',
  },
  {
    id: 'apiserver-to-kubelet',
    caller: 'kube-apiserver',
    provider: 'kubelet',
    calls: toKubelets,
    shows: kubeletShows,
    callerTrusts: (situation) =>
      kubeletServingOf(situation) === 'self-signed'
        ? {
            notVerified:
              "--kubelet-certificate-authority is not set, as kubeadm leaves it: the kubelets' certificates are self-signed",
          }
        : 'apiserver-kubelets',
    credential: {certificate: 'apiserver-kubelet-client'},
    providerTrusts: 'kubelet-clients',
    clientCertificate: 'requested',
    why: 'kubectl logs, exec and port-forward go this way',
  },
  {
    id: 'metrics-server-to-kubelet',
    caller: 'metrics-server',
    provider: 'kubelet',
    calls: ({kubeletNodes}) =>
      kubeletNodes.map((provider) => ({
        caller: undefined,
        provider,
        host: advertiseAddress(provider),
        port: 10_250,
      })),
    shows: kubeletShows,
    callerTrusts: {
      notVerified:
        'metrics-server is an add-on: it verifies only when it is given the authority, and not with --kubelet-insecure-tls',
    },
    credential: {token: 'the token of its service account'},
    providerTrusts: {notVerified: 'the caller shows a token, which the kubelet has the API server review'},
    clientCertificate: 'requested',
    why: 'kubectl top and autoscaling read CPU and memory from kubelets',
  },
  {
    id: 'apiserver-to-aggregated-api',
    caller: 'kube-apiserver',
    provider: 'aggregated-api',
    calls: eachControlPlane('<service>.<namespace>.svc', 443),
    shows: {notOurs: 'its operator makes its certificate'},
    callerTrusts: {notVerified: "the APIService's own caBundle says what to verify with"},
    credential: {certificate: 'front-proxy-client'},
    providerTrusts: 'apiserver-front-proxies',
    clientCertificate: 'requested',
    why: 'requests for aggregated APIs are passed on, with the user named in headers',
  },
  {
    id: 'apiserver-to-webhook',
    caller: 'kube-apiserver',
    provider: 'webhook',
    calls: eachControlPlane('<service>.<namespace>.svc', 443),
    shows: {notOurs: 'its operator makes its certificate'},
    callerTrusts: {notVerified: "the webhook's own caBundle says what to verify with"},
    credential: {none: 'the API server shows a certificate only when an AdmissionConfiguration gives it one'},
    providerTrusts: {notVerified: 'most webhooks ask for none'},
    clientCertificate: 'unused',
    why: 'admission and conversion webhooks are asked; they are shown a certificate only where the admission configuration names one',
  },
  {
    id: 'scraper-to-controller-manager',
    caller: 'scraper',
    provider: 'kube-controller-manager',
    calls: ({controlPlanes}) =>
      controlPlanes.map((node) => ({caller: node, provider: node, host: '127.0.0.1', port: 10_257})),
    shows: inMemory,
    callerTrusts: {notVerified: 'a certificate made in memory can be verified by nobody'},
    credential: {token: 'a token that may read /metrics'},
    providerTrusts: 'controller-manager-clients',
    clientCertificate: 'requested',
    why: 'metrics of the controller manager',
  },
  {
    id: 'scraper-to-scheduler',
    caller: 'scraper',
    provider: 'kube-scheduler',
    calls: ({controlPlanes}) =>
      controlPlanes.map((node) => ({caller: node, provider: node, host: '127.0.0.1', port: 10_259})),
    shows: inMemory,
    callerTrusts: {notVerified: 'a certificate made in memory can be verified by nobody'},
    credential: {token: 'a token that may read /metrics'},
    providerTrusts: {notVerified: 'the scheduler reads its client authority from the API server'},
    clientCertificate: 'requested',
    why: 'metrics of the scheduler',
  },
  {
    id: 'apiserver-to-itself',
    caller: 'kube-apiserver',
    provider: 'kube-apiserver',
    calls: (situation) =>
      situation.controlPlanes.map((node) => ({
        caller: node,
        provider: node,
        host: 'apiserver-loopback-client',
        port: apiserverPort(situation),
      })),
    shows: inMemory,
    callerTrusts: {notVerified: 'its own certificate is in its own memory'},
    credential: {token: 'a token in its memory'},
    providerTrusts: byToken,
    clientCertificate: 'requested',
    why: 'the API server is a client of itself; the pair lives in memory and is made anew at each start',
  },
];
