import type {TrustId} from '../pki/certificate.ts';

/** Whose words an error is. */
export const sideIds = [
  /** The client refuses what the server shows. */
  'caller',
  /** The API server refuses a client, in its log. */
  'apiserver',
  /** etcd refuses a client or a member, in its log. */
  'etcd',
  /** "remote error": the other end has refused, and the reason stands there. */
  'far-end',
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

/** Checked at the row, so that the table reads like one. */
export function error<Id extends string>(id: Id, given: Given): ErrorRow & {readonly id: Id} {
  return {
    id,
    unless: [],
    reads: 'clause',
    certificates: [],
    trusts: [],
    findings: [],
    commands: [],
    ...given,
  };
}
