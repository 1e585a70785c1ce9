import {resolve} from 'node:path';
import {readNodesFile} from '../config/plan-file.ts';
import {Failure} from '../base/failure.ts';
import {CommandFailure, type RunProgram} from '../run/run-program.ts';
import type {FoundNodes, NodesSource} from '../wizard/found-nodes.ts';
import {readHosts} from '../wizard/read-hosts.ts';
import {readNodeList} from '../wizard/read-node-list.ts';

/** A cluster that does not answer by then is not there. */
const patience = 20;

/**
 * Looks for nodes where somebody said.
 *
 * @param cwd absolute; paths are relative to it
 * @throws Failure when a file cannot be read, or kubectl cannot be run or has no answer
 */
export async function readNodes(
  source: NodesSource,
  {cwd, run, signal}: {readonly cwd: string; readonly run: RunProgram; readonly signal: AbortSignal},
): Promise<FoundNodes> {
  switch (source.kind) {
    case 'hosts':
      return readHosts(readNodesFile(resolve(cwd, source.path), source.path));
    case 'node-list':
      return readNodeList(readNodesFile(resolve(cwd, source.path), source.path));
    case 'kubectl': {
      const words = ['get', 'nodes', '--output=json', `--request-timeout=${patience}s`];
      const {stdout} = await run('kubectl', words, {signal, cwd, timeout: (patience + 10) * 1000}).catch(noAnswer);
      return readNodeList(stdout);
    }
    default:
      return source satisfies never;
  }
}

/** What kubectl printed may hold more than an error, so it is not repeated: whoever runs it again sees it. */
function noAnswer(error: unknown): never {
  if (!(error instanceof CommandFailure) || error.code === 'program-missing') throw error;
  const why = error.exitCode === undefined ? 'it was ended' : `exit code ${error.exitCode}`;
  throw new Failure('kubectl-failed', `kubectl knows no nodes (${why})`, {
    nextSteps: [
      'see what it says with kubectl get nodes, or save its output where it works: kubectl get nodes -o json > nodes.json',
    ],
    cause: error,
  });
}
