import type {EndWord, Experiment, Mended, Outcome, RealWords, Trial} from '../pki/experiment.ts';
import type {TextGlyphs} from './text-glyphs.ts';
import {tableLines} from './table.ts';
import {endWord, hostAndPort} from './thing-words.ts';
import {count} from './words.ts';

/** A fault as it is explained: `src/lab/texts.ts` has the words. */
export interface FaultExplained {
  readonly id: string;
  readonly title: string;
  readonly broken: string;
  readonly why: string;
  readonly remedy: string;
}

/** `certwright learn lab`: what can be broken. */
export function faultLines(faults: readonly FaultExplained[], {width}: TextGlyphs): string[] {
  return tableLines(
    [
      {heading: 'FAULT', cell: ({id}) => id},
      {heading: 'WHAT IS WRONG', cell: ({title}) => title},
    ],
    faults,
    width,
  );
}

/** `the caller refuses`. */
const outcomeWords: Readonly<Record<Outcome, string>> = {
  caller: 'the caller refuses',
  provider: 'the provider refuses',
  nobody: 'nobody refuses',
  'does-not-start': 'a component does not start',
};

export interface ToTell {
  /** What the person thinks; undefined = nobody was asked. */
  readonly guess: Outcome | undefined;
  /** undefined = nothing real was started. */
  readonly real: readonly RealWords[] | undefined;
  readonly glyphs: TextGlyphs;
}

/**
 * One fault from beginning to end: what is broken, who was thought to refuse, what both ends said, what the real
 * components say, why, the remedy, and that all is whole again.
 */
export function experimentLines(
  fault: FaultExplained,
  {changed, trials}: Experiment,
  mended: Mended,
  {guess, real, glyphs}: ToTell,
): string[] {
  const [asked] = trials;
  const lines = [
    `Fault: ${fault.title}`,
    `  ${fault.broken}`,
    ...changedLines(changed, glyphs),
    '',
    ...(asked === undefined ? [] : [...questionLines(asked, guess), '']),
    `What happened${asked?.kind === 'start' ? '' : ', over real TLS on 127.0.0.1'}. What real components print is quoted.`,
    ...groupsOf(trials).flatMap((group) => ['', ...groupLines(group, glyphs)]),
    ...realLines(real, glyphs),
    '',
    'Why',
    `  ${fault.why}`,
    '',
    'How it is mended',
    `  ${fault.remedy}`,
    '',
    ...mendedLines(mended, glyphs),
  ];
  return lines.flatMap((line) => folded(line, glyphs.width));
}

const mostFiles = 4;

function changedLines(changed: readonly string[], {ellipsis}: TextGlyphs): string[] {
  const shown = changed.length > mostFiles ? changed.slice(0, mostFiles - 1) : changed;
  return [
    ...shown.map((file, index) => `  ${index === 0 ? 'Changed:' : '        '} ${file}`),
    ...(shown.length < changed.length ? [`           ${ellipsis} ${count(changed.length, 'file')} in all`] : []),
  ];
}

function questionLines(asked: Trial, guess: Outcome | undefined): string[] {
  return [
    questionOf(asked),
    guess === undefined
      ? `  By the catalogue ${outcomeWords[asked.predicted]}.`
      : guess === asked.happened
        ? `  You say: ${outcomeWords[guess]}. So it is.`
        : `  You say: ${outcomeWords[guess]}. It went otherwise: ${outcomeWords[asked.happened]}.`,
  ];
}

/** What a person is asked before anything is tried. */
export function questionOf(trial: Trial): string {
  const {kind, provider, host, port} = trial;
  const caller = callerText(trial);
  const at = host === undefined || port === undefined ? '' : ` at ${hostAndPort({host, port})}`;
  switch (kind) {
    case 'connection':
      return `${caller} calls ${endWord(provider)}${at}. Who refuses?`;
    case 'door':
      return `${caller} knocks at the door of ${endWord(provider)}${at}. Who refuses?`;
    case 'token':
      return `${caller} calls ${endWord(provider)}${at} and shows a token inside. Who refuses?`;
    case 'start':
      return `${caller} is started. Who refuses?`;
    default:
      return kind satisfies never;
  }
}

/** What went alike is told once, whoever it went so for. */
function groupsOf(trials: readonly Trial[]): readonly (readonly Trial[])[] {
  const alike = ({happened, predicted, said}: Trial): string =>
    JSON.stringify([happened, predicted, refusalKey(said.caller), refusalKey(said.provider)]);
  return [...Map.groupBy(trials, alike).values()];
}

