import {certificateRows} from '../pki/certificates.ts';
import type {TrustId} from '../pki/certificate.ts';
import {trustRow} from '../pki/trusts.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import {type Held, sentAlong} from './held.ts';
import {identify} from './identify.ts';
import type {NodeFound} from './inventory.ts';
import {certificatesOf, filesOf} from './rules/rule.ts';
import {leadsTo} from './rules/trust.ts';

/** A file of this node whose authorities somebody verifies a leaf with. */
export interface Verifier {
  readonly path: string;
  readonly anchors: readonly InspectedCertificate[];
}

/**
 * Who on this node has to take what is shown instead of a leaf: the files that the leaf leads to today; where it leads
 * to none, those that flags name for its kind; without any, the file of the authority that signed it. Empty = nothing on
 * this node can tell.
 */
export function verifiersOf(found: NodeFound, held: Held, authority: Held | undefined): readonly Verifier[] {
  const named = namedVerifiers(found, held);
  const chain = [held.certificate, ...sentAlong(found, held)];
  const taking = [...named, ...kubeconfigVerifiers(found, held)].filter(({anchors}) =>
    leadsTo(found.signers, chain, anchors),
  );
  if (taking.length > 0) return taking;
  if (named.length > 0) return named;
  return authority === undefined ? [] : [{path: authority.at.path, anchors: [authority.certificate]}];
}

function verifiedBy(held: Held): readonly TrustId[] {
  return certificateRows.find(({id}) => id === identify(held))?.verifiedBy ?? [];
}

function namedVerifiers(found: NodeFound, held: Held): readonly Verifier[] {
  const files = verifiedBy(held).flatMap((id) => {
    const {component, flag} = trustRow(id);
    return component === undefined || component === 'etcdctl' || flag === undefined
      ? []
      : filesOf(found, component, flag);
  });
  return [...new Set(files)].flatMap((holding) => verifierOf(holding.path, certificatesOf(found, holding)));
}

/** Those of other clusters are among them; a leaf of this one does not lead there. */
function kubeconfigVerifiers(found: NodeFound, held: Held): readonly Verifier[] {
  if (!verifiedBy(held).includes('kubeconfig-apiserver')) return [];
  return found.holdings.flatMap((holding) =>
    (holding.kubeconfig?.config.clusters ?? []).flatMap(({name, certificateAuthority}) => {
      if (certificateAuthority === undefined) return [];
      const held =
        certificateAuthority.kind === 'embedded'
          ? found.heldIn(holding).filter(({at}) => at.entry?.kind === 'cluster' && at.entry.name === name)
          : found.certificates.filter(({at}) => at.path === certificateAuthority.path);
      return verifierOf(holding.path, held);
    }),
  );
}

function verifierOf(path: string, held: readonly Held[]): readonly Verifier[] {
  return held.length === 0 ? [] : [{path, anchors: held.map(({certificate}) => certificate)}];
}
