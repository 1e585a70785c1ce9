import {addressIn, parseAddress, parseSubnet, urlHost} from '../base/address.ts';
import type {ComponentId, PlannedFlag, YamlMap, YamlValue} from './blueprint-types.ts';
import {always, type Condition, type NodeSituation, type On} from './certificate.ts';
import {layouts} from './layouts.ts';
import {advertiseAddress, kubeletClientOf, kubeletServingOf, loopbackOf, registeredAddresses} from './situation.ts';
import type {Span} from './versions.ts';

/**
 * The components and every flag of theirs that names no certificate, key, authority or kubeconfig: those are derived
 * from the rows that make the files (`flags.ts`), so that a flag cannot point at a file that nobody makes.
 * Values are kubeadm's (cmd/kubeadm/app/phases/controlplane/manifests.go, phases/etcd/local.go, componentconfigs).
 *
 * Longer than a page because it is one table: every component beside every other.
 */

export interface FlagRow extends Span {
  readonly name: string;
  /** undefined = not on this node. */
  readonly value: (situation: NodeSituation) => string | undefined;
  readonly why: string;
  readonly when: Condition;
}

export interface ComponentRow {
  readonly id: ComponentId;
  readonly on: Exclude<On, 'person' | 'first-control-plane'>;
  readonly flags: readonly FlagRow[];
  /** Settings in the component's configuration file. */
  readonly settings: readonly FlagRow[];
  /** Turns settings into that file; undefined = the component has none. */
  readonly configuration?: {
    readonly path: (situation: NodeSituation) => string;
    readonly apiVersion: string;
    readonly kind: string;
    readonly why: string;
  };
  readonly why: string;
}

function flag(
  name: string,
  value: string | ((situation: NodeSituation) => string | undefined),
  why: string,
  limits: Span & {readonly when?: Condition} = {},
): FlagRow {
  const {when = always, ...span} = limits;
  return {name, value: typeof value === 'string' ? () => value : value, why, when, ...span};
}

const dualStack: Condition = ({plan}) => plan.network.serviceSubnets.length > 1;
const url = (host: string, port: number) => `https://${urlHost(host)}:${port}`;
const etcdClientUrl = ({node}: NodeSituation) => url(advertiseAddress(node), 2379);
const etcdPeerUrl = ({node}: NodeSituation) => url(advertiseAddress(node), 2380);

const serviceRange = flag(
  '--service-cluster-ip-range',
  ({plan}) => plan.network.serviceSubnets.join(','),
  'addresses of Services; the first address of each range is a SAN of the API server',
);
const dualStackGate = flag(
  '--feature-gates',
  'IPv6DualStack=true',
  'two address families are behind this gate in 1.20',
  {
    until: '1.20',
    when: dualStack,
  },
);
const noInsecurePort = flag('--port', '0', 'without it the component also answers plain HTTP, without authentication', {
  until: '1.22',
});

/** From k/k #109074, and from its cherry-picks #109075 and #109076. */
const corruptCheckSpans: readonly Span[] = [
  {from: '1.22.10', until: '1.22'},
  {from: '1.23.7', until: '1.23'},
  {from: '1.24', until: '1.33'},
];

