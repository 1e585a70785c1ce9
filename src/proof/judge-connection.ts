import type {Blueprint, PlannedConnection} from '../pki/blueprint-types.ts';
import type {Verdict} from '../pki/verdict.ts';
import {causeOf, type Circumstances} from './causes.ts';
import type {Dialled, Ends, ShownFiles, TrustedFile, Unusable} from './ends.ts';
import {nameFault} from './go-names.ts';
import type {Side} from './handshake.ts';
import type {Meet, Meeting, Opinion} from './meeting.ts';
import type {SeenCertificate} from './seen-certificate.ts';

/** What judging needs beside the connection. */
export interface Court {
  readonly blueprint: Blueprint;
  readonly ends: Ends;
  readonly meet: Meet;
  /** Presented in the place of a certificate that is not ours, so that the caller's half can be proved all the same. */
  readonly standIn: () => Promise<ShownFiles>;
  /** By id; what could not be read is left out. */
  readonly authorities: ReadonlyMap<string, SeenCertificate>;
  /** What a planned certificate is called in a sentence that holds for many nodes: `etcd-server`, `users/viewer`. */
  readonly called: (certificate: string) => string;
  readonly now: Date;
}

/** Both ends with what their files hold. */
interface Case {
  readonly connection: PlannedConnection;
  readonly court: Court;
  readonly meeting: Meeting;
  readonly callerTrust: TrustedFile | undefined;
  readonly providerShown: ShownFiles;
  readonly providerTrust: TrustedFile | undefined;
  readonly callerShown: ShownFiles | undefined;
  readonly dialled: Dialled;
}

type Failed = Extract<Verdict, {kind: 'failed'}>;

/** Judges one connection with exactly the files that both ends will use. Broken files make it fail; nothing throws. */
export async function judgeConnection(connection: PlannedConnection, court: Court): Promise<Verdict> {
  const {presents, callerTrusts, credential, providerTrusts} = connection;
  const isOurs = 'certificate' in presents;
  const verifiesClients = connection.clientCertificate !== 'unused' && 'from' in providerTrusts;
  const [providerShown, callerTrust, callerShown, providerTrust] = await Promise.all([
    isOurs ? court.ends.shown(presents.from) : court.standIn(),
    isOurs && 'from' in callerTrusts ? court.ends.trusted(callerTrusts.from) : undefined,
    'certificate' in credential && connection.clientCertificate !== 'unused'
      ? court.ends.shown(credential.from)
      : undefined,
    verifiesClients ? court.ends.trusted(providerTrusts.from) : undefined,
  ]);
  // A process loads its own files before it dials or listens; the provider has been there first.
  if (providerShown.kind === 'unusable') return notStarted(connection, 'provider', providerShown);
  if (providerTrust?.kind === 'unusable') return notStarted(connection, 'provider', providerTrust);
  if (callerTrust?.kind === 'unusable') return notStarted(connection, 'caller', callerTrust);
  if (callerShown?.kind === 'unusable') return notStarted(connection, 'caller', callerShown);

  const meeting = await court.meet(
    {shown: providerShown, trusted: providerTrust, clientCertificate: connection.clientCertificate},
    {shown: callerShown, trusted: callerTrust},
  );
  const dialled = await dialledBy(connection, court);
  const all = {connection, court, meeting, callerTrust, providerShown, providerTrust, callerShown, dialled};
  return ownFilesFailure(all) ?? callerRefusal(all) ?? providerRefusal(all) ?? brokenOff(all) ?? accepted(all);
}

/** A kubeconfig may have been pointed elsewhere since it was written. */
async function dialledBy({callerTrusts, host, port}: PlannedConnection, {ends}: Court): Promise<Dialled> {
  const planned = {host, port};
  if (!('from' in callerTrusts) || callerTrusts.from.kind !== 'kubeconfig') return planned;
  return (await ends.dialled(callerTrusts.from.path)) ?? planned;
}

function notStarted(connection: PlannedConnection, side: Side, {says, why}: Unusable): Failed {
  return {kind: 'failed', side, said: `${endName(connection, side)}: ${says}`, why};
}

function ownFilesFailure({connection, court, meeting: {handshake}}: Case): Failed | undefined {
  if (handshake.kind !== 'not-started') return undefined;
  const {side} = handshake;
  const end = side === 'provider' ? connection.presents : connection.credential;
  const certificate = 'certificate' in end ? court.called(end.certificate) : 'the certificate';
  return {
    kind: 'failed',
    side,
    said: `${endName(connection, side)}: tls: private key does not match public key (OpenSSL: ${handshake.says})`,
    why: `the key beside ${certificate} does not belong to it: put certificate and key of one pair together`,
  };
}

