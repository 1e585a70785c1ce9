import type {Blueprint, PlannedConnection, PlannedIntrusion} from '../pki/blueprint-types.ts';
import type {BundleFiles} from '../pki/bundle-files.ts';
import type {BothWords, EndWord} from '../pki/experiment.ts';
import type {JudgedIntrusion, Verdict} from '../pki/verdict.ts';
import {benchFor} from './bench.ts';
import {viewOf} from './bundle-view.ts';
import type {Court} from './case.ts';
import {courtOf} from './court.ts';
import type {Handshake, Side, Wire} from './handshake.ts';
import {dialledBy, judgeConnection} from './judge-connection.ts';
import {judgeIntrusion} from './judge-intrusion.ts';
import {meetings, type Meeting} from './meeting.ts';
import {nameRefusal} from './refusals.ts';

/**
 * Connections judged one by one with a handshake each, and what both ends said in it kept apart: the proof puts them into
 * one sentence.
 */
export interface Listener {
  connection(connection: PlannedConnection): Promise<HeardConnection>;
  door(intrusion: PlannedIntrusion): Promise<HeardDoor>;
}

export interface HeardConnection {
  readonly verdict: Verdict;
  readonly said: BothWords;
  /** Whether an end ended with its own files, before it met the other. */
  readonly hasStarted: boolean;
}

export interface HeardDoor {
  readonly judged: JudgedIntrusion;
  readonly said: BothWords;
}

export interface ListenOptions {
  readonly blueprint: Blueprint;
  readonly files: BundleFiles;
  readonly now: Date;
  readonly wire: Wire;
  readonly signal: AbortSignal | undefined;
}

/** @throws Cancelled */
export async function listenTo({blueprint, files, now, wire, signal}: ListenOptions): Promise<Listener> {
  const bench = await benchFor(blueprint, viewOf(files), {now, signal});
  const court = courtOf(bench, meetings(now, signal));
  return {
    connection: async (connection) => {
      const ear = listeningCourt(court, {now, wire, signal}, await nameAsked(connection, court));
      const verdict = await judgeConnection(connection, ear.court);
      const heard = ear.heard();
      const said = heard === undefined ? notMet(verdict) : await wordsOf(heard, connection, court);
      return {verdict, said, hasStarted: heard !== undefined && heard.handshake.kind !== 'not-started'};
    },
    door: async (intrusion) => {
      const ear = listeningCourt(court, {now, wire, signal}, undefined);
      const judged = await judgeIntrusion(intrusion, ear.court);
      const heard = ear.heard();
      const said: BothWords =
        heard === undefined
          ? {caller: {kind: 'not-reached'}, provider: {kind: 'does-not-start', openssl: undefined, go: judged.said}}
          : {caller: {kind: 'not-asked'}, provider: wordOf('provider', heard, undefined)};
      return {judged, said};
    },
  };
}

/** The same court with a handshake of its own, which is remembered. */
function listeningCourt(
  court: Court,
  {now, wire, signal}: Pick<ListenOptions, 'now' | 'wire' | 'signal'>,
  dials: string | undefined,
): {readonly court: Court; readonly heard: () => Meeting | undefined} {
  const meet = meetings(now, signal, wire);
  let heard: Meeting | undefined;
  return {
    court: {...court, meet: async (provider, caller) => (heard = await meet(provider, {...caller, dials}))},
    heard: () => heard,
  };
}

/** The name that the caller looks for; undefined where it does not verify, or what it finds is not ours. */
async function nameAsked(connection: PlannedConnection, court: Court): Promise<string | undefined> {
  const {presents, callerTrusts} = connection;
  return 'certificate' in presents && 'from' in callerTrusts ? (await dialledBy(connection, court)).host : undefined;
}

/** A file was missing or no certificate, so there was no handshake. */
function notMet(verdict: Verdict): BothWords {
  const nobody: EndWord = {kind: 'not-reached'};
  if (verdict.kind !== 'failed') return {caller: nobody, provider: nobody};
  const end: EndWord = {kind: 'does-not-start', openssl: undefined, go: verdict.said.replace(/^[^:]+: /, '')};
  return verdict.side === 'caller' ? {caller: end, provider: nobody} : {caller: nobody, provider: end};
}

async function wordsOf(meeting: Meeting, connection: PlannedConnection, court: Court): Promise<BothWords> {
  const {presents} = connection;
  const name = await nameAsked(connection, court);
  const shown = 'certificate' in presents ? await court.ends.shown(presents.from) : undefined;
  const isForAnother =
    shown?.kind === 'usable' && name !== undefined ? nameRefusal(meeting.caller, shown.leaf, name) : undefined;
  return {caller: wordOf('caller', meeting, isForAnother?.words), provider: wordOf('provider', meeting, undefined)};
}

function saidBy(side: Side, {callerSays, providerSays}: Extract<Handshake, {kind: 'broken-off'}>): string {
  return side === 'caller' ? callerSays : providerSays;
}

function keyWords(openssl: string): string | undefined {
  return openssl === 'key values mismatch' ? 'tls: private key does not match public key' : undefined;
}

/** @param name what Go says of the names in the certificate, which it looks at before it looks above it */
function wordOf(side: Side, {handshake, ...opinions}: Meeting, name: string | undefined): EndWord {
  switch (handshake.kind) {
    case 'not-started':
      return handshake.side === side
        ? {kind: 'does-not-start', openssl: handshake.says, go: keyWords(handshake.says)}
        : {kind: 'not-reached'};
    case 'broken-off':
      return handshake.by === side
        ? {kind: 'refuses', openssl: saidBy(side, handshake), go: undefined}
        : {kind: 'is-told', openssl: saidBy(side, handshake)};
    case 'met': {
      const complaint = side === 'caller' ? handshake.callerSays : handshake.providerSays;
      const opinion = opinions[side];
      const go = name ?? (opinion.kind === 'refuses' ? opinion.refusal?.words : undefined);
      if (opinion.kind === 'not-asked') return {kind: 'not-asked'};
      if (opinion.kind === 'accepts' && go === undefined) return {kind: 'accepts'};
      return {kind: 'refuses', openssl: complaint?.words, go};
    }
    default:
      return handshake satisfies never;
  }
}
