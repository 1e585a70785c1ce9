import type {ComponentId} from '../pki/blueprint-types.ts';
import {startingOrder} from '../pki/components.ts';
import type {CommandLine} from './command-line.ts';

/** A component of the cluster as this node has it, from one piece of evidence. */
export interface FoundComponent {
  readonly component: ComponentId;
  readonly from: Evidence;
  /** As in `CommandLine`. */
  readonly flags: CommandLine['flags'];
  /** Of its configuration file, by path; empty without one. */
  readonly settings: ReadonlyMap<string, string>;
  /** The place on the node of a path that its flags name: a container has its own. */
  readonly onNode: (path: string) => string;
}

export type Evidence =
  | {readonly kind: 'static-pod'; readonly path: string}
  | {readonly kind: 'unit'; readonly path: string}
  | {readonly kind: 'process'; readonly pid: number}
  /** Nothing starts it here, but its configuration lies where kubeadm's kubelet reads it. */
  | {readonly kind: 'configuration'; readonly path: string};

/** A file that says what a component is, and from which nothing is to be learned. */
export interface UnreadFile {
  readonly path: string;
  /** As a clause: `it is not YAML`. */
  readonly why: string;
  /** Of a static pod; else a component's configuration. */
  readonly isManifest: boolean;
}

export type OnUnread = (file: UnreadFile) => void;

/** undefined = a program that is none of ours. */
export function componentOf(program: string): ComponentId | undefined {
  return startingOrder.find((component) => component === program);
}

/** The value of a flag that is given once; the last one wins, as for Go. */
export function flagOf({flags}: Pick<FoundComponent, 'flags'>, name: string): string | undefined {
  return flags.get(name)?.at(-1);
}
