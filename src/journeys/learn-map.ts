import {bundleAt} from './bundle-at.ts';
import {type CheckOptions, findNode, soonHours} from './check.ts';
import {judgeNode} from './judge-node.ts';
import {diagnose} from '../node/diagnose.ts';
import {lookAtNode} from '../node/inventory.ts';
import {mappedNode} from '../node/map-node.ts';
import {openRoot} from '../node/root.ts';
import {makeBlueprint} from '../pki/blueprint.ts';
import {type MappedCluster, mappedClusterOf} from '../pki/mapped-cluster.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import type {JudgedConnection} from '../pki/verdict.ts';

/** What a map is drawn of. */
export type MapSource =
  /** `name`: of the preset, or the plan's file as it was typed. */
  | {readonly kind: 'preset' | 'plan'; readonly name: string; readonly plan: ClusterPlan}
  /** `name`: as it was typed. */
  | {readonly kind: 'bundle'; readonly name: string; readonly directory: string; readonly now: Date}
  | ({readonly kind: 'node'} & NodeOptions);

type NodeOptions = Omit<CheckOptions, 'warnWithin' | 'signal'>;

export interface OpenedMap {
  readonly kind: MapSource['kind'];
  /** The preset, the file, the folder; of a node its root. */
  readonly name: string;
  readonly cluster: MappedCluster;
  /** How many files of a node this user may not read: the map lacks what is in them. */
  readonly unread: number;
  /** Tries every connection, and tells of each in order; undefined = there are no files to try. Throws `Cancelled`. */
  readonly judge: ((on: (judged: JudgedConnection) => void, signal?: AbortSignal) => Promise<void>) | undefined;
}

/**
 * Reads only.
 *
 * @throws Failure when there is no bundle or no node; InputFailure when a bundle's plan is not right
 */
export function openMap(source: MapSource): OpenedMap {
  switch (source.kind) {
    case 'preset':
    case 'plan': {
      const {kind, name, plan} = source;
      return {kind, name, cluster: mappedClusterOf(makeBlueprint(plan)), unread: 0, judge: undefined};
    }
    case 'bundle': {
      const {kind, name, directory, now} = source;
      const {bundle, blueprint} = bundleAt(directory, name);
      return {
        kind,
        name,
        cluster: mappedClusterOf(blueprint),
        unread: 0,
        judge: async (on, stop) => {
          const {judgeConnections} = await import('../proof/judge-connections.ts');
          await judgeConnections(blueprint, bundle.files, {now, on, signal: stop});
        },
      };
    }
    case 'node':
      return openNode(source);
    default:
      return source satisfies never;
  }
}

/**
 * Whether a machine is a node: then a map is of it, unless another is asked for. It is one where something starts a
 * component with files that are there. Processes alone may be those of a cluster in containers, a unit alone comes with a
 * package, and a kubeconfig is on every machine that calls a cluster.
 *
 * @param place the machine's `/`
 */
export function isNode(place: string): boolean {
  const {components, holdings} = lookAtNode(openRoot(place), {isLive: false, homes: []});
  const started = new Set(components.map(({component}) => component));
  return holdings.some(
    ({found, users}) =>
      (found.ok || found.why === 'not permitted') && users.some(({component}) => started.has(component)),
  );
}

function openNode(options: NodeOptions): OpenedMap {
  const {root: place, now} = options;
  const found = findNode(options);
  const root = openRoot(place);
  const cluster = mappedNode(root, found, diagnose(found, {now, warnWithin: soonHours, served: undefined}).findings);
  return {
    kind: 'node',
    name: place,
    cluster,
    unread: found.holdings.filter((holding) => !holding.found.ok && holding.found.why === 'not permitted').length,
    judge: (on, stop) => judgeNode(root, found, cluster, {place, now, on, signal: stop}),
  };
}
