import {type Door, doorsOf, peerPorts} from './doors.ts';
import {flagOf, type FoundComponent} from './found-component.ts';
import type {Held} from './held.ts';
import type {NodeFound} from './inventory.ts';
import {kubeletServing} from './kubelet-serving.ts';

/** A port, and the file whose certificate it is to show. */
export interface ShownFile {
  readonly door: Door;
  readonly path: string;
  readonly leaf: Held;
}

/** Every port of the node's components that shows a file; what a component makes in memory is no file's. */
export function shownOn(found: Pick<NodeFound, 'components' | 'holdings' | 'heldIn'>): readonly ShownFile[] {
  return doorsOf(found.components).flatMap((door): ShownFile[] => {
    const path = fileBehind(found, door);
    const holding = found.holdings.find((each) => each.path === path);
    const leaf = holding === undefined ? undefined : found.heldIn(holding)[0];
    return leaf === undefined || path === undefined ? [] : [{door, path, leaf}];
  });
}

function fileBehind(
  {components, holdings}: Pick<NodeFound, 'components' | 'holdings'>,
  door: Door,
): string | undefined {
  if (door.component === 'kubelet') return kubeletServing({components, holdings})?.certificate;
  const flags = servingFlags(components, door);
  for (const found of components) {
    if (found.component !== door.component) continue;
    for (const name of flags) {
      const value = flagOf(found, name);
      if (value !== undefined) return found.onNode(value);
    }
  }
  return undefined;
}

/** What names the certificate that a port shows, the stronger first; a member of etcd has two. */
export function servingFlags(
  components: readonly FoundComponent[],
  {component, port}: Pick<Door, 'component' | 'port'>,
): readonly string[] {
  switch (component) {
    case 'etcd': {
      const isPeer = peerPorts(components).includes(port);
      return [isPeer ? '--peer-cert-file' : '--cert-file'];
    }
    case 'kube-apiserver':
    case 'kube-controller-manager':
    case 'kube-scheduler':
      return ['--tls-cert-file'];
    case 'kubelet':
      return ['--tls-cert-file', 'tlsCertFile'];
    case 'kube-proxy':
      return [];
    default:
      return component satisfies never;
  }
}
