import type {Blueprint} from './blueprint-types.ts';
import {makeBlueprint} from './blueprint.ts';
import type {ClusterPlan, PlanNode} from './plan.ts';

/** Nodes that get the same, each for itself: same roles, and the first control-plane node apart. */
export interface NodeKind {
  /** The first of them in the plan. */
  readonly example: PlanNode;
  readonly count: number;
}

/** How much a plan makes. */
export interface Amounts {
  readonly keys: number;
  readonly certificates: number;
  readonly files: number;
}

/**
 * What follows from a plan, without its repetitions: the blueprint of one node of each kind, and how many there are.
 * It costs the same for three nodes and for a thousand, so it can be made while somebody tries options.
 */
export interface Outline {
  readonly plan: ClusterPlan;
  /** Of the examples alone; its names are the plan's own. */
  readonly blueprint: Blueprint;
  readonly kinds: readonly NodeKind[];
  /** How many nodes an example stands for; 1 for what belongs to no node. */
  readonly timesOf: (node: string | undefined) => number;
  /** Of the whole plan. */
  readonly amounts: Amounts;
}

export function outlineOf(plan: ClusterPlan): Outline {
  const kinds = nodeKinds(plan);
  const blueprint = makeBlueprint({...plan, nodes: kinds.map(({example}) => example)});
  const times = new Map(kinds.map(({example, count}) => [example.name, count]));
  const timesOf = (node: string | undefined): number => (node === undefined ? 1 : (times.get(node) ?? 1));
  return {plan, blueprint, kinds, timesOf, amounts: amountsOf(blueprint, timesOf)};
}

/** The same to be looked at: without any node nothing would be signed, so one is made up. */
export function outlineToShow(plan: ClusterPlan): Outline {
  const example: PlanNode = {name: 'node-1', addresses: ['192.0.2.1'], roles: ['control-plane', 'etcd'], sans: []};
  return outlineOf(plan.nodes.length === 0 ? {...plan, nodes: [example]} : plan);
}

/** In the plan's order. */
function nodeKinds({nodes}: ClusterPlan): readonly NodeKind[] {
  const first = nodes.find(({roles}) => roles.includes('control-plane'));
  const kinds = Map.groupBy(nodes, (node) => `${node === first} ${node.roles.toSorted().join(' ')}`);
  return [...kinds.values()].flatMap(([example, ...rest]) =>
    example === undefined ? [] : [{example, count: rest.length + 1}],
  );
}

function amountsOf({authorities, certificates, keyPairs, files}: Blueprint, timesOf: Outline['timesOf']): Amounts {
  const all = (parts: readonly {readonly node: string | undefined}[]): number =>
    parts.reduce((sum, {node}) => sum + timesOf(node), 0);
  const made = authorities.filter(({brought}) => brought === undefined).length;
  const issued = made + all(certificates);
  return {keys: issued + keyPairs.length, certificates: issued, files: all(files)};
}
