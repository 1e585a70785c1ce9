import type {ComponentId} from '../pki/blueprint-types.ts';

/** Where real components of the lab stand on this machine: on loopback, each at a port of its own. */
export interface Here {
  /** The node's files, absolute. */
  readonly rootfs: string;
  /** Where etcd keeps its data. */
  readonly data: string;
  /** Names the only member. */
  readonly node: string;
  readonly ports: {readonly etcd: number; readonly peers: number; readonly apiserver: number};
}

/**
 * A component's flags as they stand in its flags file, turned to this machine: the same files at other paths, the same
 * servers at other ports. What is verified stays as it is, for etcd is dialled at 127.0.0.1 all the same.
 *
 * @param text one `--name=value` a line
 */
export function flagsHere(text: string, component: 'etcd' | 'kube-apiserver', here: Here): readonly string[] {
  const changed = component === 'etcd' ? etcdFlags(here) : apiserverFlags(here);
  const kept = text
    .split('\n')
    .filter((line) => line.startsWith('--'))
    .flatMap((line) => {
      const [name = ''] = line.split('=', 1);
      return name in changed ? [] : [withPath(name, line.slice(name.length + 1), here.rootfs)];
    });
  return [
    ...kept,
    ...Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
  ];
}

/** Components that `flagsHere` knows. */
export function isReal(component: string): component is Extract<ComponentId, 'etcd' | 'kube-apiserver'> {
  return component === 'etcd' || component === 'kube-apiserver';
}

type Changed = Readonly<Record<string, string | undefined>>;

function etcdFlags({data, node, ports}: Here): Changed {
  const clients = `https://127.0.0.1:${ports.etcd}`;
  const peers = `https://127.0.0.1:${ports.peers}`;
  return {
    '--data-dir': data,
    '--listen-client-urls': clients,
    '--advertise-client-urls': clients,
    '--listen-peer-urls': peers,
    '--initial-advertise-peer-urls': peers,
    '--initial-cluster': `${node}=${peers}`,
    // Another port that nobody needs here.
    '--listen-metrics-urls': undefined,
  };
}

function apiserverFlags({ports}: Here): Changed {
  return {
    '--bind-address': '127.0.0.1',
    '--secure-port': String(ports.apiserver),
    '--etcd-servers': `https://127.0.0.1:${ports.etcd}`,
  };
}

function withPath(name: string, value: string, rootfs: string): string {
  return `${name}=${value.startsWith('/') ? `${rootfs}${value}` : value}`;
}
