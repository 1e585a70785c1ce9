import {absent, stateOfLink, sumOf} from './change/disk.ts';
import type {NodeRoot} from './root.ts';

/**
 * What is at a path now, as a change compares it before it replaces it: a file's sum, links followed, or `absent`;
 * undefined = it cannot be read, and so any is replaced.
 */
export function seenAt(root: NodeRoot, path: string): string | undefined {
  const file = root.read(path);
  if (file.ok) return sumOf(file.bytes);
  return file.why === 'missing' ? absent : undefined;
}

/** The same where a link itself is replaced. */
export function seenLinkAt(root: NodeRoot, path: string): string | undefined {
  const target = root.link(path);
  return target === undefined ? seenAt(root, path) : stateOfLink(target);
}