/** In the order in which they are started: each after those that it needs. */
export const componentRows: readonly ComponentRow[] = [
  {
    id: 'etcd',
    on: 'etcd',
    why: 'keeps every object of the cluster',
    settings: [],
    flags: [
      flag('--name', ({node}) => node.name, 'the member name that --initial-cluster uses'),
      flag('--data-dir', '/var/lib/etcd', 'where the data lies'),
      flag('--client-cert-auth', 'true', 'a client without a certificate is refused'),
      flag('--peer-client-cert-auth', 'true', 'a member without a certificate is refused'),
      flag(
        '--listen-client-urls',
        (situation) => `${url(loopbackOf(situation.node), 2379)},${etcdClientUrl(situation)}`,
        'the API server of this node dials the loopback address, everyone else the other',
      ),
      flag('--advertise-client-urls', etcdClientUrl, 'clients are told this address; it must be a SAN of etcd-server'),
      flag('--listen-peer-urls', etcdPeerUrl, 'members call this address'),
      flag(
        '--initial-advertise-peer-urls',
        etcdPeerUrl,
        'members are told this address; it must be a SAN of etcd-peer',
      ),
      flag(
        '--initial-cluster',
        ({etcdMembers}) => etcdMembers.map((m) => `${m.name}=${url(advertiseAddress(m), 2380)}`).join(','),
        'every member and where its peers find it',
      ),
      flag(
        '--listen-metrics-urls',
        ({node}) => `http://${urlHost(loopbackOf(node))}:2381`,
        'plain HTTP on loopback, so that probes need no client certificate',
      ),
      flag('--snapshot-count', '10000', 'a snapshot after so many changes'),
      ...corruptCheckSpans.map((span) =>
        flag(
          '--experimental-initial-corrupt-check',
          'true',
          'a member compares its data with the others before it serves',
          span,
        ),
      ),
      flag('--experimental-watch-progress-notify-interval', '5s', 'watches learn the revision this often', {
        from: '1.25',
        until: '1.33',
      }),
      flag(
        '--feature-gates',
        'InitialCorruptCheck=true',
        'a member compares its data with the others before it serves',
        {
          from: '1.34',
        },
      ),
      flag('--watch-progress-notify-interval', '5s', 'watches learn the revision this often', {from: '1.34'}),
    ],
  },
  {
    id: 'kube-apiserver',
    on: 'control-plane',
    why: 'the only door to the cluster',
    settings: [],
    flags: [
      flag(
        '--advertise-address',
        ({node}) => advertiseAddress(node),
        'other components are told this address; it is a SAN',
      ),
      flag('--allow-privileged', 'true', 'network plugins and kube-proxy run privileged pods'),
      flag(
        '--authorization-mode',
        'Node,RBAC',
        'Node limits each kubelet to its own pods, RBAC rules over everyone else',
      ),
      flag(
        '--enable-admission-plugins',
        'NodeRestriction',
        'a kubelet may change only its own Node and ask only for a certificate of its own name',
      ),
      flag('--enable-bootstrap-token-auth', 'true', 'joining kubelets authenticate with a bootstrap token'),
      flag(
        '--etcd-servers',
        ({plan, node, etcdMembers}) =>
          plan.etcd === 'stacked'
            ? url(loopbackOf(node), 2379)
            : etcdMembers.map((member) => url(advertiseAddress(member), 2379)).join(','),
        'where etcd answers; each host must be a SAN of etcd-server',
      ),
      flag(
        '--kubelet-preferred-address-types',
        'InternalIP,ExternalIP,Hostname',
        "which of a Node's addresses is dialled, so which SAN its serving certificate must have",
      ),
      flag(
        '--requestheader-allowed-names',
        'front-proxy-client',
        'only this common name may speak for other users; without it every certificate of that authority may',
      ),
      flag(
        '--requestheader-extra-headers-prefix',
        'X-Remote-Extra-',
        'headers in which a front proxy names extra facts',
      ),
      flag(
        '--requestheader-group-headers',
        'X-Remote-Group',
        "the header in which a front proxy names the user's groups",
      ),
      flag('--requestheader-username-headers', 'X-Remote-User', 'the header in which a front proxy names the user'),
      flag('--secure-port', ({plan}) => String(layouts[plan.layout].apiserverPort), 'the port it serves TLS on'),
      flag('--insecure-port', '0', 'without it plain HTTP without authentication is open on loopback', {until: '1.21'}),
      flag(
        '--service-account-issuer',
        ({plan}) => `https://kubernetes.default.svc.${plan.network.dnsDomain}`,
        'the name that service-account tokens carry as their issuer',
      ),
      serviceRange,
      dualStackGate,
    ],
  },
  {
    id: 'kube-controller-manager',
    on: 'control-plane',
    why: "runs the controllers: it also signs certificate requests and service accounts' legacy tokens",
    settings: [],
    flags: [
      flag('--allocate-node-cidrs', 'true', 'each Node gets a range of pod addresses', {when: hasPodSubnets}),
      flag('--cluster-cidr', ({plan}) => plan.network.podSubnets.join(','), 'addresses of pods', {when: hasPodSubnets}),
      flag('--bind-address', '127.0.0.1', 'its own port 10257 answers on this node only'),
      flag('--cluster-name', ({plan}) => plan.cluster.name, 'prefix of what it names'),
      flag(
        '--controllers',
        '*,bootstrapsigner,tokencleaner',
        'the two that are off by default: one signs cluster-info for joining nodes, one removes tokens that have ended',
      ),
      flag('--leader-elect', 'true', 'of several, one works'),
      {...serviceRange, why: 'addresses of Services, which Nodes must not get', when: hasPodSubnets},
      flag('--use-service-account-credentials', 'true', 'each controller acts under a service account of its own'),
      noInsecurePort,
      dualStackGate,
    ],
  },
  {
    id: 'kube-scheduler',
    on: 'control-plane',
    why: 'gives each pod a node',
    settings: [],
    flags: [
      flag('--bind-address', '127.0.0.1', 'its own port 10259 answers on this node only'),
      flag('--leader-elect', 'true', 'of several, one works'),
      noInsecurePort,
    ],
  },
  {
    id: 'kubelet',
    on: 'kubelet',
    why: "runs this node's pods",
    configuration: {
      path: ({plan}) => layouts[plan.layout].kubeletConfig,
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      why: "the kubelet's settings; in 1.36 its certificate flags are deprecated in favour of this file",
    },
    flags: [
      flag('--config', ({plan}) => layouts[plan.layout].kubeletConfig, 'its settings, among them whom it verifies'),
      flag(
        '--kubeconfig',
        (situation) =>
          kubeletClientOf(situation) === 'bootstrap' ? layouts[situation.plan.layout].kubeconfigs.kubelet : undefined,
        'the kubelet writes it itself once its certificate is there',
      ),
      flag('--hostname-override', ({node}) => node.name, "the Node's name must be the one in its certificate"),
      flag(
        '--node-ip',
        (situation) => registeredAddresses(situation).join(','),
        "the Node's InternalIP, one of each family; its serving certificate must carry them",
      ),
      flag('--container-runtime', 'remote', 'a runtime over CRI, not the built-in dockershim', {until: '1.25'}),
      flag('--container-runtime-endpoint', criSocket(), 'where the container runtime answers', {until: '1.26'}),
    ],
    settings: [
      flag('authentication.anonymous.enabled', 'false', 'a caller without a certificate or token is refused'),
      flag('authentication.webhook.enabled', 'true', 'tokens are reviewed by the API server'),
      flag('authorization.mode', 'Webhook', 'the API server says whether a caller may'),
      flag('cgroupDriver', 'systemd', 'as container runtimes on systemd machines have it', {from: '1.21'}),
      flag(
        'clusterDNS',
        ({plan}) => {
          const subnet = parseSubnet(plan.network.serviceSubnets[0] ?? '');
          const address = subnet && addressIn(subnet, 10);
          return address && `[${address.text}]`;
        },
        'the tenth address of the first service subnet, where the cluster DNS is',
      ),
      flag('clusterDomain', ({plan}) => plan.network.dnsDomain, 'the domain under which Services have their names'),
      flag('containerRuntimeEndpoint', criSocket(), 'where the container runtime answers', {from: '1.27'}),
      flag('featureGates.IPv6DualStack', 'true', 'two address families are behind this gate in 1.20', {
        until: '1.20',
        when: dualStack,
      }),
      flag('rotateCertificates', 'true', 'the kubelet asks for a new client certificate in time'),
      flag('serverTLSBootstrap', 'true', 'the kubelet asks for its serving certificate; somebody must approve it', {
        when: (situation) => kubeletServingOf(situation) === 'bootstrap',
      }),
      flag(
        'staticPodPath',
        ({plan}) => (layouts[plan.layout].tool === 'kubeadm' ? '/etc/kubernetes/manifests' : undefined),
        'the control plane runs as static pods from here',
      ),
    ],
  },
  {
    id: 'kube-proxy',
    on: 'kube-proxy',
    why: 'makes Services reachable on this node',
    configuration: {
      path: ({plan}) => layouts[plan.layout].kubeProxyConfig,
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      why: "kube-proxy's settings",
    },
    flags: [
      flag('--config', ({plan}) => layouts[plan.layout].kubeProxyConfig, 'its settings, among them its kubeconfig'),
    ],
    settings: [
      flag('clusterCIDR', ({plan}) => plan.network.podSubnets.join(','), 'addresses of pods', {when: hasPodSubnets}),
      flag('featureGates.IPv6DualStack', 'true', 'two address families are behind this gate in 1.20', {
        until: '1.20',
        when: dualStack,
      }),
      flag('hostnameOverride', ({node}) => node.name, "the Node's name"),
      flag('mode', 'iptables', 'how it steers traffic'),
    ],
  },
];

