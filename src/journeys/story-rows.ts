import {type ArtefactRow, fact, said} from '../lessons/artefact.ts';
import type {ConnectionEnd, PlannedCertificate, PlannedFile} from '../pki/blueprint-types.ts';
import {inspectCertificate, type InspectedCertificate} from '../x509/inspect.ts';
import type {HeardEnds} from './story-cluster.ts';

/** How stories tell of certificates, files and calls. */

/** The fields of a certificate that matter to Kubernetes. */
export function certificateRows(pem: string): readonly ArtefactRow[] {
  const {subject, issuer, sans, usages, isAuthority, keyUsage, notBefore, notAfter, key, serial} =
    inspectCertificate(pem);
  return [
    fact('subject', nameText(subject)),
    fact('issuer', nameText(issuer)),
    // kubeadm writes a CA's own name there, too; nobody dials a CA.
    ...(isAuthority || sans.length === 0 ? [] : [fact('names', sans.map(({value}) => value).join(', '))]),
    fact('usage', isAuthority ? `CA:TRUE, ${(keyUsage ?? []).join(', ')}` : usages.join(', ')),
    fact('valid', `${day(notBefore)} - ${day(notAfter)}`),
    fact('key', key.name),
    fact('serial', serial),
  ];
}

/** `CN=system:node:cp-1, O=system:nodes` */
export function nameText({
  commonName,
  organizations,
}: Pick<InspectedCertificate['subject'], 'commonName' | 'organizations'>): string {
  return [`CN=${commonName}`, ...organizations.map((organization) => `O=${organization}`)].join(', ');
}

export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Where the node has it; its place in the bundle for what lies on no node. */
export function placeOf(file: PlannedFile | undefined): string {
  return file?.target ?? file?.path ?? '';
}

/** `kube-apiserver → etcd` */
export function callTitle({caller, provider}: {caller: ConnectionEnd; provider: ConnectionEnd}): string {
  return `${caller.component} → ${provider.component}`;
}

export function isFileOf(certificate: PlannedCertificate) {
  return ({content}: PlannedFile): boolean =>
    content.kind === 'certificate' && content.certificate === certificate.name;
}

/** Servers that take callers without a certificate too: a bad one is no end of the handshake. */
const onlyAsking: ReadonlySet<string> = new Set(['kube-apiserver', 'kubelet']);

/** What each end says of the other; who is refused first comes to no check. */
export function saidRows({caller, provider}: HeardEnds, ends: {caller: string; provider: string}): ArtefactRow[] {
  const isOver = caller.kind === 'refuses' && provider.kind === 'accepts';
  return [
    said(ends.caller, caller, 'caller'),
    said(
      ends.provider,
      isOver ? {kind: 'not-reached'} : provider,
      'provider',
      onlyAsking.has(ends.provider) ? 'unauthorized' : undefined,
    ),
  ];
}
