/**
 * The plan: what a person chooses. No secret in it, no default left open but those named `undefined` below.
 * `src/config` reads it from YAML; `src/wizard` asks for it; `blueprint.ts` derives everything else from it.
 */

export const keyAlgorithms = ['RSA-2048', 'RSA-3072', 'RSA-4096', 'ECDSA-P256', 'ECDSA-P384'] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

export const layoutIds = ['kubeadm', 'the-hard-way', 'minikube'] as const;
export type LayoutId = (typeof layoutIds)[number];

export const topologyIds = ['single-ca', 'three-cas', 'intermediates'] as const;
export type TopologyId = (typeof topologyIds)[number];

export const nodeRoles = ['control-plane', 'etcd', 'worker'] as const;
export type NodeRole = (typeof nodeRoles)[number];

export const kubeletClients = ['issued', 'bootstrap'] as const;
export const kubeletServings = ['signed', 'self-signed', 'bootstrap'] as const;
export const tokenUsages = ['signing', 'authentication'] as const;

/** An authority's id. Four have a fixed meaning; `trust.assign` may name others (`kubelet-serving-ca`). */
export type AuthorityId = string;

export interface PlanNode {
  /** The Node's name: RFC 1123 subdomain, lower case. */
  readonly name: string;
  /** IPv4 or IPv6 in normal form; the first is the advertise address. */
  readonly addresses: readonly string[];
  readonly roles: readonly NodeRole[];
  /** Extra names and addresses for this node's serving certificates. */
  readonly sans: readonly string[];
}

/** Where the passphrase of an encrypted CA key comes from; `prompt` when neither is given and a person is there. */
export type PassphraseSource = {readonly file: string} | {readonly env: string};

export interface BroughtAuthority {
  /** Path of the PEM certificate, relative to the plan file's folder (absolute once read). */
  readonly certificate: string;
  /** Path of the PEM key; left out = external CA: Certwright writes requests and takes the signed certificates back. */
  readonly key?: string;
  readonly passphrase?: PassphraseSource;
}

export interface PlanUser {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface ClusterPlan {
  readonly cluster: {
    readonly name: string;
    /** `1.36` (its latest patch) or `1.36.1`. */
    readonly kubernetesVersion: string;
    /** `host`, `host:port`, `[v6]:port`; undefined = the first control-plane node's address. */
    readonly controlPlaneEndpoint: string | undefined;
  };
  readonly layout: LayoutId;
  readonly trust: {
    readonly topology: TopologyId;
    readonly authorities: Readonly<Record<AuthorityId, BroughtAuthority>>;
    /** Certificate row id → authority id. */
    readonly assign: Readonly<Record<string, AuthorityId>>;
  };
  readonly network: {
    readonly serviceSubnets: readonly string[];
    readonly podSubnets: readonly string[];
    readonly dnsDomain: string;
  };
  readonly keys: {readonly algorithm: KeyAlgorithm};
  /** Hours. */
  readonly validity: {readonly authorities: number; readonly leaves: number};
  readonly etcd: 'stacked' | 'external';
  readonly nodes: readonly PlanNode[];
  readonly sans: {readonly apiserver: readonly string[]};
  /** undefined = what the layout's own tool does. */
  readonly kubelets: {
    readonly client: (typeof kubeletClients)[number] | undefined;
    readonly serving: (typeof kubeletServings)[number] | undefined;
  };
  readonly users: readonly PlanUser[];
  readonly bootstrap: {
    readonly token: {
      /** Hours; 0 = never ends. */
      readonly ttl: number;
      readonly description: string;
      readonly groups: readonly string[];
      readonly usages: readonly (typeof tokenUsages)[number][];
    };
  };
}

/** The plan with nothing chosen: no node, kubeadm's defaults everywhere else. */
export const emptyPlan: ClusterPlan = {
  cluster: {name: 'kubernetes', kubernetesVersion: '1.36', controlPlaneEndpoint: undefined},
  layout: 'kubeadm',
  trust: {topology: 'three-cas', authorities: {}, assign: {}},
  network: {serviceSubnets: ['10.96.0.0/12'], podSubnets: ['10.244.0.0/16'], dnsDomain: 'cluster.local'},
  keys: {algorithm: 'RSA-2048'},
  validity: {authorities: 87_600, leaves: 8_760},
  etcd: 'stacked',
  nodes: [],
  sans: {apiserver: []},
  kubelets: {client: undefined, serving: undefined},
  users: [],
  bootstrap: {
    token: {
      ttl: 24,
      description: 'made by certwright',
      groups: ['system:bootstrappers:kubeadm:default-node-token'],
      usages: ['signing', 'authentication'],
    },
  },
};
