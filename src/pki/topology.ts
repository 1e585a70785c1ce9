import type {PlannedAuthority, SubjectAlternativeName} from './blueprint-types.ts';
import type {Situation, TrustId, TrustRow} from './certificate.ts';
import {certificateRows} from './certificates.ts';
import type {AuthorityId, ClusterPlan, TopologyId} from './plan.ts';
import {kubeletServingOf} from './situation.ts';
import {trustRows} from './trusts.ts';
import {holdsFor, type Span} from './versions.ts';

/** Who signs whom. A topology says for each of kubeadm's three authorities which one it is, and which one is above it. */
interface Topology {
  readonly id: TopologyId;
  readonly label: string;
  /** What it is and what it costs, in plain words. */
  readonly why: string;
  readonly stands: Readonly<Record<AuthorityId, AuthorityId>>;
  /** The authority above every other; undefined = all are self-signed. */
  readonly root: AuthorityId | undefined;
}

const apart = {
  'kubernetes-ca': 'kubernetes-ca',
  'etcd-ca': 'etcd-ca',
  'front-proxy-ca': 'front-proxy-ca',
} satisfies Topology['stands'];

export const topologies: Readonly<Record<TopologyId, Topology>> = {
  'single-ca': {
    id: 'single-ca',
    label: 'One authority',
    why: "one authority signs everything: the least to distribute, but every client certificate of the cluster opens etcd, past RBAC, each kubelet's and each person's too",
    stands: {'kubernetes-ca': 'kubernetes-ca', 'etcd-ca': 'kubernetes-ca', 'front-proxy-ca': 'kubernetes-ca'},
    root: undefined,
  },
  'three-cas': {
    id: 'three-cas',
    label: 'Three authorities',
    why: "kubeadm's way: etcd and the front proxy have authorities of their own, so a cluster certificate opens neither; three keys to guard and three ends to watch",
    stands: apart,
    root: undefined,
  },
  intermediates: {
    id: 'intermediates',
    label: 'Offline root, three intermediates',
    why: 'one root signs the three as intermediates and stays offline: an intermediate can be replaced without new trust in what clients hold; files that verify clients must hold the intermediate alone',
    stands: apart,
    root: 'root-ca',
  },
};

const commonNames: Readonly<Record<AuthorityId, string>> = {
  'kubernetes-ca': 'kubernetes',
  'etcd-ca': 'etcd-ca',
  'front-proxy-ca': 'front-proxy-ca',
};

const authorityReasons: Readonly<Record<AuthorityId, string>> = {
  'root-ca': 'signs the other authorities and nothing else; its key never lands on a node',
  'kubernetes-ca': 'signs the API server and everyone who calls it',
  'etcd-ca': 'signs etcd and its clients: whoever it signs as a client reads and writes everything',
  'front-proxy-ca': 'signs the front proxy: whoever it signs may speak for other users',
};

/** kubeadm's authorities carry their own name as a SAN since Go's verifier reads no common name. */
const authoritySanSpan: Span = {from: '1.22'};

export const topologyAuthorities: Readonly<Record<TopologyId, readonly AuthorityId[]>> = {
  'single-ca': ['kubernetes-ca'],
  'three-cas': ['kubernetes-ca', 'etcd-ca', 'front-proxy-ca'],
  intermediates: ['root-ca', 'kubernetes-ca', 'etcd-ca', 'front-proxy-ca'],
};

/** Which authority stands for kubeadm's in this plan. */
function standsFor(plan: ClusterPlan, authority: AuthorityId): AuthorityId {
  const {stands} = topologies[plan.trust.topology];
  return stands[authority] ?? authority;
}

/** Which authority signs a certificate row in this plan. */
export function authorityOf(
  plan: ClusterPlan,
  row: {readonly id: string; readonly authority: AuthorityId},
): AuthorityId {
  return plan.trust.assign[row.id] ?? standsFor(plan, row.authority);
}

