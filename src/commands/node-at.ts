import {resolve} from 'node:path';
import {readMachine} from '../config/machine.ts';
import type {CheckOptions} from '../journeys/check.ts';
import type {Context} from './context.ts';

/**
 * The node that a command is told with `--root`, as it is looked at now.
 *
 * @param root as it was typed
 */
export function nodeAt(
  {cwd, environment, now}: Pick<Context, 'cwd' | 'environment' | 'now'>,
  root: string,
): Pick<CheckOptions, 'root' | 'now' | 'sudoUser' | 'addresses'> {
  const folder = resolve(cwd, root);
  return {
    root: folder,
    now: now(),
    sudoUser: environment.SUDO_USER,
    // Of files that are another machine's, this one's addresses say nothing.
    addresses: folder === '/' ? readMachine().addresses : [],
  };
}
