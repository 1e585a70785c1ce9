import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {makeControlPlaneNode} from './bench/nodes.ts';

/**
 * Lays what V8 has compiled of the one file of `check` beside it, as `src/load-program.ts` looks for it. V8 compiles what is
 * called, so a node is made and checked with it: what that takes is compiled then, and the rest stays source.
 *
 * @param dist the built program, complete but for this
 */
export async function writeCodeCache(dist: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'certwright-compiled-'));
  try {
    const node = await makeControlPlaneNode(join(dist, 'src/main.js'), join(folder, 'node'), join(folder, 'bundle'));
    const maker = fileURLToPath(new URL('compile-check.ts', import.meta.url));
    // A process of its own: V8 refuses what was made with other settings than it runs with, and tests have theirs.
    await promisify(execFile)(process.execPath, [maker, join(dist, 'src/compiled/check.cjs'), node], {env: {}});
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
