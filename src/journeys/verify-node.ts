import {mappedNode} from '../node/map-node.ts';
import {openRoot} from '../node/root.ts';
import type {JudgedConnection, Proof} from '../pki/verdict.ts';
import {type CheckOptions, examineNode} from './check.ts';
import {judgeNode} from './judge-node.ts';

/**
 * Proves a node as it lies: what `check` says of its files, then every connection that it sees. Which doors must stay
 * shut follows from a plan, and a node has none.
 *
 * @throws Failure as `check`; Cancelled
 */
export async function verifyNode(options: CheckOptions): Promise<Proof> {
  const {root: place, now, signal} = options;
  const {found, diagnosis} = await examineNode(options);
  const {findings, state} = diagnosis;
  const root = openRoot(place);
  const connections: JudgedConnection[] = [];
  await judgeNode(root, found, mappedNode(root, found, findings), {
    place,
    now,
    on: (judged) => connections.push(judged),
    signal,
  });
  const isBroken = connections.some(({verdict}) => verdict.kind === 'failed');
  return {findings, connections, intrusions: [], state: isBroken ? 'critical' : state};
}
