import {interruptedOn} from './go-back.ts';
import {type CheckOptions, examineNode} from './check.ts';
import {neededItems} from './renewal-choice.ts';
import {renewalItems} from '../node/renewal-items.ts';
import type {NodeView} from './rotate-services.ts';

/**
 * A node as the screens of Rotate show it: what `check` finds, with what can be renewed.
 *
 * @throws Failure `nothing-found`, `not-permitted`; Cancelled
 */
export async function viewNode(options: CheckOptions): Promise<NodeView> {
  const {root} = options;
  const {found, diagnosis} = await examineNode(options);
  const items = renewalItems(found);
  const needed = neededItems(found, items, options);
  return {
    root,
    isLive: root === '/',
    diagnosis,
    items: items.map((item) => ({
      name: item.name,
      fingerprint: item.held.certificate.fingerprint,
      path: item.held.at.path,
      blocked: item.kind === 'blocked' ? {why: item.why, wayOn: item.wayOn} : undefined,
      isNeeded: needed.has(item),
    })),
    interrupted: interruptedOn(root)?.what,
  };
}
