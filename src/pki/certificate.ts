import type {ComponentId, EndId, Endpoint, Subject, SubjectAlternativeName, Usage} from './blueprint-types.ts';
import type {AuthorityId, ClusterPlan, PlanNode, PlanUser} from './plan.ts';
import type {KubernetesVersion} from './versions.ts';

/**
 * The words in which the catalogue's rows are written. Rows are values; what depends on the cluster is a named rule
 * that gets a `Situation`.
 */

/** What a rule may look at. */
export interface Situation {
  readonly plan: ClusterPlan;
  readonly version: KubernetesVersion;
  /** Where clients reach the API. */
  readonly endpoint: Endpoint;
  /** Control-plane nodes in the plan's order; the first is the one that `kubeadm init` runs on. */
  readonly controlPlanes: readonly PlanNode[];
  readonly etcdMembers: readonly PlanNode[];
  readonly kubeletNodes: readonly PlanNode[];
}

/** A situation seen from one node. */
export interface NodeSituation extends Situation {
  readonly node: PlanNode;
}

/** Where a row exists: once a node of that kind, or once a person of the plan. */
export type On = 'control-plane' | 'first-control-plane' | 'etcd' | 'kubelet' | 'kube-proxy' | 'person';

export type Condition = (situation: Situation) => boolean;

export const always: Condition = () => true;

/** Ids of trust rows: one a flag or setting that verifies somebody. */
export type TrustId =
  | 'etcd-clients'
  | 'etcd-peers'
  | 'etcd-servers'
  | 'etcdctl-servers'
  | 'apiserver-clients'
  | 'apiserver-front-proxies'
  | 'apiserver-kubelets'
  | 'controller-manager-clients'
  | 'controller-manager-front-proxies'
  | 'pods-apiserver'
  | 'kubelet-clients'
  | 'kubeconfig-apiserver';

export type KubeconfigId =
  | 'admin'
  | 'super-admin'
  | 'controller-manager'
  | 'scheduler'
  | 'kubelet'
  | 'bootstrap-kubelet'
  | 'kube-proxy'
  | 'user';

/** A component that presents a certificate, and the flags (or settings) that name its files. */
export interface Use {
  readonly component: ComponentId | EndId;
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateRow {
  readonly id: string;
  /** One sentence without a full stop: what for. */
  readonly why: string;
  readonly on: On;
  /** Whether the cluster has such a certificate, whoever makes it. */
  readonly when: Condition;
  /** Whether it is issued now for this node; otherwise somebody makes it later, and `later` says who. */
  readonly issuedNow: (situation: NodeSituation) => boolean;
  readonly later?: string;
  /** kubeadm's authority; the topology and `trust.assign` say which one it is in this plan. */
  readonly authority: AuthorityId;
  readonly subject: (situation: NodeSituation & {readonly user: PlanUser | undefined}) => Subject;
  readonly usages: readonly Usage[];
  readonly sans: SanRuleId;
  /** Its own pair of files, or the kubeconfig that embeds it. */
  readonly stored: {readonly kind: 'pem'} | {readonly kind: 'kubeconfig'; readonly kubeconfig: KubeconfigId};
  readonly usedBy: readonly Use[];
  readonly verifiedBy: readonly TrustId[];
  /** Who is allowed what with it, where a binding must exist for it to be of use. */
  readonly allowedBy?: string;
}

export type SanRuleId = 'none' | 'apiserver' | 'etcd' | 'kubelet';

export type SanRule = (situation: NodeSituation) => readonly SubjectAlternativeName[];

/** A flag or setting that names the authorities to verify somebody with. */
export interface TrustRow {
  readonly id: TrustId;
  /** Undefined = no process of a node: embedded in kubeconfigs, or handed to pods. */
  readonly component: ComponentId | 'etcdctl' | undefined;
  /** The flag or setting; undefined when embedded. */
  readonly flag: string | undefined;
  /** Whose certificates: a file that verifies clients never holds a root above an intermediate. */
  readonly verifies: 'clients' | 'servers';
  /** The authority whose file kubeadm gives here. */
  readonly authority: AuthorityId;
  /** Whose folder the file lies in. */
  readonly folder: FolderId;
  readonly when: Condition;
  readonly why: string;
}

/** Places on a node that a layout names. */
export type FolderId = 'control-plane' | 'etcd' | 'kubelet';

export interface KubeconfigRow {
  readonly id: KubeconfigId;
  readonly on: On;
  readonly when: Condition;
  readonly onThisNode: (situation: NodeSituation) => boolean;
  readonly user: (situation: NodeSituation & {readonly user: PlanUser | undefined}) => string;
  /** `endpoint`: the control plane's shared name; `local`: this node's own API server. */
  readonly server: (situation: NodeSituation) => 'endpoint' | 'local';
  readonly credential: 'certificate' | 'bootstrap-token';
  readonly usedBy: readonly {readonly component: ComponentId; readonly flags: readonly string[]}[];
  readonly why: string;
}

/** Checked at the row, so that a table reads like a table. */
export function certificate(
  row: Omit<CertificateRow, 'when' | 'issuedNow'> & Partial<Pick<CertificateRow, 'when' | 'issuedNow'>>,
): CertificateRow {
  return {when: always, issuedNow: () => true, ...row};
}

export function trust(row: Omit<TrustRow, 'when'> & Partial<Pick<TrustRow, 'when'>>): TrustRow {
  return {when: always, ...row};
}

export function kubeconfig(
  row: Omit<KubeconfigRow, 'when' | 'onThisNode' | 'credential'> &
    Partial<Pick<KubeconfigRow, 'when' | 'onThisNode' | 'credential'>>,
): KubeconfigRow {
  return {when: always, onThisNode: () => true, credential: 'certificate', ...row};
}
