import {endOfUrl, isAddress, urlHost} from '../base/address.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {doorsOf, reachable, urlsOf} from './doors.ts';
import {flagOf, type FoundComponent} from './found-component.ts';

/** Where a component says whether it is well. */
export interface HealthDoor {
  readonly component: ComponentId;
  readonly scheme: 'https' | 'http';
  /** No brackets. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** Who may ask: anybody; whoever has a certificate of etcd's authority; an administrator, where nobody else is let in. */
  readonly asks: 'anybody' | 'etcd-client' | 'administrator';
}

/**
 * By its flags, as they were found; undefined = it says so nowhere. The paths are those that kubeadm's probes ask, and
 * etcd's own.
 */
export function healthDoorOf(component: ComponentId, components: readonly FoundComponent[]): HealthDoor | undefined {
  const found = components.filter((each) => each.component === component);
  const [first] = found;
  if (first === undefined) return undefined;
  switch (component) {
    case 'etcd':
      return etcdDoor(found);
    case 'kube-apiserver':
    case 'kube-controller-manager':
    case 'kube-scheduler': {
      const [door] = doorsOf(found);
      const isApi = component === 'kube-apiserver';
      return (
        door && {
          ...door,
          scheme: 'https',
          path: isApi ? '/readyz' : '/healthz',
          asks: isApi ? 'administrator' : 'anybody',
        }
      );
    }
    case 'kubelet': {
      const port = Number(setting(found, 'healthzPort', '--healthz-port') ?? 10_248);
      const host = setting(found, 'healthzBindAddress', '--healthz-bind-address') ?? '127.0.0.1';
      return port > 0 ? plainDoor(component, host, port) : undefined;
    }
    case 'kube-proxy': {
      const text = setting(found, 'healthzBindAddress', '--healthz-bind-address') ?? '';
      // An address, with or without the port.
      const at = endOfUrl(`http://${isAddress(text) ? `${urlHost(text)}:10256` : text}`);
      return plainDoor(component, at?.host ?? '127.0.0.1', at?.port ?? 10_256);
    }
    default:
      return component satisfies never;
  }
}

function etcdDoor(found: readonly FoundComponent[]): HealthDoor | undefined {
  const listed = (flag: string) => found.flatMap((each) => urlsOf(each, flag));
  // Where metrics have a door of their own, health has it too, and no certificate is asked for.
  const metrics = listed('--listen-metrics-urls').find(({scheme}) => scheme === 'http');
  const [client] = listed('--listen-client-urls');
  const door = metrics ?? client;
  return (
    door && {
      component: 'etcd',
      ...door,
      path: '/health',
      asks: door.scheme === 'https' ? 'etcd-client' : 'anybody',
    }
  );
}

function plainDoor(component: ComponentId, host: string, port: number): HealthDoor {
  return {component, scheme: 'http', host: reachable(host), port, path: '/healthz', asks: 'anybody'};
}

function setting(found: readonly FoundComponent[], key: string, flag: string): string | undefined {
  return found.map((each) => each.settings.get(key) ?? flagOf(each, flag)).find((value) => value !== undefined);
}
