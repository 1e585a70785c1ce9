import type {AuthorityId, BroughtAuthority, ClusterPlan, KeyAlgorithm, NodeRole} from './plan.ts';
import type {KubeconfigId} from './certificate.ts';
import type {KubernetesVersion} from './versions.ts';

/**
 * The blueprint: what follows from a plan, as plain data, before any key exists. Previews, documents, JSON and the
 * issuer read this and nothing else. Lists are in issuing order, then by node in the plan's order. One file, because it
 * is one value: whoever reads a part follows it into the next.
 */
export interface Blueprint {
  readonly plan: ClusterPlan;
  readonly version: KubernetesVersion;
  readonly endpoint: Endpoint;
  readonly nodes: readonly PlannedNode[];
  readonly authorities: readonly PlannedAuthority[];
  readonly certificates: readonly PlannedCertificate[];
  readonly keyPairs: readonly PlannedKeyPair[];
  readonly kubeconfigs: readonly PlannedKubeconfig[];
  readonly components: readonly PlannedComponent[];
  readonly files: readonly PlannedFile[];
  readonly connections: readonly PlannedConnection[];
  /** What this topology must refuse, and what it lets in though one might not expect it. */
  readonly intrusions: readonly PlannedIntrusion[];
  /** What this plan costs, in plain words: each a `warning`. */
  readonly advice: readonly Advice[];
}

export interface Endpoint {
  /** DNS name or address, no brackets. */
  readonly host: string;
  readonly port: number;
}

export interface PlannedNode {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly roles: readonly NodeRole[];
}

/** As the certificates.k8s.io API spells them. */
export type Usage = 'server auth' | 'client auth';

export interface Subject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

export interface SubjectAlternativeName {
  readonly type: 'dns' | 'ip';
  /** A DNS name, or an address in normal form without brackets. */
  readonly value: string;
  /** Why this name must be there. */
  readonly why: string;
}

export interface PlannedAuthority {
  readonly id: AuthorityId;
  readonly subject: Subject;
  readonly sans: readonly SubjectAlternativeName[];
  /** The authority above; undefined = self-signed. */
  readonly signedBy: AuthorityId | undefined;
  readonly algorithm: KeyAlgorithm;
  /** Hours. */
  readonly validity: number;
  /** Set when the person brings it; Certwright then makes neither key nor certificate. */
  readonly brought: BroughtAuthority | undefined;
  readonly why: string;
}

export interface PlannedCertificate {
  /** Unique in the blueprint: `cp-1/apiserver`, `users/viewer`. */
  readonly name: string;
  /** The catalogue row: `apiserver`. */
  readonly id: string;
  /** undefined = belongs to no node (a person's). */
  readonly node: string | undefined;
  readonly subject: Subject;
  readonly usages: readonly Usage[];
  readonly sans: readonly SubjectAlternativeName[];
  readonly authority: AuthorityId;
  /** Intermediates that go along when it is presented, nearest first; empty under a self-signed authority. */
  readonly chain: readonly AuthorityId[];
  readonly algorithm: KeyAlgorithm;
  /** Hours. */
  readonly validity: number;
  readonly why: string;
}

/** A key pair without a certificate: the service-account pair. */
export interface PlannedKeyPair {
  readonly id: 'service-account';
  readonly algorithm: KeyAlgorithm;
  readonly why: string;
}

export interface PlannedKubeconfig {
  /** Unique: `cp-1/admin`, `users/viewer`. */
  readonly name: string;
  /** The row: `admin`. */
  readonly id: KubeconfigId;
  readonly node: string | undefined;
  readonly clusterName: string;
  readonly user: string;
  readonly contextName: string;
  /** `https://host:port`, brackets around IPv6. */
  readonly server: string;
  /** Embedded as `certificate-authority-data`, in this order. */
  readonly trusts: readonly AuthorityId[];
  readonly credential:
    | {readonly kind: 'certificate'; readonly certificate: string}
    | {readonly kind: 'bootstrap-token'};
  readonly why: string;
}

/** What a file holds; the bundle turns it into bytes once everything is issued. */
export type FileContent =
  /** The leaf, followed by its chain. */
  | {readonly kind: 'certificate'; readonly certificate: string}
  /** One or several authorities' certificates, in this order. */
  | {readonly kind: 'authorities'; readonly authorities: readonly AuthorityId[]}
  | {readonly kind: 'certificate-key'; readonly certificate: string}
  | {readonly kind: 'authority-key'; readonly authority: AuthorityId}
  | {readonly kind: 'key-pair-private'; readonly keyPair: PlannedKeyPair['id']}
  | {readonly kind: 'key-pair-public'; readonly keyPair: PlannedKeyPair['id']}
  | {readonly kind: 'kubeconfig'; readonly kubeconfig: string}
  /** A component's flags, one `--name=value` a line. */
  | {readonly kind: 'flags'; readonly node: string; readonly component: ComponentId}
  /** YAML documents that hold no secret: KubeletConfiguration, kubeadm-config.yaml, RBAC. */
  | {readonly kind: 'yaml'; readonly documents: readonly YamlMap[]}
  /** What needs the token or a CA certificate, made when both are there. */
  | {readonly kind: 'token-secret' | 'cluster-info' | 'join-command'};

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;
export interface YamlMap {
  readonly [key: string]: YamlValue;
}

