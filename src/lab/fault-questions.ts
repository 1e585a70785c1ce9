import type {Blueprint, PlannedConnection} from '../pki/blueprint-types.ts';
import type {ComponentWords, Outcome} from '../pki/experiment.ts';
import type {ErrorId} from '../lessons/errors.ts';
import {section, type Section} from '../lessons/explanation.ts';
import type {Lessons} from '../lessons/lessons.ts';
import {callOf, rowIdOf} from '../lessons/quiz/calls.ts';
import {type Choice, question, type Question} from '../lessons/quiz/question.ts';
import {whyOf} from '../lessons/quiz/why.ts';
import {readError} from '../lessons/read-error.ts';
import {componentWords} from './component-words.ts';
import type {Fault} from './fault.ts';
import {canHappen, predictConnections, predictTokens, type Prediction, type Reason} from './predict.ts';

/**
 * Questions about a connection that fails, from the faults of the lab: what is wrong, by what the real components print,
 * and who refuses, by the prediction. What else could be wrong with the same connection makes the wrong answers, as far as
 * other words would be printed then.
 */
export function faultQuestions(fault: Fault, blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  if (!canHappen(fault, blueprint)) return [];
  const [asked] = [...predictConnections(fault, blueprint), ...predictTokens(fault, blueprint)];
  if (asked === undefined || untold.has(fault.id)) return [];
  const about = readError(componentWords(asked)[0]?.words ?? '')?.row.id;
  if (about === undefined) return [];
  return [
    ...whatIsWrong(fault, asked, about, blueprint, lessons),
    ...whoRefuses(fault, asked, about, blueprint, lessons),
  ];
}

/** Its cause lies between two files, and no sentence about one of them tells it. */
const untold: ReadonlySet<string> = new Set(['intermediate-missing']);

function whatIsWrong(
  fault: Fault,
  asked: Prediction,
  about: ErrorId,
  blueprint: Blueprint,
  lessons: Lessons,
): readonly Question[] {
  const words = componentWords(asked);
  const right = choiceFor(asked, blueprint, lessons);
  const wrong = othersOf(asked.connection).filter(
    (other) => printedAs(componentWords(other)) !== printedAs(words) && !isAlso(asked.reason, other.reason),
  );
  const isNear = ({reason, outcome}: Prediction): boolean => reason === asked.reason || outcome === asked.outcome;
  const choices = (some: readonly Prediction[]): readonly Choice[] =>
    some.flatMap((one) => choiceFor(one, blueprint, lessons) ?? []);
  if (right === undefined) return [];
  return question({
    id: `errors/fault/${fault.id}`,
    topic: 'errors',
    ask: lessons.quiz.whatIsWrong(callOf(asked.connection, blueprint)),
    quotes: quotesOf(asked),
    right,
    wrong: [choices(wrong.filter(isNear)), choices(wrong.filter((one) => !isNear(one)))],
    why: errorWhy(asked, about, lessons),
    about,
  });
}

function whoRefuses(
  fault: Fault,
  asked: Prediction,
  about: ErrorId,
  blueprint: Blueprint,
  lessons: Lessons,
): readonly Question[] {
  const {connection, outcome} = asked;
  const {quiz} = lessons;
  const sentence = choiceFor(asked, blueprint, lessons)?.text;
  if (sentence === undefined) return [];
  const choices: Readonly<Record<Outcome, Choice>> = {
    caller: {key: 'caller', text: quiz.choices.refusesAsCaller(connection.caller.component)},
    provider: {key: 'provider', text: quiz.choices.refusesAsProvider(connection.provider.component)},
    nobody: {key: 'nobody', text: quiz.choices.nobodyRefuses},
    'does-not-start': {key: 'does-not-start', text: quiz.choices.doesNotStart},
  };
  return question({
    id: `errors/refuses/${fault.id}`,
    topic: 'errors',
    ask: quiz.whoRefuses(callOf(connection, blueprint), sentence),
    quotes: [],
    right: choices[outcome],
    wrong: [Object.values(choices).filter(({key}) => key !== outcome)],
    why: [...section('says', 'quote', quotesOf(asked)), ...errorWhy(asked, about, lessons)],
    about,
  });
}

