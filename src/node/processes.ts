import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {bornOf} from '../run/process-mark.ts';
import {readCommandLine} from './command-line.ts';
import {componentOf, type FoundComponent} from './found-component.ts';
import type {NodeRoot} from './root.ts';

/**
 * Components that run on this machine, by their command lines in /proc (proc(5)). Paths are those that the process sees:
 * for a container they may differ from the node's, so a manifest or unit of the same component says more.
 */
export function processes(root: NodeRoot): readonly FoundComponent[] {
  return root
    .list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): FoundComponent[] => {
      const words = commandOf(name);
      const {program, flags} = readCommandLine(words);
      const component = componentOf(program);
      return component === undefined
        ? []
        : [{component, from: {kind: 'process', pid: Number(name)}, flags, settings: new Map(), onNode: (path) => path}];
    });
}

/**
 * The processes of a static pod's component now, each by a mark that no later process has: `1204 88121`. A machine can
 * run more than one node (kind): only those with exactly the flags of the manifest count.
 */
export function runningAs(
  root: NodeRoot,
  {component, flags}: Pick<FoundComponent, 'component' | 'flags'>,
): readonly string[] {
  return processes(root).flatMap((found) =>
    found.component === component && found.from.kind === 'process' && isDeepStrictEqual(found.flags, flags)
      ? [`${found.from.pid} ${bornOf(found.from.pid)}`]
      : [],
  );
}

/** Files of /proc have no size, so they are read as they come; a process may be gone by then. */
function commandOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}
