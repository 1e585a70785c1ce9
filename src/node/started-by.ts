import {basename} from 'node:path';
import type {ComponentId} from '../pki/blueprint-types.ts';
import type {FoundComponent} from './found-component.ts';

/** What starts a component on this node: its manifest, its unit; undefined = nothing that lies here. */
export function starterOf(
  component: ComponentId,
  components: readonly FoundComponent[],
): FoundComponent['from'] | undefined {
  return components.find(
    (each) => each.component === component && (each.from.kind === 'static-pod' || each.from.kind === 'unit'),
  )?.from;
}

/** As `systemctl` and `journalctl` take it; a unit that does not lie here is likely called as its component. */
export function unitOf(component: ComponentId, components: readonly FoundComponent[]): string {
  const from = starterOf(component, components);
  return from?.kind === 'unit' ? basename(from.path, '.service') : component;
}

/** Where a component's own words are, by what starts it. */
export function logCommand(component: ComponentId, components: readonly FoundComponent[]): string {
  return starterOf(component, components)?.kind === 'static-pod'
    ? `crictl logs $(crictl ps -aq --name ${component} | head -1)`
    : `journalctl -u ${unitOf(component, components)} -n 50`;
}
