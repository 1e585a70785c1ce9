import type {FoundComponent} from '../node/found-component.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {startingOrder} from '../pki/components.ts';
import type {Restart} from '../pki/rotation.ts';

/**
 * How each of these components is restarted, in the order in which that is done: what others need first. Where the kubelet
 * starts others, it is the first of all, for one that does not run starts nobody.
 */
export function restartsOf(
  needed: ReadonlySet<ComponentId>,
  components: readonly FoundComponent[],
): readonly Restart[] {
  const restarts = startingOrder.filter((each) => needed.has(each)).map((each) => restartOf(each, components));
  const startsOthers = restarts.some(({kind}) => kind === 'static-pod');
  const isFirst = ({component}: Restart): boolean => startsOthers && component === 'kubelet';
  return [...restarts.filter(isFirst), ...restarts.filter((each) => !isFirst(each))];
}

function restartOf(component: ComponentId, components: readonly FoundComponent[]): Restart {
  for (const {component: each, from} of components) {
    if (each !== component) continue;
    if (from.kind === 'static-pod') return {component, kind: 'static-pod', path: from.path};
    if (from.kind === 'unit') return {component, kind: 'unit', unit: from.path.split('/').at(-1) ?? component};
  }
  // kubeadm's packages start it, by a unit that need not be among these files.
  return component === 'kubelet' ? {component, kind: 'unit', unit: 'kubelet'} : {component, kind: 'unknown'};
}
