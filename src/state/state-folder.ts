import {userInfo} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';

export interface StateFolderChoice {
  /** `--state-dir`, as typed. */
  readonly option: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The user that this runs as: number and home folder as the system has them. Default: the process's own. */
  readonly user?: {readonly uid: number; readonly home: string | undefined};
}

/**
 * Where Certwright keeps what it needs from one run to the next: `--state-dir`, else `certwright` in the XDG state
 * folder (XDG base directory specification 0.8: a path there that is not absolute is ignored). Root that came from a
 * user (sudo, doas, pkexec) may have that user's variables still; it uses its own home, never theirs.
 *
 * @returns an absolute path; undefined where nothing says whose home it would be in
 */
export function stateFolder({option, environment, cwd, user = thisUser()}: StateFolderChoice): string | undefined {
  if (option !== undefined) return resolve(cwd, option);
  const {XDG_STATE_HOME: given, HOME, SUDO_UID, DOAS_USER, PKEXEC_UID} = environment;
  const isBorrowed =
    user.uid === 0 && [SUDO_UID, DOAS_USER, PKEXEC_UID].some((from) => from !== undefined && !isRoot(from));
  if (!isBorrowed && given !== undefined && isAbsolute(given)) return join(given, 'certwright');
  const home = !isBorrowed && HOME !== undefined && isAbsolute(HOME) ? HOME : user.home;
  return home === undefined ? undefined : join(home, '.local', 'state', 'certwright');
}

function isRoot(from: string): boolean {
  return from === '' || from === '0' || from === 'root';
}

/** In a container a user may be a number and nothing else. */
function thisUser(): {readonly uid: number; readonly home: string | undefined} {
  try {
    const {uid, homedir} = userInfo();
    return {uid, home: isAbsolute(homedir) ? homedir : undefined};
  } catch {
    return {uid: -1, home: undefined};
  }
}
