import {endOfUrl, type UrlEnd} from '../base/address.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {flagOf, type FoundComponent} from './found-component.ts';

/** Where a component of this node listens with TLS. */
export interface Door {
  readonly component: ComponentId;
  /** No brackets. */
  readonly host: string;
  readonly port: number;
}

/** One that was asked, and what came instead of a certificate. */
export interface SilentDoor extends Door {
  readonly why: string;
}

const usualPorts = {
  'kube-apiserver': ['--secure-port', 6443],
  'kube-controller-manager': ['--secure-port', 10_257],
  'kube-scheduler': ['--secure-port', 10_259],
} as const;

/** The doors of the components that were found, by their flags and else by the usual ports; each once. */
export function doorsOf(components: readonly FoundComponent[]): readonly Door[] {
  const doors = new Map<string, Door>();
  for (const found of components) {
    for (const door of doorsOfOne(found)) {
      const name = `${door.component} ${door.port}`;
      if (!doors.has(name)) doors.set(name, door);
    }
  }
  return [...doors.values()];
}

function doorsOfOne(found: FoundComponent): readonly Door[] {
  const {component} = found;
  switch (component) {
    case 'kube-apiserver':
    case 'kube-controller-manager':
    case 'kube-scheduler': {
      const [flag, usual] = usualPorts[component];
      const port = Number(flagOf(found, flag) ?? usual);
      const host = reachable(flagOf(found, '--bind-address'));
      return port > 0 ? [{component, host, port}] : [];
    }
    case 'etcd':
      return ['--listen-client-urls', '--listen-peer-urls'].flatMap((flag) =>
        urlsOf(found, flag).flatMap(({scheme, host, port}) => (scheme === 'https' ? [{component, host, port}] : [])),
      );
    case 'kubelet':
      return [
        {
          component,
          host: reachable(flagOf(found, '--address') ?? found.settings.get('address')),
          port: Number(flagOf(found, '--port') ?? found.settings.get('port') ?? 10_250),
        },
      ];
    case 'kube-proxy':
      return [];
    default:
      return component satisfies never;
  }
}

/** Who listens everywhere is reached at home. */
export function reachable(address: string | undefined): string {
  return address === undefined || address === '0.0.0.0' || address === '::' || address === '' ? '127.0.0.1' : address;
}

/** Where members of etcd listen for each other. */
export function peerPorts(components: readonly FoundComponent[]): readonly number[] {
  return components
    .filter(({component}) => component === 'etcd')
    .flatMap((found) => urlsOf(found, '--listen-peer-urls').map(({port}) => port));
}

/** What a flag lists: where etcd listens. */
export function urlsOf(found: FoundComponent, flag: string): readonly UrlEnd[] {
  return (flagOf(found, flag) ?? '').split(',').flatMap((text) => {
    const end = endOfUrl(text.trim());
    return end === undefined ? [] : [{...end, host: reachable(end.host)}];
  });
}
