import type {TrustId} from '../pki/certificate.ts';

/** Whose words an error is. */
export const sideIds = [
  /** The client refuses what the server shows. */
  'caller',
  /** A server refuses a client, in its log. */
  'provider',
  /** The client of a server, or the server of a client: the text is the same. */
  'either',
  /** The API server refuses a client, in its log. */
  'apiserver',
  /** A kubelet refuses a client, in its log or through the API server. */
  'kubelet',
  /** etcd refuses a client or a member, in its log. */
  'etcd',
  /** "remote error": the other end has refused, and the reason stands there. */
  'far-end',
  /** The client has waited, and the text hides what for. */
  'in-vain',
  /** One end, of a connection on which no certificate was looked at. */
  'before-tls',
  /** TLS is fine; the API server answers no. */
  'answer',
  /** A program about its own files or flags, before any connection. */
  'itself',
] as const;
export type SideId = (typeof sideIds)[number];

/** One error that people meet. Its cause and its remedy are texts, in each language. */
export interface ErrorRow {
  readonly id: string;
  readonly side: SideId;
  /** Whose else, where the text around it says so; the first that fits counts. */
  readonly sides: readonly (readonly [says: RegExp, side: SideId])[];
  /** As the program says it, with made-up names: the reference shows it, and it must be recognised. */
  readonly example: string;
  /** One of these is in the text; a list within it: all of these. */
  readonly says: readonly (RegExp | readonly RegExp[])[];
  /** None of these is. */
  readonly unless: readonly RegExp[];
  /** `whole`: read before clauses that are noise are taken away. */
  readonly reads: 'clause' | 'whole';
  /** Certificates of the catalogue that it is about; `server`: the one of the end that was called. */
  readonly certificates: readonly string[] | 'server';
  /** Files that decide about it. */
  readonly trusts: readonly TrustId[];
  /** Codes of the diagnosis that say the same of a node's files. */
  readonly findings: readonly string[];
  /** What to run; `{certificate}`, `{host}`, `{name}`, `{path}` and `{user}` are filled in from the text. */
  readonly commands: readonly string[];
}

type Given = Pick<ErrorRow, 'side' | 'example' | 'says'> & Partial<Omit<ErrorRow, 'id' | 'side' | 'example' | 'says'>>;

/** Whose words a text is, that is known to be of this row. */
export function sideIn({side, sides}: Pick<ErrorRow, 'side' | 'sides'>, text: string): SideId {
  return sides.find(([says]) => says.test(text))?.[1] ?? side;
}

/** Checked at the row, so that the table reads like one. */
export function error<Id extends string>(id: Id, given: Given): ErrorRow & {readonly id: Id} {
  return {
    id,
    sides: [],
    unless: [],
    reads: 'clause',
    certificates: [],
    trusts: [],
    findings: [],
    commands: [],
    ...given,
  };
}
