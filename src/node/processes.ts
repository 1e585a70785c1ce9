import {readFileSync, readlinkSync} from 'node:fs';
import {readCommandLine} from './command-line.ts';
import {componentOf, type FoundComponent} from './found-component.ts';
import type {NodeRoot} from './root.ts';

/**
 * Components that run on this machine, by their command lines in /proc (proc(5)). What has a network of its own is another
 * node (kind's, for one), though it runs here. What sees other files, as every container does, is told without its flags:
 * their paths are its own, and the manifest of the same component says where they are here.
 */
export function processes(root: NodeRoot): readonly FoundComponent[] {
  return root
    .list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): FoundComponent[] => {
      const words = commandOf(name);
      const {program, flags} = readCommandLine(words);
      const component = componentOf(program);
      if (component === undefined || isElsewhere(name, 'net')) return [];
      return [
        {
          component,
          from: {kind: 'process', pid: Number(name)},
          flags: isElsewhere(name, 'mnt') ? new Map() : flags,
          settings: new Map(),
          onNode: (path) => path,
        },
      ];
    });
}

/** Whether a process is in another namespace than this one (namespaces(7)); false where this user may not know. */
function isElsewhere(pid: string, kind: 'net' | 'mnt'): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`) !== readlinkSync(`/proc/self/ns/${kind}`);
  } catch {
    return false;
  }
}

/** Files of /proc have no size, so they are read as they come; a process may be gone by then. */
function commandOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}
