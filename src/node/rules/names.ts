import type {Problem} from '../../base/problem.ts';
import type {ComponentId} from '../../pki/blueprint-types.ts';
import {covers, ownAddress, wantedNames} from '../wanted-names.ts';
import {certificatesOf, doubtful, type Examination, filesOf, placeText, wrong} from './rule.ts';

/** Names that callers dial and that a serving certificate lacks: `certificate is valid for …, not …`. */
export function* names(examined: Examination): Iterable<Problem> {
  for (const leaf of examined.certificates) {
    const sans = leaf.certificate.sans.map(({value}) => value);
    // Without any name it is another fault, told once.
    if (sans.length === 0) continue;
    const wanted = wantedNames(examined, leaf);
    const missing = Map.groupBy(
      wanted.filter(({host}) => !covers(sans, host)),
      ({host}) => host,
    );
    const isKubelet = leaf.holding.users.some(({component}) => component === 'kubelet');
    // The API server takes one of a Node's addresses: which, another machine's flag says.
    if (isKubelet && wanted.some(({host}) => covers(sans, host))) continue;
    for (const [host, callers] of missing) {
      const by = callers.map((each) => each.by);
      yield (by.every((each) => each === ownAddress) ? doubtful : wrong)(
        'name-missing',
        leaf.at,
        `${placeText(leaf.at)} does not cover ${host}, which is dialled by ${by.join(' and ')}: "x509: certificate is valid for ${some(sans)}, not ${host}"`,
        examined.renewal(leaf, {options: '--sans needed'}),
      );
    }
  }
}

function some(values: readonly string[]): string {
  return values.length <= 4 ? values.join(', ') : `${values.slice(0, 4).join(', ')} …`;
}

/** A leaf without the usage that its role needs, or one that says more than OpenSSL believes. */
export function* contents(examined: Examination): Iterable<Problem> {
  const needs: readonly (readonly [ComponentId, string, readonly ('server auth' | 'client auth')[]])[] = [
    ['kube-apiserver', '--tls-cert-file', ['server auth']],
    ['kube-apiserver', '--etcd-certfile', ['client auth']],
    ['kube-apiserver', '--kubelet-client-certificate', ['client auth']],
    ['kube-apiserver', '--proxy-client-cert-file', ['client auth']],
    ['etcd', '--cert-file', ['server auth', 'client auth']],
    ['etcd', '--peer-cert-file', ['server auth', 'client auth']],
    ['kubelet', 'tlsCertFile', ['server auth']],
  ];
  const found = needs.flatMap(([component, flag, usages]) =>
    filesOf(examined, component, flag).flatMap((holding) => {
      const leaf = certificatesOf(examined, holding)[0];
      return leaf === undefined ? [] : [{leaf, usages, by: `${component} ${flag}`}];
    }),
  );
  const people = examined.certificates
    .filter(({at}) => at.entry?.kind === 'user' && at.place === 0)
    .map((leaf) => ({leaf, usages: ['client auth'] as const, by: leaf.at.path}));
  for (const {leaf, usages, by} of [...found, ...people]) {
    const {certificate, at} = leaf;
    const lacks = certificate.limitsUsages ? usages.filter((usage) => !certificate.usages.includes(usage)) : [];
    if (lacks.length === 0 || certificate.otherUsages.includes('2.5.29.37.0')) continue;
    yield wrong(
      'usage-missing',
      at,
      `${placeText(at)} may not be used for ${lacks.join(' and ')}, and ${by} needs that: "x509: certificate specifies an incompatible key usage"`,
      `issue it anew with ${usages.join(' and ')}`,
    );
  }
  for (const held of examined.certificates) {
    const signer = examined.signers.of(held.certificate);
    const {authorityKeyIdentifier: pointsTo} = held.certificate;
    if (signer === undefined || signer === held.certificate || pointsTo === undefined) continue;
    if (signer.subjectKeyIdentifier === undefined || signer.subjectKeyIdentifier === pointsTo) continue;
    yield doubtful(
      'authority-identifier-differs',
      held.at,
      `${placeText(held.at)} calls its authority's key ${pointsTo}, the authority calls it ${signer.subjectKeyIdentifier}: Go does not mind, OpenSSL and Node.js refuse it`,
      examined.renewal(held),
    );
  }
}
