import type {Problem} from '../../base/problem.ts';
import type {EndId} from '../../pki/blueprint-types.ts';
import type {TrustId} from '../../pki/certificate.ts';
import {certificateRows} from '../../pki/certificates.ts';
import {trustRow} from '../../pki/trusts.ts';
import type {InspectedCertificate} from '../../x509/inspect.ts';
import {type Held, sentAlong} from '../held.ts';
import {identify} from '../identify.ts';
import type {Signers} from '../signers.ts';
import {hostOf} from '../wanted-names.ts';
import {certificatesOf, type Examination, filesOf, leavesOf, placeText, wrong} from './rule.ts';

/**
 * Every leaf of the node against every file of the node that it is verified with: who refuses, and with which words.
 * What other nodes verify with is theirs to find.
 */
export function* trust(examined: Examination): Iterable<Problem> {
  for (const leaf of leavesOf(examined)) {
    const id = identify(leaf);
    const row = certificateRows.find((each) => each.id === id);
    for (const trustId of row?.verifiedBy ?? []) {
      if (trustId === 'kubeconfig-apiserver') continue;
      yield* refusals(examined, leaf, trustId);
    }
  }
  yield* kubeconfigs(examined);
}

function* refusals(examined: Examination, leaf: Held, id: TrustId): Iterable<Problem> {
  const {component, flag, verifies} = trustRow(id);
  if (component === undefined || component === 'etcdctl' || flag === undefined) return;
  // A kubelet's self-signed serving certificate: the API server that verifies kubelets at all refuses it.
  for (const holding of filesOf(examined, component, flag)) {
    if (!holding.found.ok) continue;
    const anchors = certificatesOf(examined, holding).map(({certificate}) => certificate);
    if (anchors.length === 0 || isTrusted(examined, leaf, anchors)) continue;
    const shown = verifies === 'clients' ? 'its caller' : 'the server';
    yield wrong(
      'not-trusted',
      leaf.at,
      `${component} refuses ${placeText(leaf.at)}: it verifies ${shown} with ${holding.path} (${flag}), and none of ${countOf(anchors)} there signed it; ${wordsOf(component)}`,
      namesake(leaf.certificate, anchors)
        ? `an authority of the same name is there, but with another key: put the one that signed into ${holding.path}, or issue the certificate anew`
        : `put the authority that signed it (${leaf.certificate.issuer.text}) into ${holding.path}, or issue the certificate anew`,
    );
  }
}

/** Whether the leaf, with what its file sends along, leads to one of the anchors; names and dates are other rules'. */
function isTrusted(
  found: Pick<Examination, 'signers' | 'heldIn'>,
  leaf: Held,
  anchors: readonly InspectedCertificate[],
): boolean {
  return leadsTo(found.signers, [leaf.certificate, ...sentAlong(found, leaf)], anchors);
}

/** Whether the first of what is sent leads to one of the anchors, by the others of it. */
export function leadsTo(
  signers: Signers,
  [leaf, ...sent]: readonly InspectedCertificate[],
  anchors: readonly InspectedCertificate[],
): boolean {
  const seen = new Set<string>();
  let above = leaf;
  while (above !== undefined && !seen.has(above.fingerprint)) {
    seen.add(above.fingerprint);
    const current: InspectedCertificate = above;
    if (anchors.some(({fingerprint}) => fingerprint === current.fingerprint)) return true;
    if (anchors.some((anchor) => signers.signed(current, anchor))) return true;
    above = sent.find((other) => signers.signed(current, other));
  }
  return false;
}

/** The API server of this node against the authorities that kubeconfigs here verify it with. */
function* kubeconfigs(examined: Examination): Iterable<Problem> {
  const serving = filesOf(examined, 'kube-apiserver', '--tls-cert-file').flatMap(
    (holding) => certificatesOf(examined, holding)[0] ?? [],
  );
  for (const {path, kubeconfig} of examined.holdings) {
    for (const {name, server, certificateAuthority, skipsVerification} of kubeconfig?.config.clusters ?? []) {
      if (skipsVerification || certificateAuthority === undefined || !isThisServer(examined, server)) continue;
      const anchors = examined.certificates
        .filter(({at}) =>
          certificateAuthority.kind === 'embedded'
            ? at.path === path && at.entry?.kind === 'cluster' && at.entry.name === name
            : at.path === certificateAuthority.path,
        )
        .map(({certificate}) => certificate);
      for (const leaf of serving) {
        if (anchors.length === 0 || isTrusted(examined, leaf, anchors)) continue;
        yield wrong(
          'kubeconfig-has-other-authority',
          path,
          `whoever uses ${path} refuses the API server of this node: ${countOf(anchors)} of cluster ${name} did not sign ${leaf.at.path}; kubectl says "x509: certificate signed by unknown authority"`,
          'put the authority that is in use now into the kubeconfig',
        );
      }
    }
  }
}

/** Whether a kubeconfig's server is reached with this node's serving certificate: by its own address, or by a name in it. */
function isThisServer(examined: Examination, server: string | undefined): boolean {
  const host = hostOf(server);
  if (host === undefined) return false;
  return filesOf(examined, 'kube-apiserver', '--tls-cert-file')
    .flatMap((holding) => certificatesOf(examined, holding))
    .some(({certificate}) => certificate.sans.some(({value}) => value === host));
}

/** What stands in the log of the one that refuses, or what its caller hears. */
function wordsOf(component: EndId): string {
  return component === 'etcd'
    ? 'it logs "tls: failed to verify certificate: x509: certificate signed by unknown authority"'
    : component === 'kube-apiserver'
      ? 'its log says "x509: certificate signed by unknown authority", callers hear Unauthorized'
      : 'it says "x509: certificate signed by unknown authority"';
}

function namesake(certificate: InspectedCertificate, anchors: readonly InspectedCertificate[]): boolean {
  return anchors.some(({subject}) => subject.der.equals(certificate.issuer.der));
}

function countOf(anchors: readonly InspectedCertificate[]): string {
  return anchors.length === 1 ? 'the one authority' : `the ${anchors.length} authorities`;
}
