import type {Inventory} from '../pki/inventory.ts';
import type {FileUse} from '../pki/file-flags.ts';
import {trustRow} from '../pki/trusts.ts';
import type {FileContentOf, Thing} from './things.ts';

/** A path that no layout has, but that somebody on this node names: what it is follows from who names it. */
export function thingHeldAt(path: string, {files, certificates}: Inventory): Thing | undefined {
  const file = files.find((one) => one.path === path);
  if (file === undefined) return undefined;
  const byUse = file.users.flatMap(({use}) => contentOf(use) ?? []);
  const held = certificates.find(({at, id}) => at.path === path && at.entry === undefined && id !== undefined);
  const byItself: FileContentOf | undefined =
    held?.id === undefined
      ? undefined
      : {of: {kind: held.isAuthority ? 'authority' : 'certificate', id: held.id}, half: 'certificate'};
  const content = byUse[0] ?? byItself;
  return content === undefined ? undefined : {kind: 'file', path, content};
}

function contentOf(use: FileUse): FileContentOf | undefined {
  switch (use.holds) {
    case 'certificate':
    case 'key':
      return {of: {kind: 'certificate', id: use.certificate}, half: use.holds};
    case 'authorities':
      return {of: {kind: 'authority', id: trustRow(use.trust).authority}, half: 'certificate'};
    case 'kubeconfig':
      return {of: {kind: 'kubeconfig', id: use.kubeconfig}, half: 'whole'};
    case 'signing-certificate':
      return {of: {kind: 'authority', id: 'kubernetes-ca'}, half: 'certificate'};
    case 'signing-key':
      return {of: {kind: 'authority', id: 'kubernetes-ca'}, half: 'key'};
    case 'token-public-keys':
      return {of: {kind: 'key-pair', id: 'service-account'}, half: 'public'};
    case 'token-private-key':
      return {of: {kind: 'key-pair', id: 'service-account'}, half: 'key'};
    case 'named-by-kubeconfig':
      return undefined;
    default:
      return use satisfies never;
  }
}
