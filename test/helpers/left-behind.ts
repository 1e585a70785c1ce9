import {spawn} from 'node:child_process';

/**
 * Runs a script when this process is over, however it ended: it waits on a pipe that nobody closes before. For what no
 * namespace takes with it, such as folders and control groups.
 *
 * @param first run at once: what it opens is still open in the script
 * @returns runs the script now, and comes back when it is done
 */
export function whenOver(first: string, script: string, ...words: readonly string[]): () => Promise<void> {
  const guardian = spawn('sh', ['-c', `${first}\ncat >/dev/null\n${script}`, 'sh', ...words], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // It keeps no test run alive; but what waits for it does.
  guardian.unref();
  const {promise, resolve} = Promise.withResolvers<void>();
  guardian.once('close', () => resolve());
  return () => {
    guardian.ref();
    guardian.stdin.end();
    return promise;
  };
}
