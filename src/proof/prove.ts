import type {Problem} from '../base/problem.ts';
import type {Blueprint} from '../pki/blueprint-types.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import type {JudgedConnection, JudgedIntrusion, Proof} from '../pki/verdict.ts';
import {benchFor} from './bench.ts';
import {viewOf} from './bundle-view.ts';
import {checkFiles} from './check-files.ts';
import {courtOf} from './court.ts';
import {judgeConnection} from './judge-connection.ts';
import {judgeIntrusion} from './judge-intrusion.ts';
import {meetings} from './meeting.ts';
import {inTurns} from './turns.ts';

export type ProofEvent =
  | {readonly kind: 'connection-judged'; readonly judged: JudgedConnection}
  | {readonly kind: 'intrusion-judged'; readonly judged: JudgedIntrusion};

export interface ProofOptions {
  readonly blueprint: Blueprint;
  readonly files: BundleFiles;
  /** Dates are measured against this clock, whatever the system's says. */
  readonly now: Date;
  /** In the blueprint's order: connections first, then intrusions. */
  readonly on?: (event: ProofEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Judges a bundle as it lies: its files, then every connection of the blueprint by a real TLS handshake with exactly
 * the files that both ends will use, then the doors that must stay shut. Changes nothing, writes nothing, opens no port.
 * A file that is missing or broken is a finding and makes its own connections fail, and nothing else.
 *
 * @throws Cancelled
 */
export async function prove({blueprint, files, now, on, signal}: ProofOptions): Promise<Proof> {
  const view = viewOf(files);
  const bench = await benchFor(blueprint, view, {now, signal});
  const findings = await checkFiles(files, bench, signal);
  const court = courtOf(bench, meetings(now, signal));
  const connections = await inTurns(
    blueprint.connections,
    async (connection) => ({connection, verdict: await judgeConnection(connection, court)}),
    signal,
    (judged) => on?.({kind: 'connection-judged', judged}),
  );
  const intrusions = await inTurns(
    blueprint.intrusions,
    (intrusion) => judgeIntrusion(intrusion, court),
    signal,
    (judged) => on?.({kind: 'intrusion-judged', judged}),
  );
  return {findings, connections, intrusions, state: stateOf(findings, connections, intrusions)};
}

/** What was not tried is not shown to be refused, so it is as bad as what went wrong. */
function stateOf(
  findings: readonly Problem[],
  connections: readonly JudgedConnection[],
  intrusions: readonly JudgedIntrusion[],
): Proof['state'] {
  const isCritical =
    findings.some(({severity}) => severity === 'error') ||
    connections.some(({verdict}) => verdict.kind === 'failed') ||
    intrusions.some(({intrusion, outcome}) => outcome !== intrusion.expected);
  return isCritical ? 'critical' : findings.length > 0 ? 'warning' : 'ok';
}