export interface PlannedFile {
  /** In the bundle, `/`-separated: `nodes/cp-1/rootfs/etc/kubernetes/pki/ca.crt`. */
  readonly path: string;
  readonly node: string | undefined;
  /** Absolute path on the node for files under `rootfs`. */
  readonly target: string | undefined;
  readonly mode: 0o600 | 0o644;
  readonly content: FileContent;
  readonly why: string;
}

export type ComponentId =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubelet'
  | 'kube-proxy';

export interface PlannedComponent {
  readonly component: ComponentId;
  readonly node: string;
  /** Sorted by name, as kubeadm writes them. */
  readonly flags: readonly PlannedFlag[];
  /** Settings that live in its configuration file: `authentication.x509.clientCAFile`. */
  readonly settings: readonly PlannedFlag[];
}

export interface PlannedFlag {
  /** `--tls-cert-file`, or the path of a setting in the component's configuration file. */
  readonly name: string;
  readonly value: string;
  readonly why: string;
  /** The catalogue row it comes from: a certificate, key pair, kubeconfig or authority id; undefined for other flags. */
  readonly row: string | undefined;
}

/** Who stands at an end of a connection. Beside the components: people, pods, and servers that are not ours. */
export type EndId =
  | ComponentId
  | 'kubectl'
  | 'etcdctl'
  | 'pod'
  | 'metrics-server'
  | 'scraper'
  | 'aggregated-api'
  | 'webhook';

export interface ConnectionEnd {
  readonly component: EndId;
  readonly node: string | undefined;
}

/** Where an end takes its certificate and key from; paths are the bundle's (`PlannedFile.path`). */
export type PresentedFrom =
  | {readonly kind: 'files'; readonly certificate: string; readonly key: string}
  | {readonly kind: 'kubeconfig'; readonly path: string};

/** What an end verifies the other with. */
export interface Trust {
  /** In file order. */
  readonly authorities: readonly AuthorityId[];
  /** `--trusted-ca-file`, `authentication.x509.clientCAFile`, `certificate-authority-data`. */
  readonly by: string;
  /** The bundle's path of the PEM file, or of the kubeconfig that embeds it. */
  readonly from: {readonly kind: 'file'; readonly path: string} | {readonly kind: 'kubeconfig'; readonly path: string};
}

export interface NotVerified {
  /** "verified by nothing, because …": the part after "because". */
  readonly notVerified: string;
}

export interface PlannedConnection {
  /** The row: `apiserver-to-etcd`. */
  readonly id: string;
  readonly caller: ConnectionEnd;
  readonly provider: ConnectionEnd;
  /** Host that the caller dials and whose name the serving certificate must carry; no brackets. */
  readonly host: string;
  readonly port: number;
  /** What the provider presents: a planned certificate, or why it is not one of ours. */
  readonly presents: {readonly certificate: string; readonly from: PresentedFrom} | {readonly notOurs: string};
  /** What the caller verifies it with, or why with nothing. */
  readonly callerTrusts: Trust | NotVerified;
  /** What the caller presents. */
  readonly credential:
    | {readonly certificate: string; readonly from: PresentedFrom}
    | {readonly token: string}
    | {readonly none: string};
  /** What the provider verifies the caller's certificate with. */
  readonly providerTrusts: Trust | NotVerified;
  /** `demanded`: TLS refuses a caller without one (etcd). `requested`: the answer is 401 or anonymous. */
  readonly clientCertificate: 'demanded' | 'requested' | 'unused';
  readonly why: string;
}

/** An attempt that the proof makes though no component makes it. */
export interface PlannedIntrusion {
  readonly id: string;
  readonly provider: ConnectionEnd;
  readonly host: string;
  readonly port: number;
  readonly presents: {readonly certificate: string; readonly from: PresentedFrom};
  readonly providerTrusts: Trust;
  readonly clientCertificate: 'demanded' | 'requested';
  /** What is shown at the door: one of our certificates, one of an authority nobody knows, or none. */
  readonly shows:
    | {readonly certificate: string; readonly from: PresentedFrom; readonly withChain: boolean}
    | {readonly stranger: Subject}
    | {readonly nothing: true};
  readonly expected: 'refused' | 'let-in';
  readonly why: string;
}

/** Something dangerous or surprising in the plan, and what it costs. */
export interface Advice {
  readonly code: string;
  /** The plan key it is about. */
  readonly path: string;
  readonly message: string;
  readonly fix: string | undefined;
}
