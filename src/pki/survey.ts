import type {PlannedAuthority, PlannedCertificate} from './blueprint-types.ts';
import type {On, Situation, TrustId} from './certificate.ts';
import {authorityPath, layouts} from './layouts.ts';
import type {AuthorityId, ClusterPlan, PlanNode} from './plan.ts';
import {nodesOn, situationOf} from './situation.ts';
import {ascent, occupantOf, plannedAuthorities, topologies, trustedAuthorities, trustFileName} from './topology.ts';
import {trustRow} from './trusts.ts';

/** What several parts of the blueprint ask about a plan, worked out once. */
export interface Survey {
  readonly situation: Situation;
  readonly authorities: readonly PlannedAuthority[];
  /** Whether Certwright will have the authority's key: made here, or brought with its key. */
  readonly holdsKey: (authority: AuthorityId) => boolean;
  /** The authority in the place that kubeadm gives one of its three. */
  readonly occupant: (slot: AuthorityId) => AuthorityId;
  /** Authorities in the file of a trust row, in file order. */
  readonly trusted: (id: TrustId) => readonly AuthorityId[];
  /** Absolute path, on the node, of a trust row's file. */
  readonly trustPath: (id: TrustId) => string;
  /** Intermediates that go along with what this authority signs, nearest first. */
  readonly chainOf: (authority: AuthorityId) => readonly AuthorityId[];
  readonly runsOn: (on: Exclude<On, 'person'>, node: PlanNode) => boolean;
}

export function surveyOf(plan: ClusterPlan): Survey {
  const situation = situationOf(plan);
  const authorities = plannedAuthorities(situation);
  const byId = new Map(authorities.map((authority) => [authority.id, authority]));
  const trustedBy = trustedAuthorities(situation, byId);
  const trusted = (id: TrustId): readonly AuthorityId[] => trustedBy.get(id) ?? [];
  const layout = layouts[plan.layout];
  const planned = new Set(byId.keys());
  const occupant = (slot: AuthorityId): AuthorityId => occupantOf(plan, planned, slot);
  const runners = new Map<On, ReadonlySet<string>>();
  return {
    situation,
    authorities,
    holdsKey: (id) => {
      const brought = byId.get(id)?.brought;
      return brought === undefined || brought.key !== undefined;
    },
    occupant,
    trusted,
    trustPath: (id) => {
      const row = trustRow(id);
      const {root} = topologies[plan.trust.topology];
      const {authority, suffix} = trustFileName(row, trusted(id), occupant(row.authority), root);
      return `${authorityPath(layout, row.folder, authority)}${suffix}.crt`;
    },
    chainOf: (id) => ascent(byId, id).filter((above) => byId.get(above)?.signedBy !== undefined),
    runsOn: (on, node) => {
      let names = runners.get(on);
      if (names === undefined) {
        names = new Set(nodesOn(on, situation).map((each) => each.name));
        runners.set(on, names);
      }
      return names.has(node.name);
    },
  };
}

/** `cp-1/apiserver`, `users/viewer`. */
export function certificateName(
  id: string,
  place: {readonly node: string} | {readonly user: string},
): PlannedCertificate['name'] {
  return 'node' in place ? `${place.node}/${id}` : `users/${place.user}`;
}
