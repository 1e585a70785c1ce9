import {existsSync} from 'node:fs';
import {runProgramSync} from './run-program.ts';

/**
 * How a new file gets the SELinux context of the file that it takes the place of; undefined where SELinux is not on. The
 * call is synchronous, and fails with a `CommandFailure` that names chcon.
 *
 * @param isOn as Linux says it
 */
export function contextKeeper(
  isOn: boolean = existsSync('/sys/fs/selinux/enforce'),
): ((from: string, to: string) => void) | undefined {
  return isOn ? (from, to) => runProgramSync('chcon', [`--reference=${from}`, '--', to]) : undefined;
}