function callerRefusal(all: Case): Failed | undefined {
  const {connection, court, meeting, callerTrust, providerShown, dialled} = all;
  const {presents, callerTrusts} = connection;
  if (callerTrust === undefined || !('from' in callerTrusts) || !('certificate' in presents)) return undefined;
  const {caller: opinion} = meeting;
  const refusal = opinion.kind === 'refuses' ? opinion.refusal : undefined;
  // Go looks at the certificate itself, then at its name, then at what stands above it.
  const isAboutItself = refusal?.about === providerShown.leaf && /^(expired|not-yet|critical)/.test(refusal.kind);
  const name = isAboutItself ? undefined : nameFault(providerShown.leaf, dialled.host);
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

function nameCause({connection, court, providerShown, dialled}: Case, kind: 'no-names' | 'wrong-name'): string {
  const certificate = 'certificate' in connection.presents ? court.called(connection.presents.certificate) : '';
  if (kind === 'no-names') {
    return `${certificate} has a common name and no SAN, and Go no longer looks at common names: issue it anew with the SAN ${dialled.host}`;
  }
  const names = providerShown.leaf.sans.map(({value}) => value).join(', ');
  return `${connection.caller.component} dials ${dialled.host}, and ${certificate} is for ${names || 'no name at all'}: add the SAN and issue it anew, or dial one of these`;
}

function providerRefusal(all: Case): Failed | undefined {
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

function brokenOff(all: Case): Failed | undefined {
  const {handshake} = all.meeting;
  if (handshake.kind !== 'broken-off') return undefined;
  const said = handshake.by === 'caller' ? handshake.callerSays : handshake.providerSays;
  return failed(all, handshake.by, said, 'the two ends found no way to speak TLS with these keys');
}

function accepted(all: Case): Verdict {
  const {connection, meeting} = all;
  const {presents, callerTrusts, credential, clientCertificate} = connection;
  const other = otherHalf(all);
  if (!('certificate' in presents)) {
    const nobody = 'notVerified' in callerTrusts ? `; ${callerTrusts.notVerified}` : '';
    return {kind: 'not-provable', why: `${presents.notOurs}${nobody}${other}`};
  }
  if ('notVerified' in callerTrusts) {
    return {kind: 'unverified-by-design', why: `${callerTrusts.notVerified}${other}`};
  }
  const server = `${all.court.called(presents.certificate)} has the name dialled and is accepted by ${callerTrusts.by}${objection(meeting.caller)}`;
  if ('token' in credential)
    return {kind: 'proved', how: 'server + token', why: `${server}; shown inside: ${credential.token}`};
  if ('none' in credential) return {kind: 'proved', how: 'server only', why: `${server}; ${credential.none}`};
  if (meeting.provider.kind === 'not-asked') {
    const {providerTrusts} = connection;
    return clientCertificate === 'unused' || !('notVerified' in providerTrusts)
      ? {kind: 'proved', how: 'server only', why: `${server}; no client certificate is asked for`}
      : {kind: 'unverified-by-design', why: providerTrusts.notVerified};
  }
  return {kind: 'proved', how: 'mutual', why: `${server}${other}`};
}

function opensslOnly(certificate: string): string {
  return `OpenSSL refuses ${certificate} for a reason that Go has not: see what is said of its file`;
}

/** "; X by --client-ca-file": the caller's certificate, where it was verified. */
function otherHalf({connection: {credential, providerTrusts}, court, meeting: {provider}}: Case): string {
  return provider.kind === 'accepts' && 'certificate' in credential && 'from' in providerTrusts
    ? `; ${court.called(credential.certificate)} is accepted by ${providerTrusts.by}${objection(provider)}`
    : '';
}

function objection(opinion: Opinion): string {
  return opinion.kind === 'accepts' && opinion.butOpenssl !== undefined
    ? ` (clients on OpenSSL say: ${opinion.butOpenssl})`
    : '';
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

/** Both sides' words, the refusing one's first. */
function failed({connection, meeting}: Case, side: Side, words: string, why: string): Failed {
  const other = side === 'caller' ? 'provider' : 'caller';
  const said = `${endName(connection, side)}: ${words}; ${endName(connection, other)}: ${otherWords(meeting, other)}`;
  return {kind: 'failed', side, said, why};
}

function otherWords({handshake, ...opinions}: Meeting, side: Side): string {
  if (handshake.kind === 'broken-off') return side === 'caller' ? handshake.callerSays : handshake.providerSays;
  const opinion = opinions[side];
  return opinion.kind === 'refuses' ? `too: ${opinion.words}` : 'nothing against it';
}

/** Without the node, so that what is alike on many nodes reads alike; the connection names it. */
function endName(connection: PlannedConnection, side: Side): string {
  return `${side} ${connection[side].component}`;
}
