import type {Problem} from '../base/problem.ts';
import type {NodeRole} from '../pki/plan.ts';

/** Where nodes can be imported from. */
export type NodesSource =
  /** A file like /etc/hosts; path as typed. */
  | {readonly kind: 'hosts'; readonly path: string}
  /** What `kubectl get nodes -o json` printed, in a file; path as typed. */
  | {readonly kind: 'node-list'; readonly path: string}
  /** The same, by running kubectl now. */
  | {readonly kind: 'kubectl'};

/** What a source says of machines. */
export interface FoundNodes {
  readonly nodes: readonly FoundNode[];
  /** What was passed over, and why. */
  readonly skipped: readonly SkippedEntry[];
  /** What is wrong with the source as a whole; then there are no nodes. */
  readonly problems: readonly Problem[];
}

export interface FoundNode {
  readonly name: string;
  /** In normal form; may be empty. */
  readonly addresses: readonly string[];
  /** undefined = the source does not say. */
  readonly roles: readonly NodeRole[] | undefined;
  /** Further names. */
  readonly sans: readonly string[];
  /** Where it stands: `line 3`, `items[2]`. */
  readonly at: string;
}

export interface SkippedEntry {
  readonly at: string;
  readonly what: string;
  readonly why: string;
}

export function nothingFound(...problems: readonly Problem[]): FoundNodes {
  return {nodes: [], skipped: [], problems};
}
