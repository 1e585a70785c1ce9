import {type Keeping, keepingUnder} from '../node/change/journal.ts';
import {contextKeeper} from '../run/selinux.ts';

/** Where a node's changes are kept, and how its files keep their SELinux contexts. */
export function keepingOn(root: string): Keeping {
  return keepingUnder(root, contextKeeper());
}
