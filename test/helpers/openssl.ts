import {execFileSync, spawnSync} from 'node:child_process';

/** What openssl prints; fails with openssl's own words. */
export function openssl(args: readonly string[], input = ''): string {
  return execFileSync('openssl', args, {encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe']});
}

/** Both streams of an openssl that may refuse. */
export function tryOpenssl(args: readonly string[], input = ''): {readonly ok: boolean; readonly said: string} {
  const {status, stdout, stderr} = spawnSync('openssl', args, {encoding: 'utf8', input});
  return {ok: status === 0, said: `${stdout}${stderr}`};
}
