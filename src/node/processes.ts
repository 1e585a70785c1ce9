import {readFileSync, readlinkSync} from 'node:fs';
import type {ComponentId} from '../pki/blueprint-types.ts';
import {bornOf} from '../run/process-mark.ts';
import {type CommandLine, readCommandLine} from './command-line.ts';
import {componentOf, type FoundComponent} from './found-component.ts';
import type {NodeRoot} from './root.ts';

/**
 * Components that run on this machine, by their command lines in /proc (proc(5)). What sees other files, as every container
 * does, is told without its flags: their paths are its own, and the manifest of the same component says where they are here.
 */
export function processes(root: NodeRoot): readonly FoundComponent[] {
  return running(root).map(({component, pid, flags}) => ({
    component,
    from: {kind: 'process', pid},
    flags: isElsewhere(pid, 'mnt') ? new Map() : flags,
    settings: new Map(),
    onNode: (path) => path,
  }));
}

/**
 * The processes of a static pod's component now, each by a mark that no later process has: `1204 88121`. Only those with
 * the flags of the manifest count.
 */
export function runningAs(
  root: NodeRoot,
  {component, flags}: Pick<FoundComponent, 'component' | 'flags'>,
): readonly string[] {
  return running(root).flatMap((found) =>
    found.component === component && areFlags(found.flags, flags) ? [`${found.pid} ${bornOf(found.pid)}`] : [],
  );
}

/** Whether a process with these flags may come of a manifest with those. */
function areFlags(running: CommandLine['flags'], written: CommandLine['flags']): boolean {
  return (
    running.size === written.size &&
    [...written].every(([name, values]) => {
      const found = running.get(name);
      return found?.length === values.length && values.every((value, index) => isValue(found[index] ?? '', value));
    })
  );
}

/**
 * `$(NAME)` in a manifest is whatever that variable is in the container, and `$$` is a dollar sign
 * (https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/).
 */
function isValue(running: string, written: string): boolean {
  if (!written.includes('$')) return running === written;
  const pattern = written
    .split(/(\$\$|\$\([^)]*\))/)
    .map((part) =>
      part === '$$'
        ? String.raw`\$`
        : part.startsWith('$(')
          ? '[^]*'
          : part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`),
    );
  return new RegExp(`^${pattern.join('')}$`).test(running);
}

interface Process extends Pick<CommandLine, 'flags'> {
  readonly component: ComponentId;
  readonly pid: number;
}

/** What has a network of its own is another node (kind's, for one), though it runs here. */
function running(root: NodeRoot): readonly Process[] {
  return root
    .list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Process[] => {
      const pid = Number(name);
      const {program, flags} = readCommandLine(commandOf(pid));
      const component = componentOf(program);
      return component === undefined || isElsewhere(pid, 'net') ? [] : [{component, pid, flags}];
    });
}

/** Whether a process is in another namespace than this one (namespaces(7)); false where this user may not know. */
function isElsewhere(pid: number, kind: 'net' | 'mnt'): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`) !== readlinkSync(`/proc/self/ns/${kind}`);
  } catch {
    return false;
  }
}

/** Files of /proc have no size, so they are read as they come; a process may be gone by then. */
function commandOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return [];
  }
}
