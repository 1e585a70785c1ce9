import {Cancelled, Failure} from '../base/failure.ts';
import {doorsOf} from '../node/doors.ts';
import type {NodeFound} from '../node/inventory.ts';
import type {NodeRoot} from '../node/root.ts';
import type {PlannedConnection} from '../pki/blueprint-types.ts';
import type {MappedCluster} from '../pki/mapped-cluster.ts';
import type {JudgedConnection} from '../pki/verdict.ts';
import type {Shown} from '../proof/judge-connections.ts';

export interface JudgeNodeOptions {
  /** The node's `/` as it lies here; the ports of `/` itself are asked. */
  readonly place: string;
  readonly now: Date;
  /** In the order of the connections. */
  readonly on: (judged: JudgedConnection) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Tries every connection that a node sees, by what its files hold and its ports show.
 *
 * @param cluster the node as a map
 * @throws Cancelled
 */
export async function judgeNode(
  root: NodeRoot,
  found: NodeFound,
  cluster: MappedCluster,
  {place, now, on, signal}: JudgeNodeOptions,
): Promise<void> {
  const {judgeFound} = await import('../proof/judge-connections.ts');
  const ids = new Map(cluster.certificates.map(({name, id}) => [name, id]));
  const node = cluster.map.boxes.flatMap(({nodes}) => nodes)[0] ?? '';
  const shown = place === '/' ? await shownNow(doorsOf(found.components), signal) : new Map<string, Shown>();
  await judgeFound(
    cluster.map.arrows.flatMap(({instances}) => instances),
    {
      now,
      on,
      signal,
      nodes: [{name: node, addresses: found.addresses, roles: []}],
      files: {read: (path) => Promise.resolve(textAt(root, path))},
      called: (name) => ids.get(name) ?? name,
      shownAt: ({provider, port}: PlannedConnection) =>
        provider.node === node ? shown.get(`${provider.component} ${port}`) : undefined,
    },
  );
}

function textAt(root: NodeRoot, path: string): string | undefined {
  const found = root.read(path);
  if (found.ok) return found.bytes.toString('utf8');
  if (found.why === 'missing') return undefined;
  const isRefused = found.why === 'not permitted';
  throw new Failure(isRefused ? 'not-permitted' : 'cannot-read', `${path}: ${found.why}`, {
    nextSteps: [isRefused ? 'run it again with sudo' : `look at it: ls -l ${path}`],
  });
}

/** What every door of this machine shows, by component and port. */
async function shownNow(
  doors: ReturnType<typeof doorsOf>,
  signal: AbortSignal | undefined,
): Promise<Map<string, Shown>> {
  const {servedAt} = await import('../proof/served.ts');
  const answers = await Promise.all(
    doors.map(async ({component, host, port}): Promise<[string, Shown]> => {
      try {
        const {chain} = await servedAt({host, port}, signal);
        return [`${component} ${port}`, {chain}];
      } catch (error) {
        if (error instanceof Cancelled || !(error instanceof Failure)) throw error;
        return [`${component} ${port}`, {silent: error.message}];
      }
    }),
  );
  return new Map(answers);
}
