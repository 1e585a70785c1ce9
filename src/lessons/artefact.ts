import type {EndWord} from '../pki/experiment.ts';

/**
 * Something real that a step of a story shows: made with real keys while one reads, told as plain data without a secret.
 * What it is called is in the lessons' language; names, paths, flags and others' words stand as they are everywhere.
 */
export interface Artefact {
  readonly parts: readonly ArtefactPart[];
}

export interface ArtefactPart {
  /** What the whole part is about, where its title alone does not say it. */
  readonly label?: FactId;
  /** A file, a command, a call: `/etc/kubernetes/pki/ca.crt`, `kube-apiserver → etcd`. */
  readonly title: string;
  readonly rows: readonly ArtefactRow[];
}

export type ArtefactRow =
  | {readonly kind: 'fact'; readonly fact: FactId; readonly value: string}
  /** One thing that was looked at; `value` is what was found, or the words of the refusal. */
  | {readonly kind: 'check'; readonly check: CheckId; readonly isPassed: boolean; readonly value: string}
  /**
   * What an end of a real connection holds against the other; `words` as Go or OpenSSL says it. `isPassed` is left out
   * where it checks nothing: that is not the same as a check that went well.
   */
  | {
      readonly kind: 'said';
      readonly who: string;
      readonly isPassed: boolean | undefined;
      readonly says: SaysId;
      readonly words: string | undefined;
    }
  /** A line of a file. */
  | {readonly kind: 'line'; readonly text: string};

/** What a fact is about. */
export type FactId =
  | 'subject'
  | 'issuer'
  | 'names'
  | 'usage'
  | 'valid'
  | 'key'
  | 'serial'
  | 'signer'
  | 'signedBy'
  | 'signs'
  | 'file'
  | 'mode'
  | 'flag'
  | 'shows'
  | 'keyFile'
  | 'caFile'
  | 'user'
  | 'groups'
  | 'server'
  | 'serverShows'
  | 'callerShows'
  | 'callerTrusts'
  | 'serverTrusts'
  | 'trusts'
  | 'pin'
  | 'byItself'
  | 'afterRestart'
  | 'order'
  | 'same'
  | 'old'
  | 'new';

/** What is looked at, in the order of Go's verifier; then what a token and a key are asked. */
export type CheckId = 'dates' | 'name' | 'authority' | 'usage' | 'key' | 'signature' | 'subject' | 'names';

/**
 * What an end says of the other. `trusts-none`: it has no CA to check with; `shown-none`: it is shown no certificate;
 * `unauthorized`, `not-believed`: what a refusal after the handshake becomes.
 */
export type SaysId = Exclude<EndWord['kind'], 'not-asked'> | 'trusts-none' | 'shown-none' | RefusedInside;

/** A server that takes callers without a certificate refuses a bad one only inside the connection. */
export type RefusedInside = 'unauthorized' | 'not-believed';

/** The value where there is none; in print the lessons' word stands for it. */
export const nothing = '-';

export function fact(name: FactId, value: string): ArtefactRow {
  return {kind: 'fact', fact: name, value};
}

export function check(name: CheckId, isPassed: boolean, value: string): ArtefactRow {
  return {kind: 'check', check: name, isPassed, value};
}

/** A document, line by line. */
export function documentRows(text: string): readonly ArtefactRow[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line): ArtefactRow => ({kind: 'line', text: line}));
}

/**
 * What an end said, from the handshake's own words.
 *
 * @param inside what its refusal becomes, where it does not end the handshake
 */
export function said(who: string, word: EndWord, end: 'caller' | 'provider', inside?: RefusedInside): ArtefactRow {
  const says = word.kind === 'refuses' && inside !== undefined ? inside : saysOf(word, end);
  return {kind: 'said', who, isPassed: passes(word), says, words: wordsOf(word)};
}

function passes({kind}: EndWord): boolean | undefined {
  return kind === 'not-asked' || kind === 'not-reached' ? undefined : kind === 'accepts';
}

function saysOf({kind}: EndWord, end: 'caller' | 'provider'): SaysId {
  if (kind !== 'not-asked') return kind;
  return end === 'caller' ? 'trusts-none' : 'shown-none';
}

function wordsOf(word: EndWord): string | undefined {
  switch (word.kind) {
    case 'accepts':
    case 'not-asked':
    case 'not-reached':
      return undefined;
    case 'is-told':
      return word.openssl;
    case 'refuses':
    case 'does-not-start':
      return word.go ?? word.openssl;
    default:
      return word satisfies never;
  }
}
