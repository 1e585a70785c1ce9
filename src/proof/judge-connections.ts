import {Failure} from '../base/failure.ts';
import type {Blueprint, PlannedConnection} from '../pki/blueprint-types.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import type {JudgedConnection, Verdict} from '../pki/verdict.ts';
import {benchFor} from './bench.ts';
import {viewOf} from './bundle-view.ts';
import type {Court} from './case.ts';
import {courtOf} from './court.ts';
import {endsOf} from './ends.ts';
import {chainRefusal, leafRefusal} from './go-verify.ts';
import {nameFault} from './go-names.ts';
import {dialledBy, judgeConnection} from './judge-connection.ts';
import {meetings} from './meeting.ts';
import {certificateReader} from './seen-certificate.ts';
import {makeStandIn} from './stand-ins.ts';
import {inTurns} from './turns.ts';

interface JudgeOptions {
  /** Dates are measured against this clock. */
  readonly now: Date;
  /** In the order of the connections. */
  readonly on: (judged: JudgedConnection) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The connections of a bundle alone: what `prove` says of them, without its files and its doors. */
export async function judgeConnections(
  blueprint: Blueprint,
  files: BundleFiles,
  {now, on, signal}: JudgeOptions,
): Promise<void> {
  const court = courtOf(await benchFor(blueprint, viewOf(files), {now, signal}), meetings(now, signal));
  await judgeAll(blueprint.connections, (connection) => judgeConnection(connection, court), {on, signal});
}

/** What a port showed when it was asked: PEM, leaf first; or why it showed nothing. */
export type Shown = {readonly chain: string} | {readonly silent: string};

interface FoundOptions extends JudgeOptions {
  /** Of the node itself. */
  readonly nodes: Blueprint['nodes'];
  /** Reading throws a Failure `not-permitted` where this user may not. */
  readonly files: Pick<BundleFiles, 'read'>;
  /** The catalogue's name of a certificate, by what connections call it. */
  readonly called: (certificate: string) => string;
  /** What the port of a connection shows now; undefined = nobody asked. */
  readonly shownAt: (connection: PlannedConnection) => Shown | undefined;
}

/**
 * The connections of a node as it was found: each by a real handshake with exactly the files that both ends are told to
 * use, and where a port was asked and shows something else than its file, by what it shows.
 *
 * @throws Cancelled
 */
export async function judgeFound(
  connections: readonly PlannedConnection[],
  {now, on, signal, nodes, files, called, shownAt}: FoundOptions,
): Promise<void> {
  const view = viewOf({list: () => [], mode: () => undefined, read: (path) => files.read(path)});
  let standIn: ReturnType<Court['standIn']> | undefined;
  const court: Court = {
    blueprint: {nodes, authorities: [], certificates: []},
    ends: endsOf(view, {files: []}),
    meet: meetings(now, signal),
    standIn: () => (standIn ??= makeStandIn(now)),
    authorities: new Map(),
    called,
    now,
  };
  await judgeAll(
    connections,
    async (connection) => {
      const closed = await notPermitted(connection, files);
      if (closed !== undefined) return closed;
      const verdict = await judgeConnection(connection, court);
      const shown = shownAt(connection);
      return shown === undefined ? verdict : byWhatIsShown(connection, verdict, shown, court);
    },
    {on, signal},
  );
}

/** What this user may not read says nothing of whether it works. */
async function notPermitted(
  {presents, credential, callerTrusts, providerTrusts}: PlannedConnection,
  files: FoundOptions['files'],
): Promise<Verdict | undefined> {
  const places = [presents, credential, callerTrusts, providerTrusts].flatMap((end) =>
    'from' in end ? [end.from] : [],
  );
  for (const path of places.flatMap((from) => (from.kind === 'files' ? [from.certificate, from.key] : [from.path]))) {
    try {
      await files.read(path);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // What cannot be read for another reason makes its connection fail, as it would the process.
      if (error.code !== 'not-permitted') continue;
      return {kind: 'not-provable', why: `this user may not read ${path}: run it again with sudo`};
    }
  }
  return undefined;
}

async function judgeAll(
  connections: readonly PlannedConnection[],
  judge: (connection: PlannedConnection) => Promise<Verdict>,
  {on, signal}: Pick<JudgeOptions, 'on' | 'signal'>,
): Promise<void> {
  await inTurns(
    connections,
    async (connection): Promise<JudgedConnection> => ({connection, verdict: await judge(connection)}),
    signal,
    on,
  );
}

/** A process shows what it has read when it started, which need not be what its file holds by now. */
async function byWhatIsShown(
  connection: PlannedConnection,
  verdict: Verdict,
  shown: Shown,
  court: Court,
): Promise<Verdict> {
  const {presents, callerTrusts, caller, provider} = connection;
  const port = `port ${connection.port}`;
  if ('silent' in shown) {
    return {
      kind: 'failed',
      side: 'provider',
      said: `provider ${provider.component}: ${shown.silent}`,
      why: `${provider.component} is not there, so nobody can call it: see its log`,
    };
  }
  if (!('certificate' in presents)) return verdict;
  const seen = certificateReader()(shown.chain);
  const [leaf, ...along] = 'says' in seen ? [] : seen;
  const held = await court.ends.shown(presents.from);
  if (leaf === undefined || held.kind === 'unusable' || held.leaf.fingerprint === leaf.fingerprint) return verdict;
  const still = `${port} still shows an older certificate than its file holds (serial ${leaf.serial})`;
  if (!('from' in callerTrusts)) return {kind: 'unverified-by-design', why: `${still}; ${callerTrusts.notVerified}`};
  const trusted = await court.ends.trusted(callerTrusts.from);
  if (trusted.kind === 'unusable') return verdict;
  const {host} = await dialledBy(connection, court);
  const chain = chainRefusal(leaf, {anchors: trusted.anchors, along, now: court.now}, 'server auth');
  const words =
    leafRefusal(leaf, court.now)?.words ??
    nameFault(leaf, host)?.words ??
    ('refusal' in chain ? chain.refusal.words : undefined);
  return words === undefined
    ? {kind: 'proved', how: 'server only', why: `${still}; ${caller.component} accepts that one too: restart it soon`}
    : {
        kind: 'failed',
        side: 'caller',
        said: `caller ${caller.component}: tls: failed to verify certificate: ${words}`,
        why: `${still}, and ${caller.component} refuses that one: restart ${provider.component}`,
      };
}
