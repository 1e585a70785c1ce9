import type {Blueprint, EndId, PlannedConnection} from './blueprint-types.ts';
import {connectionRows} from './connections.ts';

/** A cluster as a figure shows it: who is there, and who calls whom. All nodes of a kind are one box. */
export interface ClusterMap {
  /** In the order in which the catalogue's connections name them. */
  readonly boxes: readonly MapBox[];
  /** In the catalogue's order. */
  readonly arrows: readonly MapArrow[];
}

export interface MapBox {
  readonly id: EndId;
  /** Where it runs, in the plan's order; empty for what stands on no node of the plan. */
  readonly nodes: readonly string[];
}

/** A row of the catalogue's connections, however many nodes call by it. */
export interface MapArrow {
  /** The row: `apiserver-to-etcd`. */
  readonly id: string;
  /** From 1: the row's place in the catalogue, the same in every cluster. */
  readonly number: number;
  readonly caller: EndId;
  readonly provider: EndId;
  readonly credential: 'certificate' | 'token' | 'nothing';
  /** At least one, in the blueprint's order. */
  readonly instances: readonly [PlannedConnection, ...PlannedConnection[]];
}

/** What is picked out on a map: a component or a connection. */
export type MapSpot =
  | {readonly kind: 'component'; readonly id: EndId}
  /** `id` = the row of the connection. */
  | {readonly kind: 'connection'; readonly id: string};

export function clusterMapOf(blueprint: Pick<Blueprint, 'connections' | 'components' | 'nodes'>): ClusterMap {
  const arrows = connectionRows.flatMap(({id, caller, provider, credential}, index): readonly MapArrow[] => {
    const [first, ...others] = blueprint.connections.filter((connection) => connection.id === id);
    if (first === undefined) return [];
    return [
      {
        id,
        number: index + 1,
        caller,
        provider,
        credential: 'certificate' in credential ? 'certificate' : 'token' in credential ? 'token' : 'nothing',
        instances: [first, ...others],
      },
    ];
  });
  const ends = new Set(arrows.flatMap(({caller, provider}) => [caller, provider]));
  return {boxes: [...ends].map((id) => ({id, nodes: nodesOf(id, arrows, blueprint)})), arrows};
}

function nodesOf(
  id: EndId,
  arrows: readonly MapArrow[],
  {components, nodes}: Pick<Blueprint, 'components' | 'nodes'>,
): readonly string[] {
  const named = new Set([
    ...components.flatMap(({component, node}) => (component === id ? [node] : [])),
    ...arrows.flatMap(({instances}) =>
      instances.flatMap(({caller, provider}) =>
        [caller, provider].flatMap(({component, node}) => (component === id && node !== undefined ? [node] : [])),
      ),
    ),
  ]);
  return nodes.flatMap(({name}) => (named.has(name) ? [name] : []));
}

/** The arrow of that row; undefined = this cluster has none. */
export function arrowOf({arrows}: ClusterMap, id: string): MapArrow | undefined {
  return arrows.find((arrow) => arrow.id === id);
}
