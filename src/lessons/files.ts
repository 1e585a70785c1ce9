import type {KubeconfigId} from '../pki/certificate.ts';
import {componentRows} from '../pki/components.ts';
import {layouts} from '../pki/layouts.ts';
import type {FileContentOf, FileHalf, Thing} from './things.ts';

/** Every place where a layout, or the kubelet, puts a file. */
const places: ReadonlyMap<string, FileContentOf> = new Map(entries());

export interface FoundFile {
  readonly path: string;
  readonly content: FileContentOf;
}

/** Files that a path may mean: itself, or those that end in it (`etcd/ca.crt`), different things once each. */
export function filesNamed(given: string): readonly FoundFile[] {
  const path = withoutDate(given.replace(/^(?:~|\$HOME|\/root|\/home\/[^/]+)(?=\/\.kube\/config$)/, '~'));
  const exact = places.get(path);
  if (exact !== undefined) return [{path: given, content: exact}];
  const ending = path.replace(/^\.?\//, '');
  if (path.startsWith('/') || !/[./]/.test(ending)) return [];
  const found = [...places].filter(([place]) => place.endsWith(`/${ending}`));
  const things = new Map(
    found.map(([place, content]) => [keyOf(content), {path: place, content}] as const).toReversed(),
  );
  return [...things.values()].toReversed();
}

/** Two places of the same thing are told once. */
function keyOf({of, half}: FileContentOf): string {
  return `${of.kind} ${of.id} ${half}`;
}

/** What the kubelet keeps under the day it was made is what `current` links to. */
function withoutDate(path: string): string {
  return path.replace(/(kubelet-(?:client|server))-\d{4}-[\d-]+\.pem$/, '$1-current.pem');
}

function* entries(): Generator<[string, FileContentOf]> {
  for (const {certificates, kubeconfigs, authorities, serviceAccount, kubeletConfig, kubeProxyConfig} of Object.values(
    layouts,
  )) {
    for (const [id, path] of Object.entries(certificates)) yield* pair(path, {kind: 'certificate', id});
    for (const {folder, names} of Object.values(authorities)) {
      for (const [id, name] of Object.entries(names)) yield* pair(`${folder}/${name}`, {kind: 'authority', id});
    }
    for (const [id, path] of kubeconfigPaths(kubeconfigs)) {
      yield [path, {of: {kind: 'kubeconfig', id}, half: 'whole'}];
    }
    const keyPair = {kind: 'key-pair', id: 'service-account'} as const;
    yield [serviceAccount.private, {of: keyPair, half: 'key'}];
    yield [serviceAccount.public, {of: keyPair, half: 'public'}];
    yield [kubeletConfig, {of: {kind: 'component', id: 'kubelet'}, half: 'configuration'}];
    yield [kubeProxyConfig, {of: {kind: 'component', id: 'kube-proxy'}, half: 'configuration'}];
  }
  yield ['~/.kube/config', {of: {kind: 'kubeconfig', id: 'user'}, half: 'whole'}];
  yield ['/var/lib/kubelet/pki/kubelet-client-current.pem', certificate('kubelet-client', 'whole')];
  yield ['/var/lib/kubelet/pki/kubelet-server-current.pem', certificate('kubelet-serving', 'whole')];
  for (const {id, on} of componentRows) {
    if (on === 'control-plane' || on === 'etcd') {
      yield [`/etc/kubernetes/manifests/${id}.yaml`, {of: {kind: 'component', id}, half: 'manifest'}];
    }
  }
}

function* pair(path: string, of: Thing & {kind: 'certificate' | 'authority'}): Generator<[string, FileContentOf]> {
  yield [`${path}.crt`, {of, half: 'certificate'}];
  yield [`${path}.key`, {of, half: 'key'}];
}

function certificate(id: string, half: FileHalf): FileContentOf {
  return {of: {kind: 'certificate', id}, half};
}

function kubeconfigPaths(
  kubeconfigs: (typeof layouts)['kubeadm']['kubeconfigs'],
): readonly (readonly [Exclude<KubeconfigId, 'user'>, string])[] {
  const {admin, scheduler, kubelet} = kubeconfigs;
  return [
    ['admin', admin],
    ['super-admin', kubeconfigs['super-admin']],
    ['controller-manager', kubeconfigs['controller-manager']],
    ['scheduler', scheduler],
    ['kubelet', kubelet],
    ['bootstrap-kubelet', kubeconfigs['bootstrap-kubelet']],
    ['kube-proxy', kubeconfigs['kube-proxy']],
  ];
}
