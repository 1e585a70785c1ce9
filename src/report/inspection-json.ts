import {recognise} from '../pki/recognise.ts';
import {faultsOf} from '../x509/faults.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import type {Material} from '../x509/material.ts';
import type {ReadRequest} from '../x509/read-request.ts';
import type {Inspection} from './inspection.ts';
import {serialInDecimal} from './times.ts';

/** An inspection as one JSON document. Times are RFC 3339 in UTC, digests lower-case hex; no secret in it. */
export function inspectionJson({from, material, kubeconfig}: Inspection, now: Date): Record<string, unknown> {
  return {
    from,
    items: material.map((item) => materialJson(item, now)),
    ...(kubeconfig === undefined
      ? {}
      : {
          kubeconfig: {
            currentContext: kubeconfig.currentContext,
            contexts: kubeconfig.contexts,
            clusters: kubeconfig.clusters.map(({name, server, tlsServerName, skipsVerification, material: items}) => ({
              name,
              server,
              tlsServerName,
              skipsVerification,
              items: items.map((item) => materialJson(item, now)),
            })),
            users: kubeconfig.users.map(({name, token, otherWays, material: items}) => ({
              name,
              hasToken: token !== undefined,
              otherWays,
              items: items.map((item) => materialJson(item, now)),
            })),
            problems: kubeconfig.problems,
          },
        }),
  };
}

function materialJson(item: Material, now: Date): Record<string, unknown> {
  const {kind, pin} = item;
  switch (item.kind) {
    case 'certificate':
      return {kind, pin, signedBy: item.signedBy, ...certificateJson(item.certificate, now)};
    case 'request':
      return {kind, pin, ...askedJson(item.request), key: item.request.key.name};
    case 'private-key':
    case 'public-key':
      return {kind, pin, key: item.key.name};
    case 'encrypted-key':
      return {kind};
    case 'unreadable':
      return {kind, label: item.label, why: item.why};
    default:
      return item satisfies never;
  }
}

function certificateJson(certificate: InspectedCertificate, now: Date): Record<string, unknown> {
  return {
    looksLike: certificate.isAuthority ? [] : recognise(certificate.subject, certificate.usages).map(({id}) => id),
    ...askedJson(certificate),
    issuer: certificate.issuer.text,
    serial: certificate.serial,
    serialDecimal: serialInDecimal(certificate.serial),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    fingerprint: certificate.fingerprint,
    key: certificate.key.name,
    signatureAlgorithm: certificate.signatureAlgorithm,
    subjectKeyIdentifier: certificate.subjectKeyIdentifier,
    authorityKeyIdentifier: certificate.authorityKeyIdentifier,
    problems: faultsOf(certificate, now, certificate.subject.text),
  };
}

function askedJson(asked: ReadRequest | InspectedCertificate): Record<string, unknown> {
  const {subject, isAuthority, pathLength, usages, otherUsages, keyUsage, sans, otherNames} = asked;
  return {
    subject: {text: subject.text, commonName: subject.commonName, organizations: subject.organizations},
    isAuthority,
    pathLength,
    usages: [...usages, ...otherUsages],
    keyUsage,
    sans: [...sans.map(({type, value}) => `${type}:${value}`), ...otherNames],
  };
}
