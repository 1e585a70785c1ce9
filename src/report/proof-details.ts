import type {Problem} from '../base/problem.ts';
import type {
  ConnectionEnd,
  NotVerified,
  PlannedConnection,
  PlannedIntrusion,
  PresentedFrom,
  Trust,
} from '../pki/blueprint-types.ts';
import type {JudgedIntrusion, Verdict} from '../pki/verdict.ts';
import {shellWord} from './same-command.ts';
import {endWord, hostAndPort} from './thing-words.ts';
import {subjectText} from './words.ts';

/** What became of a connection or a door, in full: what every front-end shows of a row that is opened. */
export interface ProofDetails {
  /** `kube-apiserver on cp-1 → etcd on cp-1`. */
  readonly title: string;
  readonly facts: readonly ProofFact[];
}

export interface ProofFact {
  readonly label: string;
  /** A sentence, or a part of one. */
  readonly text: string;
  /** What went wrong. */
  readonly isBad?: true;
}

/**
 * @param verdict undefined = it has not been judged yet
 * @param proved what was proved, in the words that `certwright verify` is told it with: `demo`, or `--root` and a folder
 */
export function connectionDetails(
  connection: PlannedConnection,
  verdict: Verdict | undefined,
  proved: readonly string[],
): ProofDetails {
  return {
    title: `${endWord(connection.caller)} → ${endWord(connection.provider)}`,
    facts: [
      ...verdictFacts(connection, verdict, proved),
      ...endFacts(connection),
      {label: 'What for', text: connection.why},
    ],
  };
}

function verdictFacts(
  connection: PlannedConnection,
  verdict: Verdict | undefined,
  proved: readonly string[],
): readonly ProofFact[] {
  switch (verdict?.kind) {
    case undefined:
      return [{label: 'Verdict', text: 'not judged yet'}];
    case 'proved':
      return [
        {label: 'Verdict', text: `proved (${verdict.how})`},
        {label: 'Because', text: verdict.why},
      ];
    case 'unverified-by-design':
      return [
        {label: 'Verdict', text: 'unverified by design'},
        {label: 'Because', text: verdict.why},
      ];
    case 'not-provable':
      return [
        {label: 'Verdict', text: 'not provable from files'},
        {label: 'Because', text: verdict.why},
      ];
    case 'failed':
      return [
        {label: 'Verdict', text: `failed: the ${verdict.side} refuses`, isBad: true},
        ...saidBySides(connection, verdict),
        {label: 'Likely cause', text: verdict.why},
        {label: 'What to do', text: 'mend that, then prove it again'},
        {label: 'With', text: ['certwright', 'verify', ...proved].map(shellWord).join(' ')},
      ];
    default:
      return verdict satisfies never;
  }
}

/** Each side's own words, the refusing one's first; the proof keeps them as one text. */
function saidBySides(
  connection: PlannedConnection,
  {side, said}: Extract<Verdict, {kind: 'failed'}>,
): readonly ProofFact[] {
  const other = side === 'caller' ? 'provider' : 'caller';
  const [first, second] = said.split(`; ${other} ${connection[other].component}: `);
  const own = `${side} ${connection[side].component}: `;
  const words = first?.startsWith(own) === true ? first.slice(own.length) : (first ?? '');
  return [
    {label: saysLabels[side], text: words, isBad: true},
    ...(second === undefined ? [] : [{label: saysLabels[other], text: second}]),
  ];
}

const saysLabels = {caller: 'Caller says', provider: 'Server says'} as const;

/** What both ends use: where to look when it fails. */
function endFacts(connection: PlannedConnection): readonly ProofFact[] {
  const {presents, callerTrusts, credential, providerTrusts} = connection;
  const shown = 'notOurs' in presents ? presents.notOurs : `shows ${presents.certificate}, ${fromWord(presents.from)}`;
  const shows =
    'certificate' in credential
      ? `shows ${credential.certificate}, ${fromWord(credential.from)}`
      : 'token' in credential
        ? `shows ${credential.token}`
        : credential.none;
  return [
    {label: 'Dialled as', text: hostAndPort(connection)},
    {label: 'Server', text: shown},
    {label: 'verified', text: verifiedWord(callerTrusts)},
    {label: 'Caller', text: shows},
    {label: 'verified', text: verifiedWord(providerTrusts)},
  ];
}

function fromWord(from: PresentedFrom): string {
  return from.kind === 'files' ? from.certificate : from.path;
}

function verifiedWord(trust: Trust | NotVerified): string {
  return 'notVerified' in trust
    ? `by nothing, because ${trust.notVerified}`
    : `with ${trust.authorities.join(' and ')}, by ${trust.by}: ${trust.from.path}`;
}

/** @param judged undefined = it has not been tried yet */
export function doorDetails(door: PlannedIntrusion, judged: JudgedIntrusion | undefined): ProofDetails {
  const withChain = 'withChain' in door.shows && door.shows.withChain ? ', with its chain,' : '';
  const isSurprise = judged !== undefined && judged.outcome !== door.expected;
  return {
    title: `${intruder(door)}${withChain} at ${doorEnd(door.provider, door)}`,
    facts: [
      {label: door.expected === 'refused' ? 'Must be' : 'Will be', text: `${door.expected}: ${door.why}`},
      {label: 'Was', text: outcomeWord(judged), ...(isSurprise ? {isBad: true as const} : {})},
      ...(judged === undefined || judged.said === ''
        ? []
        : [{label: judged.outcome === 'not-tried' ? 'Because' : 'It said', text: judged.said}]),
      {label: 'verified', text: verifiedWord(door.providerTrusts)},
    ],
  };
}

function doorEnd(provider: ConnectionEnd, door: PlannedIntrusion): string {
  return `${endWord(provider)} (${hostAndPort(door)})`;
}

function outcomeWord(judged: JudgedIntrusion | undefined): string {
  if (judged === undefined) return 'not tried yet';
  switch (judged.outcome) {
    case 'refused':
      return 'refused';
    case 'let-in':
      return 'let in';
    case 'not-tried':
      return 'not tried';
    default:
      return judged.outcome satisfies never;
  }
}

/** What is wrong with a file, or what will be. */
export function findingDetails({at, message, fix, severity}: Problem): ProofDetails {
  return {
    title: severity === 'warning' ? 'A file to look at' : 'A file is not as it must be',
    facts: [
      {label: 'File', text: at.path},
      {label: 'Because', text: message, ...(severity === 'warning' ? {} : {isBad: true as const})},
      ...(fix === undefined ? [] : [{label: 'Remedy', text: fix}]),
    ],
  };
}

/** Who tries: `cp-1/kubelet-client`, `a stranger as CN=…`, `nobody, without a certificate`. */
export function intruder({shows}: PlannedIntrusion): string {
  if ('certificate' in shows) return shows.certificate;
  return 'stranger' in shows ? `a stranger as ${subjectText(shows.stranger)}` : 'nobody, without a certificate';
}
