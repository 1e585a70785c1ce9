import type {Blueprint, PlannedConnection} from '../pki/blueprint-types.ts';
import type {Verdict} from '../pki/verdict.ts';
import type {Dialled, Ends, ShownFiles, TrustedFile} from './ends.ts';
import type {Side} from './handshake.ts';
import type {Meet, Meeting} from './meeting.ts';
import type {SeenCertificate} from './seen-certificate.ts';

/** What judging needs beside the connection. */
export interface Court {
  readonly blueprint: Pick<Blueprint, 'nodes' | 'authorities' | 'certificates'>;
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
export interface Case {
  readonly connection: PlannedConnection;
  readonly court: Court;
  readonly meeting: Meeting;
  readonly callerTrust: TrustedFile | undefined;
  readonly providerShown: ShownFiles;
  readonly providerTrust: TrustedFile | undefined;
  readonly callerShown: ShownFiles | undefined;
  readonly dialled: Dialled;
}

export type Failed = Extract<Verdict, {kind: 'failed'}>;

/** Both sides' words, the refusing one's first. */
export function failed({connection, meeting}: Case, side: Side, words: string, why: string): Failed {
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
export function endName(connection: PlannedConnection, side: Side): string {
  return `${side} ${connection[side].component}`;
}