/** Go tells the time to the second, which passes between two connections. */
function refusalKey(word: EndWord): string {
  return word.kind === 'refuses' || word.kind === 'does-not-start'
    ? JSON.stringify(word).replaceAll(/current time \S+/g, '')
    : '';
}

function groupLines(group: readonly Trial[], glyphs: TextGlyphs): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const {kind, predicted, happened} = first;
  return [
    `${capital(outcomeWords[happened])}:`,
    ...group.map((trial) => `  - ${callText(trial, glyphs)}`),
    ...saidLines('caller', kind === 'start' ? 'It finds' : 'The caller says', first.said.caller),
    ...(kind === 'start' ? [] : saidLines('provider', 'The provider says', first.said.provider)),
    ...componentLines(group, glyphs),
    ...(predicted === happened
      ? []
      : [`  The catalogue predicted that ${outcomeWords[predicted]}: a mistake in Certwright, please report it.`]),
  ];
}

function callText(trial: Trial, {arrow}: TextGlyphs): string {
  const {kind, provider, host, port} = trial;
  if (kind === 'start' || host === undefined || port === undefined) return callerText(trial);
  return `${callerText(trial)} ${arrow} ${endWord(provider)}, ${hostAndPort({host, port})}`;
}

/** Several people call with kubectl from one node: what they show tells them apart. */
function callerText({caller, shows}: Trial): string {
  return caller.component === 'kubectl' && shows !== undefined ? `kubectl as ${shows}` : endWord(caller);
}

function saidLines(side: 'caller' | 'provider', says: string, word: EndWord): string[] {
  switch (word.kind) {
    case 'accepts':
      return [`  ${says}: nothing against the other`];
    case 'not-asked':
      return [side === 'caller' ? '  The caller verifies nobody' : '  The provider is shown no certificate'];
    case 'not-reached':
      return [side === 'caller' ? '  The caller finds nobody there' : '  The provider is never called'];
    case 'is-told':
      return [`  ${says}: ${word.openssl} (OpenSSL)`];
    case 'refuses':
    case 'does-not-start':
      return [
        ...(word.checked === undefined ? [] : [`  ${says}: ${word.checked}`]),
        ...(word.openssl === undefined ? [] : [`  ${says}: ${word.openssl} (OpenSSL)`]),
        ...(word.go === undefined ? [] : [`  ${says}: ${word.go} (by Go's rules)`]),
      ];
    default:
      return word satisfies never;
  }
}

/** The same words of several components in one line. */
function componentLines(group: readonly Trial[], {ellipsis}: TextGlyphs): string[] {
  const all = Map.groupBy(
    group.flatMap(({components}) => components),
    ({words}) => words,
  );
  if (all.size === 0) return [];
  return [
    '  What the real ones print:',
    ...[...all].map(([words, who]) => {
      const components = [...new Set(who.map(({component}) => component))].join(', ');
      return `  - ${components}: ${words.replaceAll('…', ellipsis)}`;
    }),
  ];
}

function realLines(real: readonly RealWords[] | undefined, {ellipsis}: TextGlyphs): string[] {
  if (real === undefined) return [];
  return [
    '',
    'What real ones printed, started with the broken files:',
    ...real.map(({component, words, line}) =>
      line === undefined
        ? `  - ${component}: nothing like this: ${words.replaceAll('…', ellipsis)}`
        : `  - ${component}: ${line.trim()}`,
    ),
  ];
}

function mendedLines({trials, proof, isWhole}: Mended, {arrow}: TextGlyphs): string[] {
  const again = trials.filter(({predicted, happened}) => predicted !== happened);
  const [first] = trials;
  const refused = first?.kind === 'door' && isWhole ? ` The same knock is refused now.` : '';
  return isWhole
    ? [
        `Mended: ${count(proof.connections.length, 'connection')} and ${count(proof.intrusions.length, 'door')} tried again, all is whole.${refused}`,
      ]
    : [
        'Not whole after mending: a mistake in Certwright, please report it.',
        ...again.map(
          ({caller, provider, happened}) =>
            `  - ${endWord(caller)} ${arrow} ${endWord(provider)}: ${outcomeWords[happened]}`,
        ),
      ];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Breaks a line between words; what goes on stands two columns further in. */
function folded(line: string, width = Number.POSITIVE_INFINITY): string[] {
  if (line.length <= width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  const hanging = /^ *(?:- |[\w ]+ (?:says|finds): )/.test(line) ? `${indent}  ` : indent;
  const lines: string[] = [];
  let current = '';
  for (const word of line.trimStart().split(' ')) {
    const start = lines.length === 0 ? indent : hanging;
    if (current !== '' && start.length + current.length + 1 + word.length > width) {
      lines.push(start + current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, (lines.length === 0 ? indent : hanging) + current];
}
