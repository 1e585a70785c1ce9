import type {PlannedConnection} from '../pki/blueprint-types.ts';
import {endName, failed, type Case, type Court, type Failed} from './case.ts';
import {causeOf, type Circumstances} from './causes.ts';
import type {ShownFiles, TrustedFile, Unusable} from './ends.ts';
import {nameFault, type NameFault} from './go-names.ts';
import type {Side} from './handshake.ts';
import type {Opinion} from './meeting.ts';
import type {SeenCertificate} from './seen-certificate.ts';

/** Each way in which a connection fails: undefined when it does not fail in this one. */

export function notStarted(connection: PlannedConnection, side: Side, {says, why}: Unusable): Failed {
  return {kind: 'failed', side, said: `${endName(connection, side)}: ${says}`, why};
}

export function ownFilesFailure({connection, court, meeting, providerShown, callerShown}: Case): Failed | undefined {
  const {handshake} = meeting;
  if (handshake.kind !== 'not-started') return undefined;
  const {side, says} = handshake;
  const end = side === 'provider' ? connection.presents : connection.credential;
  const shown = side === 'provider' ? providerShown : callerShown;
  const certificate = 'certificate' in end ? court.called(end.certificate) : 'the certificate';
  return shown?.keyFits === false
    ? {
        kind: 'failed',
        side,
        said: `${endName(connection, side)}: tls: private key does not match public key (OpenSSL: ${says})`,
        why: `the key beside ${certificate} does not belong to it: put certificate and key of one pair together`,
      }
    : {
        kind: 'failed',
        side,
        said: `${endName(connection, side)}: ${says} (OpenSSL)`,
        why: `OpenSSL does not take ${certificate} or its key, so nothing can be proved: see what is said of its file`,
      };
}

export function callerRefusal(all: Case): Failed | undefined {
  const {connection, court, meeting, callerTrust, providerShown, dialled} = all;
  const {presents, callerTrusts} = connection;
  if (callerTrust === undefined || !('from' in callerTrusts) || !('certificate' in presents)) return undefined;
  const {caller: opinion} = meeting;
  const refusal = opinion.kind === 'refuses' ? opinion.refusal : undefined;
  const name = nameRefusal(opinion, providerShown.leaf, dialled.host);
  if (name !== undefined) {
    return failed(all, 'caller', `tls: failed to verify certificate: ${name.words}`, nameCause(all, name.kind));
  }
  if (opinion.kind !== 'refuses') return undefined;
  return failed(
    all,
    'caller',
    `tls: failed to verify certificate: ${opinion.words}`,
    refusal === undefined
      ? opensslOnly(court.called(presents.certificate))
      : causeOf(refusal, circumstances(court, presents.certificate, callerTrusts, callerTrust)),
  );
}

/** Go looks at the certificate itself, then at its name, then at what stands above it. */
export function nameRefusal(opinion: Opinion, leaf: SeenCertificate, host: string): NameFault | undefined {
  const refusal = opinion.kind === 'refuses' ? opinion.refusal : undefined;
  const isAboutItself = refusal?.about === leaf && /^(expired|not-yet|critical)/.test(refusal.kind);
  return isAboutItself ? undefined : nameFault(leaf, host);
}

function nameCause({connection, court, providerShown, dialled}: Case, kind: 'no-names' | 'wrong-name'): string {
  const certificate = 'certificate' in connection.presents ? court.called(connection.presents.certificate) : '';
  if (kind === 'no-names') {
    return `${certificate} has a common name and no SAN, and Go no longer looks at common names: issue it anew with the SAN ${dialled.host}`;
  }
  const names = providerShown.leaf.sans.map(({value}) => value).join(', ');
  return `${connection.caller.component} dials ${dialled.host}, and ${certificate} is for ${names || 'no name at all'}: add the SAN and issue it anew, or dial one of these`;
}

export function providerRefusal(all: Case): Failed | undefined {
  const {connection, court, meeting, providerTrust, callerShown} = all;
  const {credential, providerTrusts, clientCertificate} = connection;
  const {handshake, provider: opinion} = meeting;
  if (callerShown === undefined) {
    return clientCertificate === 'demanded' && handshake.kind === 'broken-off'
      ? failed(
          all,
          'provider',
          `tls: client didn't provide a certificate (OpenSSL: ${handshake.providerSays})`,
          `${connection.provider.component} demands a client certificate, and ${connection.caller.component} shows none`,
        )
      : undefined;
  }
  if (providerTrust === undefined || !('from' in providerTrusts) || !('certificate' in credential)) return undefined;
  if (opinion.kind === 'refuses') {
    const {refusal} = opinion;
    const cause =
      refusal === undefined
        ? opensslOnly(court.called(credential.certificate))
        : causeOf(refusal, circumstances(court, credential.certificate, providerTrusts, providerTrust));
    // Who only requests a certificate finishes the handshake and refuses the request.
    return clientCertificate === 'demanded'
      ? failed(all, 'provider', `tls: failed to verify client certificate: ${opinion.words}`, cause)
      : failed(all, 'provider', opinion.words, `${cause}; the answer is 401 Unauthorized`);
  }
  return peerAddressRefusal(all, callerShown, credential.certificate);
}

/** etcd wants the address that a peer calls from in the peer's certificate, as far as that has addresses. */
function peerAddressRefusal(all: Case, {leaf}: ShownFiles, certificate: string): Failed | undefined {
  const {connection, court} = all;
  if (connection.id !== 'etcd-to-etcd') return undefined;
  const address = court.blueprint.nodes.find(({name}) => name === connection.caller.node)?.addresses[0];
  if (address === undefined || !leaf.sans.some(({type}) => type === 'ip')) return undefined;
  const fault = nameFault(leaf, address);
  return fault === undefined
    ? undefined
    : failed(
        all,
        'provider',
        fault.words,
        `${connection.caller.component} calls from ${address}, which is not among the addresses of ${court.called(certificate)}: etcd refuses such a peer`,
      );
}

export function brokenOff(all: Case): Failed | undefined {
  const {handshake} = all.meeting;
  if (handshake.kind !== 'broken-off') return undefined;
  const said = handshake.by === 'caller' ? handshake.callerSays : handshake.providerSays;
  return failed(all, handshake.by, said, 'the two ends found no way to speak TLS with these keys');
}

function opensslOnly(certificate: string): string {
  return `OpenSSL refuses ${certificate} for a reason that Go has not: see what is said of its file`;
}

function circumstances(
  court: Court,
  certificate: string,
  trust: Circumstances['trust'],
  file: TrustedFile,
): Circumstances {
  const {authorities, now} = court;
  return {certificate: court.called(certificate), trust, anchors: file.anchors, authorities, now};
}
