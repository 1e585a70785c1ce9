import {addressIn, normalizeAddress, parseSubnet} from '../../base/address.ts';
import type {Problem} from '../../base/problem.ts';
import type {ComponentId} from '../../pki/blueprint-types.ts';
import {doubtful, certificatesOf, type Examination, filesOf, placeText, valueOf, wrong} from './rule.ts';
import {hostOf} from './trust.ts';

/** A name or address that callers use, and who says so. */
interface Wanted {
  readonly host: string;
  readonly by: string;
}

/** Names that callers dial and that a serving certificate lacks: `certificate is valid for …, not …`. */
export function* names(examined: Examination): Iterable<Problem> {
  yield* lacking(examined, 'kube-apiserver', '--tls-cert-file', apiserverHosts(examined));
  yield* lacking(examined, 'etcd', '--cert-file', etcdHosts(examined));
  yield* lacking(examined, 'etcd', '--peer-cert-file', urlsOf(examined, 'etcd', '--initial-advertise-peer-urls'));
}

function* lacking(
  examined: Examination,
  component: ComponentId,
  flag: string,
  wanted: readonly Wanted[],
): Iterable<Problem> {
  for (const holding of filesOf(examined, component, flag)) {
    const leaf = certificatesOf(examined, holding)[0];
    // Without any name it is another fault, told once.
    if (leaf === undefined || leaf.certificate.sans.length === 0) continue;
    const missing = new Map<string, string[]>();
    for (const {host, by} of wanted) {
      if (
        covers(
          leaf.certificate.sans.map(({value}) => value),
          host,
        )
      )
        continue;
      missing.set(host, [...(missing.get(host) ?? []), by]);
    }
    for (const [host, by] of missing) {
      yield wrong(
        'name-missing',
        leaf.at,
        `${placeText(leaf.at)} does not cover ${host}, which ${[...new Set(by)].join(' and ')} dials: "x509: certificate is valid for ${some(leaf.certificate.sans.map(({value}) => value))}, not ${host}"`,
        `issue it anew with ${host} among its names`,
      );
    }
  }
}

/** Wildcards cover one label. */
function covers(sans: readonly string[], host: string): boolean {
  const address = normalizeAddress(host);
  if (address !== undefined) return sans.includes(address);
  const parent = host.includes('.') ? `*${host.slice(host.indexOf('.'))}` : undefined;
  return sans.some((san) => san === host || san === parent);
}

function some(values: readonly string[]): string {
  return values.length <= 4 ? values.join(', ') : `${values.slice(0, 4).join(', ')} …`;
}

function apiserverHosts(examined: Examination): readonly Wanted[] {
  const advertised = valueOf(examined, 'kube-apiserver', '--advertise-address');
  const ranges = (valueOf(examined, 'kube-apiserver', '--service-cluster-ip-range') ?? '').split(',');
  return [
    ...(advertised === undefined ? [] : [{host: advertised, by: '--advertise-address'}]),
    // kubeadm itself names only the first family's service address.
    ...ranges.slice(0, 1).flatMap((range): Wanted[] => {
      const subnet = parseSubnet(range.trim());
      const address = subnet === undefined ? undefined : addressIn(subnet, 1);
      return address === undefined ? [] : [{host: address.text, by: 'every pod (the service address)'}];
    }),
    {host: 'kubernetes.default.svc', by: 'every pod'},
    ...examined.holdings.flatMap(({path, kubeconfig}) =>
      (kubeconfig?.config.clusters ?? []).flatMap(({server, tlsServerName, skipsVerification}): Wanted[] => {
        const host = tlsServerName ?? hostOf(server);
        return host === undefined || skipsVerification ? [] : [{host, by: path}];
      }),
    ),
  ];
}

/** The API server of this node dials its own member; other nodes dial what is advertised. */
function etcdHosts(examined: Examination): readonly Wanted[] {
  const advertised = urlsOf(examined, 'etcd', '--advertise-client-urls');
  const own = new Set([...advertised, ...urlsOf(examined, 'etcd', '--listen-client-urls')].map(({host}) => host));
  return [...advertised, ...urlsOf(examined, 'kube-apiserver', '--etcd-servers').filter(({host}) => own.has(host))];
}

function urlsOf(examined: Examination, component: ComponentId, flag: string): readonly Wanted[] {
  return (valueOf(examined, component, flag) ?? '').split(',').flatMap((url) => {
    const host = hostOf(url.trim());
    return host === undefined ? [] : [{host, by: `${component} ${flag}`}];
  });
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
      'issue it anew with a tool that copies the identifier out of the authority',
    );
  }
}