/** Every authority of the plan, each above before those it signs. */
export function plannedAuthorities(situation: Situation): readonly PlannedAuthority[] {
  const {plan, version} = situation;
  const {root} = topologies[plan.trust.topology];
  const assigned = certificateRows
    .filter((row) => row.when(situation))
    .map((row) => authorityOf(plan, row))
    .filter((id) => !topologyAuthorities[plan.trust.topology].includes(id));
  const ids = [...topologyAuthorities[plan.trust.topology], ...new Set(assigned)];
  return ids.map((id) => {
    const commonName = commonNames[id] ?? id;
    const sans: SubjectAlternativeName[] =
      id !== 'root-ca' && holdsFor(authoritySanSpan, version)
        ? [{type: 'dns', value: commonName, why: 'kubeadm gives each authority its own name'}]
        : [];
    return {
      id,
      subject: {commonName, organizations: []},
      sans,
      signedBy: root === undefined || id === root ? undefined : root,
      algorithm: plan.keys.algorithm,
      validity: plan.validity.authorities,
      brought: plan.trust.authorities[id],
      why: authorityReasons[id] ?? `signs what trust.assign gives it: ${assignedTo(plan, id).join(', ')}`,
    };
  });
}

function assignedTo(plan: ClusterPlan, authority: AuthorityId): string[] {
  return Object.entries(plan.trust.assign)
    .filter(([, id]) => id === authority)
    .map(([certificate]) => certificate);
}

/** The authority that the controller manager signs requests with: that of the kubelets' client certificates. */
export function signingAuthorities(situation: Situation): {clients: AuthorityId; serving: AuthorityId} {
  const of = (id: string) => authorityOf(situation.plan, {id, authority: 'kubernetes-ca'});
  return {
    clients: of('kubelet-client'),
    serving: kubeletServingOf(situation) === 'bootstrap' ? of('kubelet-serving') : of('kubelet-client'),
  };
}

/** An authority and those above it, nearest first. */
export function ascent(
  authorities: ReadonlyMap<AuthorityId, PlannedAuthority>,
  id: AuthorityId,
): readonly AuthorityId[] {
  const parent = authorities.get(id)?.signedBy;
  return parent === undefined ? [id] : [id, ...ascent(authorities, parent)];
}

/** What a trust row's file holds in this plan, in file order, and whether that is kubeadm's authority alone. */
export function trustedAuthorities(
  situation: Situation,
  authorities: ReadonlyMap<AuthorityId, PlannedAuthority>,
): ReadonlyMap<TrustId, readonly AuthorityId[]> {
  const result = new Map<TrustId, readonly AuthorityId[]>();
  for (const row of trustRows) {
    const signers = certificateRows
      .filter((certificate) => certificate.verifiedBy.includes(row.id) && certificate.when(situation))
      .map((certificate) => authorityOf(situation.plan, certificate));
    const distinct = signers.length === 0 ? [standsFor(situation.plan, row.authority)] : [...new Set(signers)];
    result.set(row.id, row.verifies === 'clients' ? distinct : withRoots(distinct, authorities));
  }
  return result;
}

function withRoots(
  ids: readonly AuthorityId[],
  authorities: ReadonlyMap<AuthorityId, PlannedAuthority>,
): AuthorityId[] {
  return [...new Set(ids.flatMap((id) => ascent(authorities, id)))];
}

/**
 * The authority in the place that kubeadm gives one of its three: itself where the plan has it, else the one that
 * stands for it, so that with one authority `etcd/ca.crt` is a copy of that one.
 */
export function occupantOf(plan: ClusterPlan, planned: ReadonlySet<AuthorityId>, slot: AuthorityId): AuthorityId {
  return planned.has(slot) ? slot : standsFor(plan, slot);
}

/** The name of a trust file, as an authority's id and what comes after it: kubeadm's own where it holds that authority. */
export function trustFileName(
  row: TrustRow,
  held: readonly AuthorityId[],
  occupant: AuthorityId,
  root: AuthorityId | undefined,
): {authority: AuthorityId; suffix: string} {
  const [first] = held;
  const chained = held.length === 2 && held[1] === root;
  if (first === undefined || (held.length > 1 && !chained)) return {authority: row.id, suffix: ''};
  return {authority: first === occupant ? row.authority : first, suffix: chained ? '-chain' : ''};
}