function hasPodSubnets({plan}: {readonly plan: {readonly network: {readonly podSubnets: readonly string[]}}}): boolean {
  return plan.network.podSubnets.length > 0;
}

/** Every component, in the order in which they are started. */
export const startingOrder: readonly ComponentId[] = componentRows.map(({id}) => id);

function criSocket(): string {
  return 'unix:///run/containerd/containerd.sock';
}

/** `a.b.c` settings → the configuration file's document. Text that is a boolean or a `[list]` in YAML becomes one. */
export function configurationDocument(
  {apiVersion, kind}: NonNullable<ComponentRow['configuration']>,
  settings: readonly PlannedFlag[],
): YamlMap {
  const values = settings.map(({name, value}) => ({keys: name.split('.'), value: settingValue(value)}));
  return {apiVersion, kind, ...nested(values)};
}

function nested(settings: readonly {readonly keys: readonly string[]; readonly value: YamlValue}[]): YamlMap {
  const groups = Map.groupBy(settings, ({keys}) => keys[0] ?? '');
  return Object.fromEntries(
    [...groups].map(([key, group]) => {
      const [only] = group;
      if (only?.keys.length === 1) return [key, only.value];
      return [key, nested(group.map(({keys, value}) => ({keys: keys.slice(1), value})))];
    }),
  );
}

function settingValue(text: string): YamlValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.startsWith('[') && parseAddress(text.slice(1, -1)) !== undefined ? [text.slice(1, -1)] : text;
}
