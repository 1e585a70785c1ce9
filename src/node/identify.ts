import type {AuthorityId} from '../pki/plan.ts';
import {basename} from 'node:path';
import {layouts} from '../pki/layouts.ts';
import {recognise} from '../pki/recognise.ts';
import type {Held} from './held.ts';

/**
 * What a certificate is in the catalogue's words: by the flag that names its file, else by the place where a layout
 * has such a one, else by its subject. undefined = nothing says.
 */
export function identify({at, certificate, holding}: Held): string | undefined {
  if (certificate.isAuthority) {
    const [place, name] = [authorityAt.get(withoutEnding(at.path)), authorityNames[certificate.subject.commonName]];
    // What was added to a file need not be what the file is called after.
    return at.place === 0 ? (place ?? name) : (name ?? place);
  }
  if (at.entry !== undefined) return likeness(certificate);
  const used = holding.users.find(({use}) => use.holds === 'certificate');
  if (used?.use.holds === 'certificate') return used.use.certificate;
  return certificateAt.get(withoutEnding(at.path)) ?? ofKubelet(at.path, certificate) ?? likeness(certificate);
}

/** By the names that a kubelet gives what it keeps itself, in whichever folder; it calls what it makes `host@1795461462`. */
function ofKubelet(path: string, {subject}: Held['certificate']): string | undefined {
  switch (basename(path)) {
    case 'kubelet-client-current.pem':
      return 'kubelet-client';
    case 'kubelet-server-current.pem':
      return 'kubelet-serving';
    case 'kubelet.crt':
      return /@\d+$/.test(subject.commonName) ? 'kubelet-serving' : undefined;
    default:
      return undefined;
  }
}

/** What an authority's own name says it is, wherever it lies: with one CA for all, its file may be called after another. */
export function authorityNamed(commonName: string): AuthorityId | undefined {
  return authorityNames[commonName];
}

function likeness({subject, usages}: Held['certificate']): string | undefined {
  const [one, another] = recognise(subject, usages);
  // Two that only their places tell apart are neither.
  return another === undefined ? one?.id : undefined;
}

const certificateAt: ReadonlyMap<string, string> = new Map(
  Object.values(layouts).flatMap(({certificates}) =>
    Object.entries(certificates).map(([id, path]): [string, string] => [path, id]),
  ),
);

const authorityAt: ReadonlyMap<string, AuthorityId> = new Map(
  Object.values(layouts).flatMap(({authorities}) =>
    Object.values(authorities).flatMap(({folder, names}) =>
      Object.entries(names).map(([id, name]): [string, AuthorityId] => [`${folder}/${name}`, id]),
    ),
  ),
);

/** kubeadm's names, and those of the documentation's PKI page. */
const authorityNames: Readonly<Record<string, AuthorityId>> = {
  kubernetes: 'kubernetes-ca',
  'kubernetes-ca': 'kubernetes-ca',
  'etcd-ca': 'etcd-ca',
  'front-proxy-ca': 'front-proxy-ca',
  'kubernetes-front-proxy-ca': 'front-proxy-ca',
};

function withoutEnding(path: string): string {
  return path.replace(/\.(crt|pem)$/, '');
}