/** What is quoted names its speaker: that either end may say the like is nothing to tell here. */
function errorWhy(asked: Prediction, about: ErrorId, lessons: Lessons): readonly Section[] {
  const isOpen = readError(componentWords(asked)[0]?.words ?? '')?.side === 'either';
  return whyOf({kind: 'error', id: about}, isOpen ? ['cause', 'remedy'] : ['side', 'cause', 'remedy'], lessons);
}

function quotesOf(prediction: Prediction): readonly string[] {
  return componentWords(prediction).map(({component, words}) => `${component}: ${words}`);
}

/** What is printed, as one text to compare. */
export function printedAs(words: readonly ComponentWords[]): string {
  return words.map((each) => `${each.component}: ${each.words}`).join('\n');
}

/** What is true as well where the first is: a certificate without names lacks this one, and a namesake is another CA. */
function isAlso(reason: Reason | undefined, other: Reason | undefined): boolean {
  const pair = [reason, other];
  return (
    (reason === 'no-name' && other === 'wrong-name') ||
    (pair.includes('namesake') && pair.includes('unknown-authority'))
  );
}

const ofServers: readonly Reason[] = [
  'expired',
  'not-yet-valid',
  'namesake',
  'unknown-authority',
  'wrong-name',
  'no-name',
  'wrong-usage',
];
const ofClients: readonly Reason[] = ['expired', 'not-yet-valid', 'namesake', 'unknown-authority', 'wrong-usage'];

/** Everything else that can be wrong with a connection. */
export function othersOf(connection: PlannedConnection): readonly Prediction[] {
  const {presents, callerTrusts, credential, providerTrusts} = connection;
  const isServer = 'certificate' in presents;
  const isClient = 'certificate' in credential;
  const ofCaller = isServer && 'from' in callerTrusts ? ofServers : [];
  const ofProvider = isClient && 'from' in providerTrusts ? ofClients : 'token' in credential ? ['token' as const] : [];
  return [
    ...ofCaller.map((reason): Prediction => ({connection, outcome: 'caller', reason})),
    ...ofProvider.map((reason): Prediction => ({connection, outcome: 'provider', reason})),
    ...(isServer ? [notStarting(connection, 'provider')] : []),
    ...(isClient ? [notStarting(connection, 'caller')] : []),
  ];
}

function notStarting(connection: PlannedConnection, stays: 'caller' | 'provider'): Prediction {
  return {connection, outcome: 'does-not-start', reason: 'key-mismatch', stays};
}

/** What is wrong, as a sentence; undefined = nothing that is said of one certificate. */
function choiceFor(
  {connection, outcome, reason, stays}: Prediction,
  blueprint: Blueprint,
  {quiz}: Lessons,
): Choice | undefined {
  const {caller, provider, presents, credential, host} = connection;
  const isOfServer = outcome === 'caller' || stays === 'provider';
  const shown = isOfServer ? presents : credential;
  const verifier = (isOfServer ? caller : provider).component;
  const {faults} = quiz;
  if (reason === 'token') return {key: reason, text: faults.anotherKeyPair(provider.component)};
  if (reason === undefined || reason === 'two-certificates' || !('certificate' in shown)) return undefined;
  const row = rowIdOf(shown.certificate, blueprint);
  const key = `${reason} ${row} ${verifier}`;
  switch (reason) {
    case 'expired':
      return {key: `${reason} ${row}`, text: faults.expired(row)};
    case 'not-yet-valid':
      return {key: `${reason} ${row}`, text: faults.notYetValid(row)};
    case 'namesake':
      return {key, text: faults.namesake(verifier, row)};
    case 'unknown-authority':
      return {key, text: faults.unknownAuthority(verifier, row)};
    case 'wrong-name':
      return {key, text: faults.wrongName(row, host)};
    case 'no-name':
      return {key, text: faults.noNames(row)};
    case 'wrong-usage':
      return {key, text: isOfServer ? faults.notForServers(row) : faults.notForClients(row)};
    case 'key-mismatch':
      return {key: `${reason} ${row}`, text: faults.keyMismatch(row)};
    default:
      return reason satisfies never;
  }
}
