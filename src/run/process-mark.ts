import {readFileSync, readlinkSync} from 'node:fs';
import {hostname} from 'node:os';
import {hasCode, isSystemError} from '../base/system-failure.ts';

/** Enough to tell a process from a later one with the same number. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /** Which boot and which process namespace of Linux; `''` elsewhere. */
  readonly boot: string;
  readonly namespace: string;
  /** Clock ticks between the boot and its start; `''` elsewhere. */
  readonly born: string;
}

/** `unknown`: it runs, or ran, on another machine or in another container. */
export type ProcessState = 'alive' | 'dead' | 'unknown';

export function markOfThisProcess(): ProcessMark {
  return {
    pid: process.pid,
    host: hostname(),
    boot: textOf(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: textOf(() => readlinkSync('/proc/self/ns/pid')),
    born: bornOf(process.pid),
  };
}

export function stateOf(mark: ProcessMark): ProcessState {
  const here = markOfThisProcess();
  if (mark.host !== here.host) return 'unknown';
  if (mark.boot !== here.boot) return 'dead';
  if (mark.namespace !== here.namespace) return 'unknown';
  return isRunning(mark.pid) && mark.born === bornOf(mark.pid) ? 'alive' : 'dead';
}

/** undefined when the text is none: its writer was killed before, or while, it wrote it. */
export function readMark(text: string): (ProcessMark & {readonly started: Date}) | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(read));
  const field = (key: string): string => {
    const value = fields.get(key);
    return typeof value === 'string' ? value : '';
  };
  const pid = fields.get('pid');
  const started = new Date(field('started'));
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1 || Number.isNaN(started.getTime()))
    return undefined;
  return {pid, started, host: field('host'), boot: field('boot'), namespace: field('namespace'), born: field('born')};
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** The 22nd field of /proc/PID/stat; the second is a name in brackets that may hold anything. */
export function bornOf(pid: number): string {
  const stat = textOf(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function textOf(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}
