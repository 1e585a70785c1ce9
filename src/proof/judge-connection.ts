import type {PlannedConnection} from '../pki/blueprint-types.ts';
import type {Verdict} from '../pki/verdict.ts';
import type {Case, Court} from './case.ts';
import type {Dialled} from './ends.ts';
import type {Opinion} from './meeting.ts';
import {brokenOff, callerRefusal, notStarted, ownFilesFailure, providerRefusal} from './refusals.ts';

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
export async function dialledBy({callerTrusts, host, port}: PlannedConnection, {ends}: Court): Promise<Dialled> {
  const planned = {host, port};
  if (!('from' in callerTrusts) || callerTrusts.from.kind !== 'kubeconfig') return planned;
  return (await ends.dialled(callerTrusts.from.path)) ?? planned;
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
