import type {Blueprint, ComponentId, PlannedFile, PlannedNode} from '../pki/blueprint-types.ts';

/** Nodes whose files have the same places: they are told of once. */
export interface NodeGroup {
  readonly nodes: readonly PlannedNode[];
  readonly components: readonly ComponentId[];
  /** Of the first node; the others' differ in content only. */
  readonly files: readonly PlannedFile[];
}

/** In the order in which the nodes are set up. */
export function nodeGroups(blueprint: Blueprint): readonly NodeGroup[] {
  const files = Map.groupBy(blueprint.files, ({node}) => node);
  const components = Map.groupBy(blueprint.components, ({node}) => node);
  const first = firstControlPlane(blueprint);
  const sameness = (node: PlannedNode): string =>
    [
      // The first one starts the cluster, the others join it.
      node.name === first ? 'first' : stage(node),
      ...(files.get(node.name) ?? []).map(({path, mode}) => `${mode} ${path.slice(`nodes/${node.name}/`.length)}`),
    ].join('\n');
  return [...Map.groupBy(blueprint.nodes, sameness).values()]
    .map((nodes) => {
      const name = nodes[0]?.name ?? '';
      return {
        nodes,
        components: (components.get(name) ?? []).map(({component}) => component),
        files: files.get(name) ?? [],
      };
    })
    .toSorted((one, other) => stageOf(one) - stageOf(other));
}

/** etcd of its own first, then control-plane nodes, then the rest. */
function stage({roles}: PlannedNode): number {
  if (roles.includes('control-plane')) return 1;
  return roles.includes('etcd') ? 0 : 2;
}

function stageOf({nodes: [first]}: NodeGroup): number {
  return first === undefined ? 2 : stage(first);
}

export function firstControlPlane({nodes}: Blueprint): string | undefined {
  return nodes.find(({roles}) => roles.includes('control-plane'))?.name;
}
