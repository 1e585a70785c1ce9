import {dirname, resolve} from 'node:path';
import {layouts} from '../pki/layouts.ts';
import {flagOf} from './found-component.ts';
import type {Held} from './held.ts';
import {identify} from './identify.ts';
import type {NodeFound} from './inventory.ts';

/** Where a cluster is reached, and what to verify it with. */
export interface FoundDoor {
  /** The kubeconfig that says so. */
  readonly from: string;
  readonly clusterName: string;
  /** `https://host:port`. */
  readonly server: string;
  /** PEM, every authority. */
  readonly certificateAuthority: string;
  readonly tlsServerName: string | undefined;
}

/** The address that all nodes share, as administrators' kubeconfigs have it; undefined = there is none that says enough. */
export function sharedDoor(found: NodeFound): FoundDoor | undefined {
  const places = Object.values(layouts).map(({kubeconfigs}) => kubeconfigs);
  const paths = [...places.map((each) => each.admin), ...places.map((each) => each['super-admin'])];
  for (const path of paths) {
    const door = doorIn(found, path);
    if (door !== undefined) return door;
  }
  return undefined;
}

/** The cluster of a kubeconfig's current context, or its only one; undefined = it does not say enough. */
export function doorIn({holdings, certificates}: NodeFound, path: string): FoundDoor | undefined {
  const config = holdings.find((holding) => holding.path === path)?.kubeconfig?.config;
  if (config === undefined) return undefined;
  const {clusters, contexts, currentContext} = config;
  const context = contexts.find(({name}) => name === currentContext);
  const cluster = clusters.length === 1 ? clusters[0] : clusters.find(({name}) => name === context?.cluster);
  const authority = cluster?.certificateAuthority;
  if (cluster?.server === undefined || authority === undefined) return undefined;
  const place = authority.kind === 'file' ? resolve(dirname(path), authority.path) : path;
  const authorities = certificates.filter(
    ({at}) =>
      at.path === place &&
      (authority.kind === 'file'
        ? at.entry === undefined
        : at.entry?.kind === 'cluster' && at.entry.name === cluster.name),
  );
  if (authorities.length === 0) return undefined;
  return {
    from: path,
    clusterName: cluster.name,
    server: cluster.server,
    certificateAuthority: authorities.map(({certificate}) => certificate.pem).join(''),
    tlsServerName: cluster.tlsServerName,
  };
}

/** An authority with the file of its key. */
export interface FoundAuthority {
  readonly held: Held;
  readonly key: string;
}

/**
 * The authority that signs clients of the API server, where its key lies on this node; of several the one that the
 * controller manager signs with.
 */
export function clientAuthority(found: NodeFound): FoundAuthority | undefined {
  const {components, certificates, holdings} = found;
  const named = (component: string, flag: string): readonly string[] =>
    components.flatMap((each) => {
      const value = each.component === component ? flagOf(each, flag) : undefined;
      return value === undefined ? [] : [each.onNode(value)];
    });
  const trusted = new Set(named('kube-apiserver', '--client-ca-file'));
  const signing = new Set(named('kube-controller-manager', '--cluster-signing-key-file'));
  const candidates = certificates.flatMap((held): FoundAuthority[] => {
    const {at, certificate, pin} = held;
    if (!certificate.isAuthority || at.entry !== undefined || pin === undefined) return [];
    if (trusted.size > 0 ? !trusted.has(at.path) : identify(held) !== 'kubernetes-ca') return [];
    return holdings
      .filter(({material}) => material.some((each) => each.kind === 'private-key' && each.pin === pin))
      .map(({path}) => ({held, key: path}));
  });
  return candidates.find(({key}) => signing.has(key)) ?? candidates[0];
}
